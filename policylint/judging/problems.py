"""What is wrong with the export of a policy itself: findings that hold whatever the devices."""

from policylint.judging.findings import Finding
from policylint.judging.run import Run
from policylint.policies.policy import Policy
from policylint.values import raw_text, shorten

UNREADABLE = ("unreadable", "list-lost", "truncated", "conflict", "not-set")
"""The outcomes of a value that is there and cannot be used."""


def problems(run: Run, policy: Policy) -> list[Finding]:
    """Return a finding for each problem that reading the policy met."""
    found = []
    for problem in policy.problems:
        ruling = run.plain(problem.outcome, problem.detail)
        raw = shorten(raw_text(problem.raw))
        found.append(Finding(ruling, policy, problem.mark, problem.property, problem.name, None, raw))
    return found


def unreadable(run: Run, policy: Policy) -> list[Finding]:
    """Return the findings on values that cannot be used: whoever draws conclusions from a policy has to tell them."""
    return [finding for finding in problems(run, policy) if finding.rule.outcome in UNREADABLE]
