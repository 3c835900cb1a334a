"""Support cells in words, and the answer of a release to a property."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from policylint import values
from policylint.knowledge.families import Cell, Condition, Target
from policylint.knowledge.observed import Observed


def in_words(condition: Condition) -> str:
    """Say when a cell refuses: `at DES`, `above 8 on hardware (a PC with a Microsoft account)`."""
    parts = []
    if condition.equals is not None:
        parts.append("at " + " or ".join(map(str, condition.equals)))
    if condition.above is not None:
        parts.append(f"above {condition.above}")
    if condition.below is not None:
        parts.append(f"below {condition.below}")
    if condition.hardware:
        parts.append(f"on hardware ({condition.hardware})")
    return " ".join(parts)


NO_POLICY = "no policy at all"

HEADINGS = {
    "enforced": "Enforces",
    "accepted": "Accepts; nothing shows that it acts on it",
    "partial": "Enforces in part",
    "ignored": "Claims to comply and does nothing",
    "blocks": "Cannot take; the gate decides",
    "unmet": "Does not act on it; whether it says so is not known",
    "not-sent": "Cannot be sent; the gate decides",
    "must-be": "Needs this value",
    "server": "Exchange applies it",
    "not-applicable": "Not applicable",
    "unknown": "Not known",
}
"""What a page calls the properties of one support, in the order of a page."""


def answer(target: Target, key: str) -> Cell:
    """Return what a release does with a property; one that cannot provision sees none of them."""
    provisioning = target.provisioning
    if provisioning.ability == "none":
        return Cell(NO_POLICY, provisioning.evidence, None, provisioning.sources)
    return target.cell(key)


def describe(cell: Cell, note: str | None) -> str:
    """Describe a cell in one line: support, condition, evidence and as much of its note as is given."""
    parts = [required_value(cell) or cell.support, *conditions(cell)]
    if cell.inherited:
        parts.append(f"as {cell.inherited}")
    if cell.evidence:
        parts.append(f"({cell.evidence})")
    text = " ".join(parts) + (f": {note}" if note else "")
    if not cell.observed:
        return text
    return " ".join([f"{text.rstrip('.')}.", *(f"Seen here: {observed_text(each)}." for each in cell.observed)])


def observed_text(seen: Observed) -> str:
    """Say what was observed in one's own organisation, for which values and on how many devices."""
    within = seen.within
    said = [f"from {plain_text(within.min)}" if within.min is not None else ""]
    said += [f"up to {plain_text(within.max)}" if within.max is not None else ""]
    said += [" or ".join(map(plain_text, within.equals)) if within.equals else ""]
    return f"{seen.support} {' '.join(filter(None, said))} on {seen.devices} device{'' if seen.devices == 1 else 's'}"


def required_value(cell: Cell) -> str | None:
    """Say which value a cell needs, if it needs one."""
    return f"must be {plain_text(cell.value)}" if cell.support == "must-be" else None


def conditions(cell: Cell) -> list[str]:
    """Say what narrows or widens a cell: when it refuses, where it counts."""
    parts = []
    if cell.blocks:
        parts.append(f"{'' if cell.support == 'blocks' else 'but refuses '}{in_words(cell.blocks)}")
    if cell.scope:
        parts.append(f"in the {cell.scope} only")
    if cell.ungated:
        parts.append("even while no password is required")
    return parts


def plain_text(value: object) -> str:
    """Print a value as the pack writes it the way the Exchange Management Shell would."""
    if value == "$null" or value is None:
        return values.to_text(None)
    return values.to_text(tuple(value) if isinstance(value, list) else value)  # type: ignore[arg-type]


Kind = TypeVar("Kind", bound=Hashable)


@dataclass(frozen=True, slots=True)
class SharedCell:
    """What some releases do alike with a property. `cell` is that of the first; `sources` are those of all."""

    cell: Cell
    targets: list[Target]
    sources: tuple[str, ...]


def gather(targets: Iterable[Target], kind: Callable[[Target], Kind]) -> dict[Kind, list[Target]]:
    """Put releases of one kind together, in the order in which the kinds first occur."""
    found: dict[Kind, list[Target]] = {}
    for target in targets:
        found.setdefault(kind(target), []).append(target)
    return found


def shared_cells(
    targets: Iterable[Target], cell: Callable[[Target], Cell], kind: Callable[[Cell], Hashable]
) -> list[SharedCell]:
    """Put releases together whose cells are of one kind, most often: read alike."""
    return [
        SharedCell(
            cell(members[0]),
            members,
            tuple(dict.fromkeys(source for target in members for source in cell(target).sources)),
        )
        for members in gather(targets, lambda target: kind(cell(target))).values()
    ]
