"""What targets show beside each other: one refuses what an earlier one took, or understands a value otherwise."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from policylint.judging.findings import Ruling
from policylint.judging.targets import TargetSet
from policylint.knowledge import Knowledge
from policylint.knowledge.families import Cell

Cells = list[tuple[Cell, int]]
"""Support cells, each with the targets it holds for, as a mask."""


class Releases:
    """Compares the cells of one property."""

    def __init__(self, knowledge: Knowledge, targets: TargetSet):
        self._knowledge = knowledge
        self._targets = targets

    def newly_refused(self, cells: Cells, refusing: Cells) -> list[Ruling]:
        """Tell where a later release of a family refuses what an earlier one takes."""
        takes = union((cell, mask) for cell, mask in cells if cell.support in ("enforced", "accepted"))
        rulings = []
        for family in dict.fromkeys(each.family for each in self._targets.members(union(refusing))):
            ours = self._targets.mask(family.targets)
            took = takes & ours
            before_any = (took & -took) - 1 if took else ~0
            late = [(cell, mask & ours & ~before_any) for cell, mask in refusing if mask & ours & ~before_any]
            if late:
                detail = f"taken by {self._targets.fold(took)}, refused by {self._targets.fold(union(late))}"
                rulings.append(self._comparison("newly-refused", late, detail))
        return rulings

    def meanings(self, cells: Cells) -> list[Ruling]:
        """Tell where targets understand one value in different ways."""
        meant = [(cell, mask) for cell, mask in cells if cell.meaning]
        by_meaning: dict[str, int] = {}
        for cell, mask in meant:
            by_meaning[cell.meaning or ""] = by_meaning.get(cell.meaning or "", 0) | mask
        if len(by_meaning) < 2:
            return []
        detail = "; ".join(f"{self._targets.fold(mask)} {meaning}" for meaning, mask in by_meaning.items())
        return [self._comparison("changes-meaning", meant, detail)]

    def _comparison(self, outcome: str, cells: Cells, detail: str) -> Ruling:
        """Make a ruling that sets targets side by side: its detail says it all, the cells give the sources."""
        names = dict.fromkeys(name for cell, _ in cells for name in cell.sources)
        sources = tuple(map(self._knowledge.sources.__getitem__, names))
        return Ruling(
            self._knowledge.rulebook.by_outcome[outcome], self._targets, union(cells), detail=detail, sources=sources
        )


def union(cells: Iterable[tuple[Cell, int]]) -> int:
    """Return the targets of some cells."""
    return reduce(or_, (mask for _, mask in cells), 0)
