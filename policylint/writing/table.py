"""Tables of plain text: columns beside each other, cells wrapped inside them, never a space at the end of a line."""

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from policylint.matrix.width import columns, wrap

GAP = 2
"""Columns of space between two columns of a table."""


class Entry(NamedTuple):
    """A cell's text, and how to paint each line of it once its room is known."""

    text: str
    paint: Callable[[str], str] = str


def lines(entries: Sequence[Entry], widths: Sequence[int]) -> Iterator[str]:
    """Yield the lines of one row of a table, each ending with a line break."""
    wrapped = [wrap(entry.text, width) for entry, width in zip(entries, widths, strict=True)]
    for parts in zip_longest(*wrapped, fillvalue=""):
        line, room = "", 0
        for part, entry, width in zip(parts, entries, widths, strict=True):
            if part:
                line += " " * room + entry.paint(part)
                room = -columns(part)
            room += width + GAP
        yield line + "\n"


def side_by_side(widths: Sequence[int], room: int) -> Iterator[range]:
    """Split columns into runs that fit into `room` with a gap before each; a run holds at least one column."""
    start, used = 0, 0
    for index, width in enumerate(widths):
        if used and used + GAP + width > room:
            yield range(start, index)
            start, used = index, 0
        used += GAP + width
    yield range(start, len(widths))
