"""What the targets of a run make of one demand, as masks: whether it keeps them out, and whether they do it.

The design, section 2b: access and demands met. Masks hold only targets on which the demand counts.
"""

from collections.abc import Iterable
from typing import NamedTuple

from policylint.judging.cells import counts, met, refusal
from policylint.judging.findings import Ruling
from policylint.knowledge.catalogue import Property
from policylint.knowledge.families import Cell
from policylint.values import Value

MET = ("met", "partly", "not", "unknown")
"""How far a target meets a demand."""


class Answer(NamedTuple):
    """What there is to say of one demand.

    `refusing` and `refusing_some` (on some hardware) say that they cannot do it, so that a closed gate keeps them out;
    of those in `unsettled` nobody knows whether they say so. `met` has a mask for each of `MET`, `met_by` one for each
    support by which targets meet it; both hold for targets that fetch the policy.
    """

    rulings: tuple[Ruling, ...]
    counting: int
    refusing: int
    refusing_some: int
    unsettled: int
    met: dict[str, int]
    met_by: dict[str, int]
    kept: dict[int, dict[str, int]]

    def met_without(self, unreached: int) -> dict[str, int]:
        """Return `met` where some targets fetch no policy; worked out once for all policies that ask for the same."""
        masks = self.kept.get(unreached)
        if masks is None:
            masks = self.kept[unreached] = {word: mask & ~unreached for word, mask in self.met.items()}
            masks["not"] |= unreached & self.counting
        return masks


def answer_of(known: Property, value: Value, gate: str, cells: Iterable[tuple[Cell, int]], says_yes: int) -> Answer:
    """Sort the targets of some cells; those in `says_yes` say yes to anything. The rulings are left to others."""
    counting = refusing = refusing_some = unsettled = 0
    by_class = dict.fromkeys(MET, 0)
    met_by: dict[str, int] = {}
    for cell, mask in cells:
        if not counts(cell, known, value, gate):
            continue
        counting |= mask
        refused = refusal(cell, known, value)
        if refused == "blocks":
            refusing |= mask
        elif refused == "blocks-some":
            refusing_some |= mask
        elif cell.support in ("unknown", "unmet"):
            unsettled |= mask & ~says_yes
        found = met(cell, known, value)
        by_class[found] |= mask
        if found == "met":
            # a value that a target can live with, or does not refuse, it takes: whether it acts is not said
            support = "enforced" if cell.support == "enforced" else "accepted"
            met_by[support] = met_by.get(support, 0) | mask
    return Answer((), counting, refusing, refusing_some, unsettled, by_class, met_by, {})
