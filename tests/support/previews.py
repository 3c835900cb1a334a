"""Previews that tests of the renderers share."""

import json
from collections.abc import Sequence
from typing import Any

from formats import Formats
from policies import THREE, TWELVE, policy, shortened
from stamps import undated_session

from policylint.exports.reader import read_document
from policylint.knowledge import Knowledge
from policylint.merging.model import Account, Preview
from policylint.merging.users import UserMerges
from policylint.policies.files import Inputs
from policylint.policies.policy import Policy
from policylint.policies.reading import PolicyReader

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

CUT: list[tuple[str, dict[str, Any]]] = [
    ("contoso", {"PasswordEnabled": True, "MinPasswordLength": 8, "AllowCamera": "maybe", "AllowWiFi": True}),
    ("fabrikam", {"PasswordEnabled": False, "AllowCamera": False, "AllowWiFi": True, "AllowBluetooth": "Allow"}),
]
"""Two accounts whose exports hide most, one value for being unreadable."""


class Runs:
    """Makes the previews, all without a version in them."""

    def __init__(self, knowledge: Knowledge):
        self._knowledge = knowledge

    def policies(
        self, settings: Sequence[tuple[str, dict[str, Any]]], path: str = "made.json", *, complete: bool = True
    ) -> list[Policy]:
        """Read policies of a few settings each, as if the others asked nothing unless they are not `complete`."""
        made = [{"Name": name, "AllowNonProvisionableDevices": False, **rest} for name, rest in settings]
        document = read_document(json.dumps(made, indent=1).encode(), path)
        return PolicyReader(self._knowledge.catalogue, assume_complete=complete).policies(document)

    def of(self, accounts: Sequence[Account], device: str | None = None, *, everything: bool = False) -> Preview:
        """Preview any accounts."""
        session = undated_session(self._knowledge, device or ())
        return session.preview(accounts, everything=everything)

    def preview(self, run: str) -> Preview:
        """Make the preview of a run."""
        if run in ("five", "all"):
            return self.of(self.five(), "alder1" if run == "five" else None, everything=run == "all")
        if run == "hidden":
            return self.of(self.accounts(CUT, complete=False), "alder1")
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
        return self.accounts(FIVE)

    def accounts(self, settings: Sequence[tuple[str, dict[str, Any]]], *, complete: bool = True) -> list[Account]:
        """Make accounts of a few settings each, called after their policies."""
        policies = self.policies(settings, complete=complete)
        return [Account(name, policy) for (name, _), policy in zip(settings, policies, strict=True)]

    def users(self) -> UserMerges:
        """Preview three users, two of whom have the same policies under different names."""
        names = [name for name, _ in FIVE]
        rows = [
            ("ann", "work", names[0]),
            ("bob", "office", names[1]),
            ("ann", "club", names[1]),
            ("bob", "sports", names[0]),
            ("=cid", "work", names[4]),
            ("=cid", "choir", names[3]),
        ]
        listed = "\n".join(["user,account,policy", *map(",".join, rows)]).encode()
        session = undated_session(self._knowledge, "alder1")
        return session.users(listed, "users.csv", Inputs(self.policies(FIVE)))
