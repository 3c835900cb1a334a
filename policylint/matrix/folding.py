"""Joins neighbouring releases of a family that say the same: `ios 2.0–3.0` in place of three rows."""

from collections.abc import Hashable, Sequence

from policylint.knowledge.families import Target


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
