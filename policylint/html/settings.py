"""What every client does with every setting that is asked for: a block for each property and value, shared by policies.

The engine's own tables say it (`judging.cells`), so a block and a finding never differ.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from policylint.judging.cells import counts, met, refusal
from policylint.judging.targets import TargetSet
from policylint.knowledge import Source
from policylint.knowledge.catalogue import Property
from policylint.knowledge.families import Cell
from policylint.policies.policy import Setting
from policylint.values import Value, shorten, to_text

NOT_ASKED = "not-asked"
GRADES = ("refused", "weak", "unknown", "fine", "none")
"""What anything comes to, the gravest first."""


@dataclass(frozen=True, slots=True)
class Line:
    """Clients that do the same with a setting: a mask of them, what they do, how that is known.

    `grade` is what it comes to: `refused`, `weak`, `unknown`, `fine`, or `none` where they are not concerned. `sources`
    are ids with their dates.
    """

    mask: int
    clients: str
    support: str
    grade: str
    evidence: str | None
    note: str | None
    sources: tuple[tuple[str, str | None], ...]


@dataclass(slots=True)
class Block:
    """One property at one value: what clients do with it. `policies` are those that ask for it, by number."""

    id: str
    known: Property
    value: Value
    spelling: str
    lines: list[Line]
    policies: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The value in short."""
        return shorten(to_text(self.value))

    @property
    def summary(self) -> str:
        """What the property is about."""
        return str(self.known.entry.get("summary", ""))

    def share(self, grade: str) -> int:
        """Count the clients it comes to a grade for."""
        return sum(line.mask.bit_count() for line in self.lines if line.grade == grade)


class Blocks:
    """Collects the blocks of a page."""

    def __init__(self, targets: TargetSet, sources: Mapping[str, Source]):
        self._targets = targets
        self._sources = sources
        self._found: dict[tuple[str, type, Value, str], Block] = {}
        self.cited: dict[str, Source] = {}

    def of(self, setting: Setting, gate: str, policy: int) -> Block:
        """Return the block of a setting that a policy asks for."""
        known = setting.property
        key = (known.key, setting.value.__class__, setting.value, gate)
        block = self._found.get(key)
        if block is None:
            lines = self._lines(known, setting.value, gate)
            block = Block(f"s{len(self._found)}", known, setting.value, setting.spelling, lines)
            self._found[key] = block
        block.policies.append(policy)
        return block

    def all(self) -> list[Block]:
        """List the blocks, those first that keep most clients out, then those that most do not do."""
        return sorted(self._found.values(), key=lambda block: [-block.share(grade) for grade in GRADES])

    def _lines(self, known: Property, value: Value, gate: str) -> list[Line]:
        """Return a line for all clients of which the same is known, the gravest first."""
        groups: dict[tuple[object, ...], tuple[int, Cell, str, str]] = {}
        for bit, target in enumerate(self._targets.targets):
            cell = target.cell(known.key).at(known, value)
            support, grade = said(cell, known, value, gate)
            key = (support, grade, cell.evidence, cell.note, cell.sources)
            before, *_ = groups.get(key, (0,))
            groups[key] = (before | 1 << bit, cell, support, grade)
        lines = [self._line(*group) for group in groups.values()]
        return sorted(lines, key=lambda line: GRADES.index(line.grade))

    def _line(self, mask: int, cell: Cell, support: str, grade: str) -> Line:
        for name in cell.sources:
            if name in self._sources:
                self.cited[name] = self._sources[name]
        clients = self._targets.fold(mask)
        dated = tuple((name, self._sources[name].date if name in self._sources else None) for name in cell.sources)
        return Line(mask, clients, support, grade, cell.evidence, cell.note, dated)


def said(cell: Cell, known: Property, value: Value, gate: str) -> tuple[str, str]:
    """Return what a client does with a value, in the word of the data, and what that comes to."""
    if not counts(cell, known, value, gate):
        return ("not-applicable" if cell.support == "not-applicable" else NOT_ASKED), "none"
    refused = refusal(cell, known, value)
    if refused is not None:
        return ("blocks" if cell.support not in ("not-sent",) else cell.support), "refused"
    grade = {"met": "fine", "partly": "weak", "not": "weak", "unknown": "unknown"}[met(cell, known, value)]
    if cell.support == "must-be" and grade == "weak":
        grade = "refused"
    return ("accepted" if cell.support == "blocks" else cell.support), grade
