"""Previews that tests of the renderers share."""

import json
from collections.abc import Sequence
from typing import Any

from formats import Formats
from policies import THREE, TWELVE, policy, shortened
from stamps import undated

from policylint.exports.reader import read_document
from policylint.judging.stamp import Stamp
from policylint.judging.targets import TargetSet
from policylint.knowledge import Knowledge
from policylint.knowledge.query import resolve
from policylint.merging.admission import admissions
from policylint.merging.devices import device_merges
from policylint.merging.merge import merge
from policylint.merging.model import Account, Preview, Setup
from policylint.merging.users import User, UserRow, grouped
from policylint.policies.policy import Policy, PolicyReader

FIVE: list[tuple[str, dict[str, Any]]] = [
    ("contoso", {"PasswordEnabled": True, "AlphanumericPasswordRequired": True, "MinPasswordLength": 4}),
    ("fabrikam", {"PasswordEnabled": True, "MinPasswordLength": 8, "AllowNonProvisionableDevices": True}),
    ("tailspin", {"PasswordEnabled": False, "MinPasswordLength": 12, "ApprovedApplicationList": ["a.exe", "b.exe"]}),
    (
        "wingtip toys of the north",
        {
            "PasswordEnabled": True,
            "ApprovedApplicationList": ["c.exe"],
            "RequireSignedSMIMEMessages": True,
            "RequireSignedSMIMEAlgorithm": "MD5",
            "MaxEmailAgeFilter": "OneWeek",
        },
    ),
    (
        "adatum",
        {
            "RequireSignedSMIMEMessages": True,
            "RequireSignedSMIMEAlgorithm": "SHA1",
            "AllowCamera": False,
            "AllowBluetooth": "HandsfreeOnly",
            "MaxInactivityTimeLock": "00:15:00",
        },
    ),
]


class Runs:
    """Makes the previews, all without a version in them."""

    def __init__(self, knowledge: Knowledge):
        self._knowledge = knowledge

    def policies(self, settings: Sequence[tuple[str, dict[str, Any]]], path: str = "made.json") -> list[Policy]:
        """Read policies of a few settings each."""
        made = [{"Name": name, "AllowNonProvisionableDevices": False, **rest} for name, rest in settings]
        document = read_document(json.dumps(made, indent=1).encode(), path)
        return PolicyReader(self._knowledge.catalogue).policies(document)

    def of(self, accounts: Sequence[Account], device: str | None = None, *, everything: bool = False) -> Preview:
        """Preview any accounts."""
        knowledge = self._knowledge
        targets = resolve([device], knowledge) if device else ()
        merged = merge(accounts, knowledge.catalogue)
        setup = Setup(
            undated(Stamp.of(knowledge, TargetSet(targets), f"--device {device}" if device else "")),
            devices=device_merges(targets, knowledge),
            everything=everything,
        )
        return Preview(setup, merged, admissions(merged, knowledge, targets) if device else ())

    def preview(self, run: str) -> Preview:
        """Make the preview of a run."""
        if run in ("five", "all"):
            return self.of(self.five(), "alder1" if run == "five" else None, everything=run == "all")
        catalogue = self._knowledge.catalogue
        strict = shortened(policy(TWELVE, THREE, gate=False), catalogue)
        loose = shortened(policy({"DevicePasswordEnabled": True, "AllowBluetooth": "Disable"}, name="Loose"), catalogue)
        written = Formats(catalogue)
        exports = {"contoso.clixml": written.clixml([strict]), "fabrikam.json": written.json([loose])}
        reader = PolicyReader(catalogue)
        accounts = [
            Account(path.partition(".")[0], reader.policies(read_document(export.encode(), path))[0])
            for path, export in exports.items()
        ]
        return self.of(accounts, "alder1,birch==2" if run == "two-on-devices" else None)

    def five(self) -> list[Account]:
        """Make five accounts that differ in every way."""
        policies = self.policies(FIVE)
        return [Account(name, policy) for (name, _), policy in zip(FIVE, policies, strict=True)]

    def users(self) -> tuple[Setup, list[tuple[Preview, Sequence[User]]]]:
        """Preview three users, two of whom have the same policies under different names."""
        policies = self.policies(FIVE)
        rows = [
            ("ann", "work", 0),
            ("bob", "office", 1),
            ("ann", "club", 1),
            ("bob", "sports", 0),
            ("=cid", "work", 4),
            ("=cid", "choir", 3),
        ]
        numbered = [(UserRow(line, user, account, ""), each) for line, (user, account, each) in enumerate(rows, 2)]
        blocks = [(self.of(each.accounts, "alder1"), each.users) for each in grouped(numbered, policies)]
        return blocks[0][0].setup, blocks
