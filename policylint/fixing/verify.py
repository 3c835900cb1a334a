"""Try a plan: judge what the devices would get, and compare with what was found before."""

from collections.abc import Iterable
from typing import NamedTuple

from policylint.fixing.plan import Plan
from policylint.fixing.subject import REFUSALS, WEAKNESSES
from policylint.judging.findings import Finding


class Verification(NamedTuple):
    """What became of the findings that a plan set out to cure.

    `cured` counts them, `remaining` are the refusals that are left, `new` is what was neither found before nor told as
    the price of the plan.
    """

    cured: int
    remaining: tuple[Finding, ...]
    new: tuple[Finding, ...]


def verify(plan: Plan) -> Verification:
    """Apply a plan in memory and judge again."""
    subject = plan.subject
    after = subject.judge(plan.outcome())
    remaining = [finding for finding in after if finding.rule.outcome in REFUSALS]
    told = [*subject.findings, *plan.unenforced]
    new = [finding for finding in after if _counts(finding) and finding not in remaining and not _known(finding, told)]
    still = sum(_known(finding, remaining) for finding in subject.refusals)
    return Verification(len(subject.refusals) - still, tuple(remaining), tuple(new))


def _counts(finding: Finding) -> bool:
    return finding.rule.outcome in WEAKNESSES or finding.rule.severity != "note"


def _known(finding: Finding, others: Iterable[Finding]) -> bool:
    """Tell whether one of the others says the same, of at least as many targets."""
    return any(
        other.rule is finding.rule
        and other.subject_property == finding.subject_property
        and not finding.ruling.mask & ~other.ruling.mask
        for other in others
    )
