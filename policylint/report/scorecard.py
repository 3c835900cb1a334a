"""The scorecard: for each policy, which clients get in and how much of what is asked they do, the gravest first."""

from collections.abc import Iterator
from typing import NamedTuple

from policylint.judging.report import ACCESS, Report, Verdicts
from policylint.report.words import demands_text
from policylint.writing.style import ACCESS_COLOURS, Look, and_more, number, printable, quoted
from policylint.writing.table import wrap

_MOST_POLICIES, _MOST_LINES = 40, 200
"""More policies than these that fare differently, or that fill more lines, are counted and not shown."""
_NAMED = 3


class Row(NamedTuple):
    """Clients that fare alike: their access, how many demands are met, met in part, not met, unknown."""

    access: str
    demands: tuple[int, int, int, int]
    clients: str


def scorecard(report: Report, look: Look) -> Iterator[str]:
    """Yield the scorecard in lines. Policies that fare alike share a part of it."""
    alike: dict[tuple[Row, ...], list[Verdicts]] = {}
    for verdicts in report.verdicts:
        alike.setdefault(tuple(rows(verdicts, report)), []).append(verdicts)
    parts = sorted(alike.items(), key=lambda part: _gravity(part[0]))
    yield look.style.bold("Who gets in, and how much of what is asked is done") + "\n"
    widest = max((len(demands_text(row.demands)) for part, _ in parts for row in part), default=0)
    shown = lines = 0
    for part, members in parts[:_MOST_POLICIES]:
        told = [line for row in part for line in _line(row, widest, look)]
        if shown and lines + len(told) >= _MOST_LINES:
            break
        yield and_more([quoted(verdicts.about.name) for verdicts in members], _NAMED) + "\n"
        yield from told
        shown, lines = shown + 1, lines + len(told) + 1
    if shown < len(parts):
        left = sum(len(members) for _, members in parts[shown:])
        yield f"and {number(left, 'policy', 'policies')} more: -o csv=FILE or policylint matrix shows all\n"
    yield from _products(report, look)


def _products(report: Report, look: Look) -> Iterator[str]:
    """Say what people call the clients, as far as they have a name beside that of a query."""
    families = dict.fromkeys(target.family for target in report.targets.targets)
    known = [f"{family.id} is {family.product}" for family in families if family.product]
    if known:
        yield from (f"{line}\n" for line in wrap(printable(f"({', '.join(known)})"), max(40, look.width)))


def rows(verdicts: Verdicts, report: Report) -> list[Row]:
    """Return how the clients fare with a policy, the gravest first. Those that use no mailbox policy are left out."""
    counts = list(zip(*verdicts.demands(report.targets), strict=True))
    masks: dict[tuple[str, tuple[int, int, int, int]], int] = {}
    for access, mask in verdicts.access.items():
        if access == "not-applicable":
            continue
        for bit in report.targets.bits(mask):
            key = (access, counts[bit])
            masks[key] = masks.get(key, 0) | 1 << bit
    found = [Row(access, demands, report.targets.fold(mask)) for (access, demands), mask in masks.items()]
    return sorted(found, key=_row_gravity)


def _row_gravity(row: Row) -> tuple[int, int, int, int]:
    _, partly, unmet, unknown = row.demands
    return ACCESS.index(row.access), -unmet, -partly, -unknown


def _gravity(part: tuple[Row, ...]) -> tuple[int, int, int, int]:
    return min(map(_row_gravity, part), default=(len(ACCESS), 0, 0, 0))


def _line(row: Row, widest: int, look: Look) -> Iterator[str]:
    access = look.style.paint(f"{row.access:15}", ACCESS_COLOURS.get(row.access))
    indent = 2 + 15 + 2 + widest + 2
    first, *more = wrap(printable(row.clients), max(24, look.width - indent))
    yield f"  {access}  {demands_text(row.demands):{widest}}  {first}\n"
    for line in more:
        yield f"{'':{indent}}{line}\n"
