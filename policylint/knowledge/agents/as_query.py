"""The device query that selects certain releases and no others."""

from collections.abc import Iterable

from policylint.knowledge.families import Family, Target


def as_query(targets: Iterable[Target]) -> str:
    """Write a query for targets: a whole family by its name, neighbours as a range, others as they are printed."""
    by_family: dict[Family, list[Target]] = {}
    for target in targets:
        by_family.setdefault(target.family, []).append(target)
    return ",".join(part for family, members in by_family.items() for part in _parts(family, members))


def _parts(family: Family, members: list[Target]) -> list[str]:
    if len(members) == len(family.targets):
        return [family.id]
    neighbours = members[-1].position - members[0].position + 1 == len(members)
    if len(members) > 1 and neighbours:
        return [f"{family.id}>={members[0].version},<={members[-1].version}"]
    return [target.label for target in members]
