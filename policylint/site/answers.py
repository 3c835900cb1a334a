"""The two answers of a client to one setting by itself: whether it gets in, and whether it does what is asked."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import partial

from policylint.judging.cells import could_refuse
from policylint.judging.rulings import Rulings
from policylint.judging.server_end import ServerEnd
from policylint.judging.targets import TargetSet
from policylint.knowledge import Knowledge
from policylint.knowledge.catalogue import Property
from policylint.knowledge.families import Cell, Family, Target
from policylint.pages.cells import NO_POLICY, answer, conditions, describe, required_value, shared_cells

_NOT = ("blocks", "not-sent", "must-be", "ignored", "unmet", NO_POLICY)


@dataclass(frozen=True, slots=True)
class Answer:
    """What some releases of a family do alike with a setting that asks something of them.

    `closed` and `opened` are the access with either position of the gate, as far as this setting decides it; `does` is
    how they meet the demand (`met`, `partly`, `not`, `unknown`, or nothing where it does not count). `condition` says
    for which values or hardware. `says` is the line that `policylint explain` prints. `id` leads to the row.
    """

    id: str
    family: Family
    targets: tuple[Target, ...]
    cell: Cell
    closed: str
    opened: str
    does: str
    condition: str
    says: str
    sources: tuple[str, ...]

    @property
    def grade(self) -> str:
        """The look: the graver of what the two answers come to."""
        if self.closed.startswith("refused"):
            return "refused"
        if self.does == "unknown":
            return "unknown"
        return {"met": "fine", "not": "weak", "partly": "weak"}.get(self.does, "none")


class Answers:
    """The answers of all clients, worked out once for each property."""

    def __init__(self, knowledge: Knowledge):
        targets = TargetSet(tuple(knowledge.targets))
        rulings = Rulings(knowledge, targets, ServerEnd(None, knowledge, targets))
        self._families = tuple(knowledge.families.values())
        self._silent = set(targets.members(rulings.silent))
        self._not_concerned = set(targets.members(rulings.not_concerned))
        self._made: dict[str, list[Answer]] = {}

    def of(self, known: Property) -> list[Answer]:
        """Return the answers to a property, family by family; none where no device is concerned."""
        if known.neutral is None:
            return []
        if known.key not in self._made:
            self._made[known.key] = [each for family in self._families for each in self._of(family, known)]
        return self._made[known.key]

    def _of(self, family: Family, known: Property) -> list[Answer]:
        kinds = {target: self._kind(target, known) for target in family.targets}
        groups: dict[Hashable, list[Target]] = {}
        for target, kind in kinds.items():
            groups.setdefault(kind, []).append(target)
        made = []
        for number, members in enumerate(groups.values(), 1):
            (shared,) = shared_cells(members, partial(answer, key=known.key), lambda cell: None)
            cell = shared.cell
            closed, opened, does = self._two(members[0], cell)
            said = describe(cell, cell.claim)
            where = f"{family.id}-{number}"
            condition = "; ".join(filter(None, [required_value(cell), *conditions(cell), _only_closed(members[0])]))
            made.append(
                Answer(where, family, tuple(members), cell, closed, opened, does, condition, said, shared.sources)
            )
        return made

    def _kind(self, target: Target, known: Property) -> Hashable:
        cell = answer(target, known.key)
        return describe(cell, cell.claim), self._two(target, cell), _only_closed(target)

    def _two(self, target: Target, cell: Cell) -> tuple[str, str, str]:
        """Return the access with the gate closed, the access with it open, and how the demand is met."""
        if target in self._not_concerned:
            return "not-applicable", "not-applicable", ""
        return self._closed(target, cell), "refused" if cell.support == "must-be" else "let-in", _does(cell)

    def _closed(self, target: Target, cell: Cell) -> str:
        if cell.support in (NO_POLICY, "must-be"):
            return "refused"
        if could_refuse(cell):
            return "refused-on-some" if cell.blocks and cell.blocks.hardware else "refused"
        unsettled = cell.support in ("unknown", "unmet") and target.provisioning.ability != "claims-all"
        return "maybe" if unsettled or target in self._silent else "let-in"


def _only_closed(target: Target) -> str | None:
    """Say of a client that takes a policy only where it must that with the gate open it does nothing of it."""
    only = target.provisioning.ability != "none" and target.provisioning.gate_open == "no-policy"
    return "with the gate open it takes no policy" if only else None


def _does(cell: Cell) -> str:
    if cell.support in ("server", "not-applicable"):
        return ""
    if cell.support == "unknown":
        return "unknown"
    if cell.blocks:
        # told for a value that is refused; where hardware decides, the rest does it
        return "partly" if cell.blocks.hardware else "not"
    return "not" if cell.support in _NOT else "partly" if cell.support == "partial" else "met"
