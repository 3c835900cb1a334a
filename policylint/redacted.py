"""A session whose reports name no policy, account, user or file: there are stand-ins, the same in every run."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from policylint.comparing.model import Side
from policylint.merging.model import Account
from policylint.policies.files import Inputs
from policylint.policies.redaction import Redaction, stand_in
from policylint.session import Accept, Session

if TYPE_CHECKING:
    from policylint.comparing.model import Comparison
    from policylint.judging.report import Report
    from policylint.merging.model import Preview
    from policylint.merging.users import UserMerges, UserSet


class RedactedSession(Session):
    """A `Session` that goes on knowing policies by their names, and prints none."""

    @cached_property
    def _redaction(self) -> Redaction:
        return Redaction(self.knowledge.catalogue)

    def judge(self, inputs: Inputs, *, show_unknown: bool = False, show_passed: bool = False) -> "Report":
        """Judge what was read, without its names."""
        return super().judge(self._redaction.inputs(inputs), show_unknown=show_unknown, show_passed=show_passed)

    def preview(self, accounts: Sequence[Account], *, everything: bool = False) -> "Preview":
        """Merge accounts without their names."""
        covered = [Account(stand_in("account", each.name), self._redaction.policy(each.policy)) for each in accounts]
        return super().preview(covered, everything=everything)

    def users(self, rows: bytes, path: str, inputs: Inputs, *, everything: bool = False) -> "UserMerges":
        """Merge what each of many users has, without their names."""
        found = super().users(rows, path, inputs, everything=everything)
        return replace(
            found, inputs=self._redaction.summary(found.inputs), sets=[_without_names(each) for each in found.sets]
        )

    def between(self, old: Side, new: Side, accept: Accept | None = None) -> "Comparison":
        """Compare two sides without their names."""
        return super().between(self._side(old, "before"), self._side(new, "after"), accept)

    def _side(self, side: Side, name: str) -> Side:
        return Side(name, self._redaction.summary(side.inputs), self._redaction.policies(side.policies))


def _without_names(found: "UserSet") -> "UserSet":
    users = [
        replace(
            each,
            name=stand_in("user", each.name),
            accounts=tuple(stand_in("account", account) for account in each.accounts),
        )
        for each in found.users
    ]
    return replace(found, users=users)
