"""The clients of a page: neighbouring releases that fare alike share a column, and every family has a picture."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from policylint.judging.targets import TargetSet
from policylint.knowledge.families import Family, Target
from policylint.knowledge.query import fold

_KINDS = ("room", "embedded", "desktop", "app", "tablet", "phone")
"""The kinds of device there are pictures of, by the tags of families; the first that a family has is shown."""


@dataclass(frozen=True, slots=True)
class Column:
    """Some neighbouring releases of one family: their bits in the run, what they are called, their picture.

    `targets` are their labels, with a bar between them.
    """

    bits: tuple[int, ...]
    label: str
    family: str
    versions: str
    kind: str
    targets: str

    @property
    def mask(self) -> int:
        """The targets, as a mask."""
        return sum(1 << bit for bit in self.bits)


def kind_of(family: Family) -> str:
    """Return the kind of device a family is, as far as there is a picture of it."""
    if "phone" in family.tags:
        return "phone"
    return next((kind for kind in _KINDS if kind in family.tags), "phone")


def columns(targets: TargetSet, fares: Sequence[Hashable]) -> list[Column]:
    """Fold the targets of a run; `fares` holds for each what must be equal in a column."""
    groups: list[list[int]] = []
    members = targets.targets
    for bit, target in enumerate(members):
        if groups and _next(members[groups[-1][-1]], target) and fares[groups[-1][-1]] == fares[bit]:
            groups[-1].append(bit)
        else:
            groups.append([bit])
    return [_column([members[bit] for bit in group], group) for group in groups]


def _next(one: Target, other: Target) -> bool:
    return one.family is other.family and other.position == one.position + 1


def _column(members: list[Target], bits: list[int]) -> Column:
    family, label = members[0].family, fold(members)
    return Column(
        tuple(bits),
        label,
        family.id,
        label.removeprefix(family.id).strip(),
        kind_of(family),
        "|".join(each.label for each in members),
    )
