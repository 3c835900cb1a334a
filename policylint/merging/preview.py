"""What a renderer of merges sees: the merge, what is known of the devices, and which settings to show."""

from collections.abc import Sequence
from dataclasses import dataclass

from policylint.judging.judgement import GATE
from policylint.judging.targets import TargetSet
from policylint.merging.model import Account, Admission, DeviceMerge, Merged, MergedSetting


@dataclass(frozen=True, slots=True)
class Setup:
    """What all merges of a run have in common. Without `--device` there are no `targets` and no `devices`.

    With `everything`, settings that nobody demands are shown, too, and those that only a server reads.
    """

    program: str
    knowledge: str
    as_of: str
    targets: TargetSet | None = None
    chosen_by: str = ""
    server: str | None = None
    assume_gate: bool | None = None
    devices: Sequence[DeviceMerge] = ()
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """One merge, and with `--device` whether each account's server would let the devices in."""

    setup: Setup
    merged: Merged
    admissions: Sequence[Admission] = ()

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The accounts that were merged."""
        return self.merged.accounts

    @property
    def settings(self) -> list[MergedSetting]:
        """The settings to show, of every scope."""
        return [setting for setting in self.merged.settings if self._shows(setting)]

    def of_scope(self, scope: str) -> list[MergedSetting]:
        """List the settings to show of one scope: device, account or server."""
        return [setting for setting in self.settings if setting.property.scope == scope]

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
        return [
            (
                account,
                [
                    setting.property.key
                    for setting in self.merged.settings
                    if setting.property.scope == "device"
                    and setting.matters
                    and account in setting.decided_by
                    and not _is_shared(setting)
                ],
            )
            for account in self.merged.contributors
        ]

    def _shows(self, setting: MergedSetting) -> bool:
        known = setting.property
        if known.kind == "identity":
            return False
        # the one server setting that is always shown: it says what becomes of a device that cannot take the whole set
        if known.key == GATE or self.setup.everything:
            return True
        return setting.matters and known.scope != "server"


def _is_shared(setting: MergedSetting) -> bool:
    """Tell whether every account by itself asks for the whole effective value."""
    return all(share.state == "decides" and share.value == setting.effective for share in setting.shares)
