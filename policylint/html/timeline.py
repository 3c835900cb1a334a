"""Since when: a band for each family over all its releases, by what a policy's demands come to on them.

Releases of the run have the verdict of the engine; the others are read off the same cells, demand by demand.
"""

from dataclasses import dataclass

from policylint.html.fares import Demands, grade
from policylint.html.words import GRADE
from policylint.judging.report import Verdicts
from policylint.judging.targets import TargetSet
from policylint.knowledge.catalogue import GATE
from policylint.knowledge.families import Family

_ROOM = 1.15
"""Hundredths of a band that a character of a label takes."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring releases that fare alike: where they stand in the band (of 100), their names, their grade."""

    x: float
    width: float
    versions: str
    grade: str

    @property
    def label(self) -> str:
        """What fits into it: the versions, the grade, or nothing."""
        for text in (f"{self.versions} {self.grade}", self.grade, self.versions):
            if len(text) * _ROOM < self.width:
                return text
        return ""


@dataclass(frozen=True, slots=True)
class Band:
    """One family over its releases."""

    family: str
    name: str
    stretches: tuple[Stretch, ...]

    @property
    def text(self) -> str:
        """The same in words."""
        return "; ".join(f"{each.versions} {each.grade}" for each in self.stretches)


def bands(verdicts: Verdicts, demanded: Demands, targets: TargetSet) -> list[Band]:
    """Return a band for each family of the run that has several releases and uses mailbox policies.

    None where the export does not show the gate: a run may have assumed it. What a server end refuses is left out: the
    bands are about the policy.
    """
    if verdicts.policy.get(GATE) is None:
        return []
    judged = zip(targets.targets, verdicts.by_target(targets), strict=True)
    known = {target: verdict for target, verdict in judged if verdict != "cannot-connect"}
    found = []
    for family in dict.fromkeys(target.family for target in targets.targets):
        if len(family.targets) > 1:
            grades = [
                GRADE[known[target]] if target in known else grade(target, demanded, verdicts.policy)
                for target in family.targets
            ]
            if set(grades) != {"none"}:
                found.append(Band(family.id, family.name, tuple(_stretches(family, grades))))
    return found


def _stretches(family: Family, grades: list[str]) -> list[Stretch]:
    each = 100 / len(grades)
    runs: list[list[int]] = []
    for position, found_grade in enumerate(grades):
        if runs and grades[runs[-1][-1]] == found_grade:
            runs[-1].append(position)
        else:
            runs.append([position])
    found = []
    for run in runs:
        first, last = family.targets[run[0]].version, family.targets[run[-1]].version
        versions = first if first == last else f"{first}–{last}"
        found.append(Stretch(round(run[0] * each, 2), round(len(run) * each, 2), versions, grades[run[0]]))
    return found
