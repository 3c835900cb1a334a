"""What targets do with one property: the support cells of the knowledge, in the order of a run."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from policylint.judging.stamp import Stamp
from policylint.knowledge import Knowledge
from policylint.knowledge.catalogue import Catalogue, Property
from policylint.knowledge.families import Cell, Target, first_sentence
from policylint.knowledge.nearest import did_you_mean
from policylint.knowledge.query import fold
from policylint.matrix.cells import folded
from policylint.matrix.words import NO_POLICY, SUPPORTS, summary
from policylint.pages.cells import in_words, plain_text
from policylint.usage import UsageError
from policylint.writing.style import number


@dataclass(frozen=True, slots=True)
class PropertyMatrix:
    """One property against targets. `asked` is the name the reader used."""

    kind: ClassVar[str] = "property"

    stamp: Stamp
    knowledge: Knowledge
    known: Property
    asked: str

    @property
    def targets(self) -> Sequence[Target]:
        """The targets of the run."""
        return self.stamp.targets.targets

    @property
    def cells(self) -> list[Cell]:
        """The support cell of each target."""
        return [target.cell(self.known.key) for target in self.targets]


class Behaviour(NamedTuple):
    """What a reader is told of a cell: the support in a word, and the rest in a line."""

    support: str
    detail: str


class Row(NamedTuple):
    """Neighbouring targets that behave alike, and the ids of all sources that say so."""

    targets: str
    size: int
    behaviour: Behaviour
    sources: tuple[str, ...]


def rows(matrix: PropertyMatrix) -> list[Row]:
    """Fold a matrix. Targets that differ in nothing but their sources behave alike."""
    told = [_behaviour(target, cell) for target, cell in zip(matrix.targets, matrix.cells, strict=True)]
    made = []
    for group in folded(matrix.targets, [behaviour for behaviour, _ in told]):
        sources = dict.fromkeys(source for index in group for source in told[index][1])
        name = fold(matrix.targets[index] for index in group)
        made.append(Row(name, len(group), told[group[0]][0], tuple(sources)))
    return made


def condition_text(cell: Cell) -> str:
    """Say when a cell refuses; empty where it does so always or never."""
    return in_words(cell.blocks) if cell.blocks else ""


def limits_text(limits: dict[str, Any] | None) -> str:
    """Say which values a target takes: `1 to 60 minutes`; empty where no limit is known."""
    if not limits:
        return ""
    low, high = limits.get("min"), limits.get("max")
    span = (
        f"{low} to {high}"
        if low is not None and high is not None
        else f"from {low}"
        if high is None
        else f"up to {high}"
    )
    return f"{span} {limits['unit']}" if limits.get("unit") else span


def value_text(cell: Cell) -> str:
    """Say which value a target must have; empty where it need not have any."""
    return plain_text(cell.value) if cell.support == "must-be" else ""


def _behaviour(target: Target, cell: Cell) -> tuple[Behaviour, tuple[str, ...]]:
    if target.provisioning.ability == "none":
        # whatever its cells say: it never gets to see a policy
        known = target.provisioning
        return Behaviour(NO_POLICY, _graded(first_sentence(known.note), known.evidence)), known.sources
    parts = [
        f"only {value_text(cell)}" if cell.support == "must-be" else "",
        f"refuses {condition_text(cell)}" if cell.blocks else "",
        f"in the {cell.scope} only" if cell.scope else "",
        "even while no password is required" if cell.ungated else "",
        f"takes {limits_text(cell.limits)}" if cell.limits else "",
        cell.meaning or "",
        _graded(cell.claim, cell.evidence),
    ]
    return Behaviour(cell.support, ". ".join(part[0].upper() + part[1:] for part in parts if part)), cell.sources


def _graded(claim: str | None, evidence: str | None) -> str:
    grade = f"({evidence})" if evidence else ""
    if not claim or not grade or claim.endswith(grade):
        return claim or grade
    return f"{claim} {grade}"


class UnknownPropertyError(UsageError):
    """A name that no property has, or that of one no device is concerned with; the message is one line."""


def property_named(name: str, catalogue: Catalogue) -> Property:
    """Return a property by its key, either spelling or the phone's own name, in any case.

    Raises `UnknownPropertyError`, with the nearest names.
    """
    known = catalogue.searched(name)
    if known is None:
        near = catalogue.nearest(name, of_devices=True)
        raise UnknownPropertyError(f"unknown property {name!r}{did_you_mean(near)}")
    if known.neutral is None:
        raise UnknownPropertyError(f"{known.key} asks nothing of a device: only Exchange reads it")
    return known


def property_summary(matrix: PropertyMatrix) -> list[str]:
    """Count targets, and those of each support."""
    targets = number(len(matrix.targets), "target", "targets")
    found = dict.fromkeys(SUPPORTS, 0)
    for row in rows(matrix):
        found[row.behaviour.support] += row.size
    return summary(f"{matrix.known.key} × {targets} ({matrix.stamp.chosen_by}):", found)


def property_title(matrix: PropertyMatrix) -> str:
    """Name the property, by its key and as the reader did."""
    known, asked = matrix.known, matrix.asked
    if asked.casefold() == known.key.casefold():
        return known.key
    # a phone's list may name the opposite: what it calls Disable is an Allow here
    phone = known.entry.get("phone_name") or {}
    turned = phone.get("inverted") and known.phone_name and known.phone_name.casefold() == asked.casefold()
    return f"{known.key} (asked for as {asked}{': True there is False here' if turned else ''})"
