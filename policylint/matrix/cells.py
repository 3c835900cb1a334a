"""What a cell of the matrix of policies says: how one policy fares on one target."""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from policylint.judging.report import Report, Verdicts
from policylint.judging.targets import TargetSet
from policylint.knowledge.families import Target


class Outcome(NamedTuple):
    """A verdict, the two answers it is made of, and how many errors, warnings and unknown cells stand behind it.

    The answers are the access, and of the demands that count how many are met, met in part, not met and unknown.
    """

    verdict: str
    access: str
    met: int
    partly: int
    unmet: int
    unsure: int
    errors: int
    warnings: int
    unknown: int

    @property
    def demands(self) -> int:
        """How many demands count."""
        return self.met + self.partly + self.unmet + self.unsure


def outcomes(verdicts: Verdicts, targets: TargetSet) -> list[Outcome]:
    """Return the outcome of one policy for each target, in the order of the run."""
    words = verdicts.by_target(targets), verdicts.access_by_target(targets)
    return [Outcome(*each) for each in zip(*words, *verdicts.demands(targets), *verdicts.counts(targets), strict=True)]


def all_outcomes(report: Report) -> list[list[Outcome]]:
    """Return the outcomes of every policy: a list for each policy, with an entry for each target."""
    return [outcomes(verdicts, report.targets) for verdicts in report.verdicts]


def folded(targets: Sequence[Target], says: Sequence[Hashable]) -> list[list[int]]:
    """Group the indexes of targets, in their order; `says` holds for each what must be equal within a group.

    Only releases next to one another in their family are joined, so that a range never spans what was not asked for.
    """
    groups: list[list[int]] = []
    for index, target in enumerate(targets):
        if groups and _neighbours(targets[groups[-1][-1]], target) and says[groups[-1][-1]] == says[index]:
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _neighbours(one: Target, other: Target) -> bool:
    return one.family is other.family and other.position == one.position + 1
