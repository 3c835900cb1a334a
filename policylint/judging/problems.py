"""What is wrong with the export of a policy itself: findings that hold whatever the devices."""

from collections.abc import Sequence

from policylint.judging.findings import Finding
from policylint.judging.report import Verdicts
from policylint.judging.run import Run
from policylint.policies.policy import Policy
from policylint.values import raw_text, shorten

UNREADABLE = ("unreadable", "list-lost", "truncated", "conflict", "not-set")
"""The outcomes of a value that is there and cannot be used."""

NOT_TOLD = (*UNREADABLE, "hidden")
"""The outcomes of what an export does not tell: whoever draws conclusions from a policy has to say so."""


def problems(run: Run, policy: Policy) -> list[Finding]:
    """Return a finding for each problem that reading the policy met."""
    found = []
    for problem in policy.problems:
        ruling = run.plain(problem.outcome, problem.detail)
        raw = shorten(raw_text(problem.raw))
        found.append(Finding(ruling, policy, problem.mark, problem.property, problem.name, None, raw))
    return found


def unreadable(run: Run, policy: Policy) -> list[Finding]:
    """Return the findings on values that cannot be used."""
    return [finding for finding in problems(run, policy) if finding.rule.outcome in UNREADABLE]


def not_told(run: Run, policies: Sequence[Policy]) -> list[Verdicts]:
    """Return what exports do not tell of policies, or nobody can read: findings alone, of those that have some."""
    found = {policy: unreadable(run, policy) for policy in policies if policy.problems}
    for note in run.hidden.notes(policies):
        found.setdefault(note.policy, []).insert(0, note)
    return [Verdicts(policy, {}, {}, {}, [], findings) for policy, findings in found.items() if findings]
