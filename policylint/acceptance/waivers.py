"""Waivers: findings that were accepted for a reason. They stay in every report, marked, and do not count.

A waiver that has expired no longer waives anything. That, and one that matched nothing, are findings of their own: at
the line of the waiver, with the policy that it names.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from policylint.exports.record import Document
from policylint.judging.findings import Divider, Finding, Ruling, Waived
from policylint.judging.report import Report, Verdicts
from policylint.judging.targets import TargetSet
from policylint.knowledge.catalogue import Property
from policylint.knowledge.rulebook import Rule, Rulebook
from policylint.policies.judged import Judged


class Waiver(NamedTuple):
    """One waiver, understood: what is None does not matter to it. `policy` is a name or a Guid, `mask` its targets.

    `line` is where it stands in its file.
    """

    rule: Rule | None
    property: Property | None
    policy: str | None
    mask: int | None
    reason: str
    expires: datetime.date | None
    line: int

    def names(self, subject: Judged) -> bool:
        """Tell whether it is about a policy or a chain."""
        return self.policy is None or subject.answers_to(self.policy)

    def matches(self, finding: Finding) -> bool:
        """Tell whether it waives a finding of a policy that it names, at least for some targets."""
        if self.rule is not None and finding.rule.id != self.rule.id:
            return False
        if self.property is not None and finding.known is not self.property:
            return False
        return self.mask is None or bool(self.mask & finding.ruling.mask)

    def __str__(self) -> str:
        """Say what it waives."""
        parts = [self.rule.id if self.rule else None, self.property.key if self.property else None]
        return " on ".join(part for part in parts if part)


class Waivers(NamedTuple):
    """The waivers of a run, of which `today` decides which have expired.

    Those that have are findings that stand in `document`, and with `tells_unused` so are those that match nothing.
    Without `tells` neither is told.
    """

    waivers: Sequence[Waiver]
    document: Document
    rulebook: Rulebook
    today: datetime.date
    tells: bool = True
    tells_unused: bool = True

    def applied(self, report: Report) -> tuple[Report, int]:
        """Return a report in which is marked what is waived, and told what there is to tell of waivers.

        The number is that of the waivers which name a policy that is not there: of these nothing is known.
        """
        expired = [each for each in self.waivers if each.expires is not None and each.expires < self.today]
        valid = [each for each in self.waivers if each not in expired]
        marker = _Marker(valid)
        made = replace(report, verdicts=[replace(each, findings=marker.marked(each)) for each in report.verdicts])
        absent = 0
        for waiver in (*expired, *valid):
            concerned = next((each for each in made.verdicts if waiver.names(each.about)), None)
            if concerned is None:
                absent += 1
            elif not self.tells:
                continue
            elif waiver in expired:
                detail = f"{waiver} ({waiver.reason}) expired on {waiver.expires}"
                concerned.findings.append(self._finding("waiver-expired", detail, waiver, concerned, report.targets))
            elif self.tells_unused and waiver not in marker.used:
                detail = f"{waiver} ({waiver.reason})"
                concerned.findings.append(self._finding("waiver-unused", detail, waiver, concerned, report.targets))
        return made, absent

    def _finding(self, outcome: str, detail: str, waiver: Waiver, concerned: Verdicts, targets: TargetSet) -> Finding:
        known = waiver.property
        return Finding(
            Ruling(self.rulebook.by_outcome[outcome], targets, detail=detail, key=str(waiver)),
            concerned.about,
            waiver.line,
            known,
            concerned.policy.spell(known) if known else None,
            standing_in=self.document,
        )


class _Marker:
    """Marks findings, and remembers which waivers were of use."""

    def __init__(self, waivers: Sequence[Waiver]):
        self._waivers = waivers
        self._divider = Divider()
        self.used: set[Waiver] = set()

    def marked(self, verdicts: Verdicts) -> list[Finding]:
        """Return the findings of a policy or chain, those that are waived marked."""
        here = [waiver for waiver in self._waivers if waiver.names(verdicts.about)]
        return [part for finding in verdicts.findings for part in self._waived(finding, here)]

    def _waived(self, finding: Finding, waivers: Sequence[Waiver]) -> Iterator[Finding]:
        """Yield a finding as it is, waived, or in parts."""
        for position, waiver in enumerate(waivers):
            if waiver.matches(finding):
                self.used.add(waiver)
                expires = waiver.expires.isoformat() if waiver.expires else None
                first, *left = self._divider.divide(finding, waiver.mask, Waived("waiver", waiver.reason, expires))
                yield first
                for part in left:
                    yield from self._waived(part, waivers[position + 1 :])
                return
        yield finding
