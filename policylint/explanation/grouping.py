"""Telling once what holds for several releases."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from policylint.knowledge.families import Cell, Target

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
