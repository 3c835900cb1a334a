"""The matrix of policies as it is laid out for a reader: folded, with the longer side running down."""

from dataclasses import dataclass

from policylint.judging.findings import Finding
from policylint.judging.problems import NOT_TOLD
from policylint.judging.report import ACCESS, Report, Verdicts
from policylint.knowledge.query import fold
from policylint.matrix import words
from policylint.matrix.cells import Outcome, all_outcomes, folded
from policylint.policies.labels import labels
from policylint.writing.style import number


@dataclass(frozen=True, slots=True)
class Sheet:
    """Labels for rows (`down`) and columns (`across`), and the cells row by row.

    `policies_down` tells which of the two are the policies.
    """

    down: list[str]
    across: list[str]
    cells: list[list[Outcome]]
    policies_down: bool


def sheet_of(report: Report) -> Sheet:
    """Lay out a report. Targets run down unless there are more policies than rows of targets."""
    by_policy = all_outcomes(report)
    by_target = list(zip(*by_policy, strict=True))
    targets = report.targets.targets
    groups = folded(targets, by_target)
    ranges = [fold(targets[index] for index in group) for group in groups]
    policies = labels([verdicts.policy for verdicts in report.verdicts])
    if len(policies) > len(ranges):
        cells = [[outcomes[group[0]] for group in groups] for outcomes in by_policy]
        return Sheet(policies, ranges, cells, policies_down=True)
    return Sheet(ranges, policies, [list(by_target[group[0]]) for group in groups], policies_down=False)


def not_told(of: Report | Verdicts) -> list[Finding]:
    """List what has to be said of exports beside a matrix: what they do not tell, or nobody can read."""
    return [each for each in of.findings if each.rule.outcome in NOT_TOLD and each.waived is None]


def policies_summary(report: Report) -> list[str]:
    """Count policies, targets, the cells of each access, and those that do not do all that is asked."""
    policies = number(len(report.verdicts), "policy", "policies")
    targets = number(len(report.targets.targets), "target", "targets")
    every = report.verdicts
    found = {access: sum(each.access.get(access, 0).bit_count() for each in every) for access in ACCESS}
    found["weakened"] = sum(each.masks.get("weakened", 0).bit_count() for each in every)
    return words.summary(f"{policies} × {targets} ({report.stamp.chosen_by}):", found)
