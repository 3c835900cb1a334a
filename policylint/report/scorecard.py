"""The scorecard: for each policy, which clients get in and how much of what is asked they do, the gravest first."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from policylint.judging.report import ACCESS, Report, Verdicts
from policylint.report.words import demands_text
from policylint.writing.style import ACCESS_COLOURS, Look, and_more, number, printable, quoted
from policylint.writing.table import wrap

_MOST_POLICIES, _MOST_LINES = 40, 200
"""More policies than these that fare differently, or that fill more lines, are counted and not shown."""
_NAMED = 3
_NOT_CONCERNED = "not-applicable"
_NO_MATTER = (len(ACCESS), 0, 0, 0)


Fare = tuple[str, tuple[int, int, int, int]]
"""The access of a client, and how many demands are met, met in part, not met, unknown."""


class Row(NamedTuple):
    """Clients that fare alike."""

    access: str
    demands: tuple[int, int, int, int]
    clients: str


class _Part(NamedTuple):
    """Policies under which every client fares alike, and the ways in which clients do."""

    fares: set[Fare]
    members: list[Verdicts]


def scorecard(report: Report, look: Look) -> Iterator[str]:
    """Yield the scorecard in lines. Policies that fare alike share a part of it."""
    parts = sorted(_parts(report), key=lambda part: min(map(_gravity, part.fares), default=_NO_MATTER))
    yield look.style.bold("Who gets in, and how much of what is asked is done") + "\n"
    fares = {demands for part in parts for _, demands in part.fares}
    widest = max((len(demands_text(demands)) for demands in fares), default=0)
    shown = lines = 0
    for _, members in parts[:_MOST_POLICIES]:
        told = [line for row in rows(members[0], report) for line in _line(row, widest, look)]
        if shown and lines + len(told) >= _MOST_LINES:
            break
        yield and_more([quoted(verdicts.about.name) for verdicts in members], _NAMED) + "\n"
        yield from told
        shown, lines = shown + 1, lines + len(told) + 1
    if shown < len(parts):
        left = sum(len(part.members) for part in parts[shown:])
        yield f"and {number(left, 'policy', 'policies')} more: -o csv=FILE or policylint matrix shows all\n"
    yield from _products(report, look)


def _parts(report: Report) -> list[_Part]:
    """Put policies together. Which clients fare how is worked out later, and only where it is shown."""
    targets = report.targets
    found: dict[tuple[object, ...], _Part] = {}
    for verdicts in report.verdicts:
        access, demands = verdicts.access_by_target(targets), verdicts.demands(targets)
        key = (access, *map(bytes, demands))
        part = found.get(key)
        if part is None:
            fares = set(zip(access, zip(*demands, strict=True), strict=True))
            part = found[key] = _Part({fare for fare in fares if fare[0] != _NOT_CONCERNED}, [])
        part.members.append(verdicts)
    return list(found.values())


def _products(report: Report, look: Look) -> Iterator[str]:
    """Say what people call the clients, as far as they have a name beside that of a query."""
    families = dict.fromkeys(target.family for target in report.targets.targets)
    known = [f"{family.id} is {family.product}" for family in families if family.product]
    if known:
        yield from (f"{line}\n" for line in wrap(printable(f"({', '.join(known)})"), max(40, look.width)))


def rows(verdicts: Verdicts, report: Report) -> list[Row]:
    """Return how the clients fare with a policy, the gravest first. Those that use no mailbox policy are left out."""
    counts = list(zip(*verdicts.demands(report.targets), strict=True))
    masks: dict[Fare, int] = {}
    for access, mask in verdicts.access.items():
        if access == _NOT_CONCERNED:
            continue
        for bit in report.targets.bits(mask):
            key = (access, counts[bit])
            masks[key] = masks.get(key, 0) | 1 << bit
    return [Row(*fare, report.targets.fold(masks[fare])) for fare in sorted(masks, key=_gravity)]


@lru_cache(maxsize=1 << 12)  # of thousands of policies most clients fare as some have fared before
def _gravity(fare: Fare) -> tuple[int, int, int, int]:
    access, (_, partly, unmet, unknown) = fare
    return ACCESS.index(access), -unmet, -partly, -unknown


def _line(row: Row, widest: int, look: Look) -> Iterator[str]:
    access = look.style.paint(f"{row.access:15}", ACCESS_COLOURS.get(row.access))
    indent = 2 + 15 + 2 + widest + 2
    first, *more = wrap(printable(row.clients), max(24, look.width - indent))
    yield f"  {access}  {demands_text(row.demands):{widest}}  {first}\n"
    for line in more:
        yield f"{'':{indent}}{line}\n"
