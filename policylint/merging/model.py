"""The models of a merge: accounts go in, effective settings come out, each with who decided it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from policylint.judging.findings import Finding
from policylint.judging.report import Verdicts
from policylint.judging.stamp import Stamp
from policylint.knowledge.catalogue import GATE, Property
from policylint.knowledge.families import Target
from policylint.policies.policy import Policy
from policylint.values import Value

State = Literal["decides", "same", "looser", "gated-off", "not-set", "hidden"]
"""How one account's value stands to the effective one.

`decides`: it is the effective value. `same`: nobody demands anything, this account neither. `looser`: another asks for
more. `gated-off`: it does not count, because its own policy requires no password. `not-set`: it asks nothing.
`hidden`: its export does not tell.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Account:
    """One policy as one account of a user's device sees it."""

    name: str
    policy: Policy


@dataclass(frozen=True, slots=True)
class Share:
    """What one account contributes to a setting: the value its export prints, and how that stands."""

    account: Account
    value: Value
    state: State


@dataclass(frozen=True, slots=True)
class MergedSetting:
    """One property over all accounts.

    `effective` is the joined value where the property is merged (scope `device`) or could be (scope `account`);
    `matters` tells that some account demands something. It is not `certain` where an account hides what it asks, and
    something stricter than the effective value exists. `nothing_allowed` marks an application list of which nothing
    is left, which is not the same as no list. `conflict` holds the values that exclude each other. `decided_by` names
    every account whose value is the effective one; for the two lists and for conflicts, every account that
    contributes.
    """

    property: Property
    effective: Value
    shares: tuple[Share, ...]
    decided_by: tuple[Account, ...]
    matters: bool
    conflict: tuple[Value, ...] = ()
    nothing_allowed: bool = False
    note: str | None = None
    certain: bool = True


@dataclass(frozen=True, slots=True)
class DeviceMerge:
    """What is known of how some targets merge.

    `assumed`: nobody documented it, so strictest wins is assumed.
    """

    targets: tuple[Target, ...]
    assumed: bool
    merged: tuple[str, ...]
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether the server of one account would let the device in with the merged set: verdict to targets, as masks."""

    account: Account
    gate: bool | None
    verdicts: Verdicts


@dataclass(frozen=True, slots=True)
class Merged:
    """A whole merge. `settings` follow the catalogue; `contributors` names who makes it stricter than every account."""

    accounts: tuple[Account, ...]
    settings: tuple[MergedSetting, ...]
    stricter_than_every_account: bool
    contributors: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class Setup:
    """What all merges of a run have in common. Without `--device` its stamp has no targets, and there are no `devices`.

    With `everything`, settings that nobody demands are shown, too, and those that only a server reads.
    """

    stamp: Stamp
    assume_gate: bool | None = None
    devices: Sequence[DeviceMerge] = ()
    everything: bool = False

    @property
    def judges(self) -> bool:
        """Whether there are devices to judge the merged sets for."""
        return bool(self.stamp.targets.targets)


@dataclass(frozen=True, slots=True)
class Preview:
    """One merge, and with `--device` whether each account's server would let the devices in.

    `unreadable` are the findings on values of the accounts' exports that cannot be used.
    """

    kind: ClassVar[str] = "merge"

    setup: Setup
    merged: Merged
    admissions: Sequence[Admission] = ()
    unreadable: Sequence[Finding] = ()

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The accounts that were merged."""
        return self.merged.accounts

    @property
    def settings(self) -> list[MergedSetting]:
        """The settings to show, of every scope."""
        return [setting for setting in self.merged.settings if self._shows(setting)]

    @property
    def severities(self) -> set[str]:
        """The severities of what is found about the exports and the devices."""
        found = [finding for each in self.admissions for finding in each.verdicts.findings]
        return {finding.rule.severity for finding in (*self.unreadable, *found)}

    def of_scope(self, scope: str) -> list[MergedSetting]:
        """List the settings to show in a table, of one scope: device, account or server.

        Of those that nobody is known to demand and some export hides there may be many: they get no row of their own.
        """
        return [
            setting
            for setting in self.settings
            if setting.property.scope == scope and (setting.matters or scope == "server" or self.setup.everything)
        ]

    def gates(self) -> list[tuple[Account, bool | None]]:
        """Say for each account whether its server lets a device in that cannot take the whole set; None: unknown."""
        found = []
        for account in self.accounts:
            value = account.policy.value(GATE)
            found.append((account, value if isinstance(value, bool) else self.setup.assume_gate))
        return found

    def contributions(self) -> list[tuple[Account, list[str]]]:
        """List what each account adds that some other account does not demand as strictly.

        Empty unless the result is stricter than every single account.
        """
        if not self.merged.stricter_than_every_account:
            return []
        adds: dict[Account, list[str]] = {account: [] for account in self.merged.contributors}
        for setting in self.merged.settings:
            if setting.property.scope == "device" and setting.matters and not _is_shared(setting):
                for account in adds.keys() & setting.decided_by:
                    adds[account].append(setting.property.key)
        return list(adds.items())

    def _shows(self, setting: MergedSetting) -> bool:
        known = setting.property
        if known.kind == "identity":
            return False
        # the one server setting that is always shown: it says what becomes of a device that cannot take the whole set
        if known.key == GATE or self.setup.everything:
            return True
        return (setting.matters or not setting.certain) and known.scope != "server"


def _is_shared(setting: MergedSetting) -> bool:
    """Tell whether every account by itself asks for the whole effective value."""
    return all(share.state == "decides" and share.value == setting.effective for share in setting.shares)
