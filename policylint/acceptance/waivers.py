"""Waivers: findings that were accepted for a reason. They stay in every report, marked, and do not count.

A waiver that has expired no longer waives anything. That, and one that matched nothing, are findings of their own: at
the line of the waiver, with the policy that it names.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from policylint.exports.record import Document
from policylint.judging.findings import Divider, Finding, Ruling, Waived
from policylint.judging.report import Verdicts
from policylint.judging.targets import TargetSet
from policylint.knowledge import Knowledge
from policylint.knowledge.catalogue import Property
from policylint.knowledge.rulebook import Rule
from policylint.policies.policy import Policy


@dataclass(slots=True, eq=False)
class Waiver:
    """One waiver, understood: what is None does not matter to it. `policy` is a name or a Guid, `mask` its targets.

    `line` is where it stands in its file; `used` tells whether it matched a finding of this run.
    """

    rule: Rule | None
    property: Property | None
    policy: str | None
    mask: int | None
    reason: str
    expires: datetime.date | None
    line: int
    used: bool = field(default=False)

    def names(self, policy: Policy) -> bool:
        """Tell whether it is about a policy."""
        return self.policy is None or self.policy.casefold() in (policy.name.casefold(), policy.guid)

    def matches(self, finding: Finding) -> bool:
        """Tell whether it waives a finding of a policy that it names, at least for some targets."""
        if self.rule is not None and finding.rule is not self.rule:
            return False
        if self.property is not None and finding.known is not self.property:
            return False
        return self.mask is None or bool(self.mask & finding.ruling.mask)

    def __str__(self) -> str:
        """Say what it waives."""
        parts = [self.rule.id if self.rule else None, self.property.key if self.property else None]
        return " on ".join(part for part in parts if part)


class Waivers:
    """The waivers of a run. `today` decides which have expired; their findings stand in `document`."""

    def __init__(self, waivers: Sequence[Waiver], document: Document, today: datetime.date):
        self._expired = [each for each in waivers if each.expires is not None and each.expires < today]
        self._valid = [each for each in waivers if each not in self._expired]
        self._document = document
        self._divider = Divider()

    def apply(self, verdicts: Sequence[Verdicts]) -> None:
        """Mark what is waived."""
        for each in verdicts:
            here = [waiver for waiver in self._valid if waiver.names(each.policy)]
            if here:
                each.findings = [part for finding in each.findings for part in self._waived(finding, here)]

    def _waived(self, finding: Finding, waivers: Sequence[Waiver]) -> Iterator[Finding]:
        """Yield a finding as it is, waived, or in parts."""
        for position, waiver in enumerate(waivers):
            if waiver.matches(finding):
                waiver.used = True
                expires = waiver.expires.isoformat() if waiver.expires else None
                first, *left = self._divider.divide(finding, waiver.mask, Waived("waiver", waiver.reason, expires))
                yield first
                for part in left:
                    yield from self._waived(part, waivers[position + 1 :])
                return
        yield finding

    def report(
        self, verdicts: Sequence[Verdicts], knowledge: Knowledge, targets: TargetSet, *, unused: bool = True
    ) -> int:
        """Add a finding for each waiver that has expired and, if wanted, for each that matched nothing.

        Return how many waivers name a policy that is not there: of these nothing is known.
        """
        absent = 0
        for waiver in (*self._expired, *self._valid):
            concerned = next((each for each in verdicts if waiver.names(each.policy)), None)
            if concerned is None:
                absent += 1
            elif waiver in self._expired:
                detail = f"{waiver} ({waiver.reason}) expired on {waiver.expires}"
                concerned.findings.append(
                    self._finding("waiver-expired", detail, waiver, concerned, knowledge, targets)
                )
            elif unused and not waiver.used:
                detail = f"{waiver} ({waiver.reason})"
                concerned.findings.append(self._finding("waiver-unused", detail, waiver, concerned, knowledge, targets))
        return absent

    def _finding(
        self, outcome: str, detail: str, waiver: Waiver, concerned: Verdicts, knowledge: Knowledge, targets: TargetSet
    ) -> Finding:
        rule = knowledge.rulebook.by_outcome[outcome]
        known = waiver.property
        return Finding(
            Ruling(rule, targets, detail=detail, key=str(waiver)),
            concerned.policy,
            waiver.line,
            known,
            concerned.policy.spell(known) if known else None,
            standing_in=self._document,
        )
