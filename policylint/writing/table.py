"""Tables of plain text: columns beside each other, cells wrapped inside them, never a space at the end of a line."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from policylint.writing.style import Look, printable

_ELLIPSIS = "…"


def columns(text: str) -> int:
    """Return the number of columns a text takes. It must be printable, see `report.style.printable`."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    # the selector that asks for an emoji makes the character before it wider
    return 0 if unicodedata.category(character) in ("Mn", "Me") and character != "\ufe0f" else 1


def clip(text: str, width: int) -> str:
    """Shorten a text to a width by leaving out its middle: a name's end tells it apart as often as its start."""
    if columns(text) <= width:
        return text
    tail = _head(text[::-1], (width - 1) // 2)[::-1]
    return f"{_head(text, width - 1 - columns(tail))}{_ELLIPSIS}{tail}"


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most a width, at spaces where there are some; at least one line.

    `width` has to be 2 or more, so that every character fits.
    """
    return [text] if columns(text) <= width else fill(text.split(), width)


def wrapped(text: str, look: Look, indent: str) -> Iterator[str]:
    """Yield a text as lines with an indent, as wide as what they are shown on; no character of it is an action."""
    lines: Iterable[str] = wrap(printable(text), max(40, look.width - len(indent)))
    return (f"{indent}{line}\n" for line in lines)


def fill(words: Iterable[str], width: int) -> list[str]:
    """Put words on lines of at most a width. What a word is decides the caller: it may hold spaces.

    A word is broken only if it is wider than a line by itself, and then at its spaces first.
    """
    lines = [""]
    for word in words:
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if columns(joined) <= width:
            lines[-1] = joined
        elif columns(word) <= width:
            lines.append(word)
        elif len(parts := word.split()) > 1:
            # its first part may still fit on the line that was begun
            lines += fill([*lines.pop().split(" "), *parts], width)
        else:
            lines += _pieces(word, width)
    return lines if lines[0] or len(lines) == 1 else lines[1:]


def _pieces(word: str, width: int) -> list[str]:
    pieces = []
    while word:
        pieces.append(_head(word, width))
        word = word[len(pieces[-1]) :]
    return pieces


def _head(text: str, width: int) -> str:
    """Return as much of the start of a text as fits."""
    used = 0
    for index, character in enumerate(text):
        used += _columns(character)
        if used > width:
            return text[:index]
    return text


NARROWEST = 40
"""Below this many columns a table cannot be read; it is printed as wide as this all the same."""

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


def painted(found: Iterable[str], paint: Callable[[str], str]) -> Iterator[str]:
    """Paint lines, each with a line break."""
    # line by line: a pager may show any line without the one before it
    for line in found:
        yield paint(line) + "\n"


def listed(parts: Sequence[str], mark: str) -> list[str]:
    """Put a mark behind all parts but the last, so that they can be joined by spaces or stand on lines."""
    return [f"{part}{mark}" for part in parts[:-1]] + list(parts[-1:])
