"""What a cell of the matrix of policies says: how one policy fares on one target."""

from typing import NamedTuple

from policylint.judging.report import Report, Verdicts
from policylint.judging.targets import TargetSet


class Outcome(NamedTuple):
    """A verdict, and how many errors, warnings and unknown demands stand behind it."""

    verdict: str
    errors: int
    warnings: int
    unknown: int


def outcomes(verdicts: Verdicts, targets: TargetSet) -> list[Outcome]:
    """Return the outcome of one policy for each target, in the order of the run."""
    return [Outcome(*each) for each in zip(verdicts.by_target(targets), *verdicts.counts(targets), strict=True)]


def all_outcomes(report: Report) -> list[list[Outcome]]:
    """Return the outcomes of every policy: a list for each policy, with an entry for each target."""
    return [outcomes(verdicts, report.targets) for verdicts in report.verdicts]
