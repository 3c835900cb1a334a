"""Offsets of a text to lines and columns, and back to the text of a line."""

import re
from array import array
from bisect import bisect_right

_BREAK = re.compile("\n")


class Lines:
    """The lines of a text, found at the first question: many exports are read without one.

    A line ends with a line feed; a carriage return before it belongs to the break. Lines and columns
    are 1-based, offsets 0-based, and both columns and offsets count characters.
    """

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: array[int] | None = None

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and column of the character at `offset`."""
        starts = self._starts or self._find()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return the text of line `number` without its break; empty if the text has no such line."""
        starts = self._starts or self._find()
        if not 1 <= number <= len(starts):
            return ""
        start = starts[number - 1]
        end = starts[number] - 1 if number < len(starts) else len(self._text)
        return self._text[start:end].removesuffix("\r")

    def start(self, number: int) -> int:
        """Return the offset of the first character of line `number`; the end of the text if it has fewer lines."""
        starts = self._starts or self._find()
        return starts[number - 1] if number <= len(starts) else len(self._text)

    def _find(self) -> "array[int]":
        # four bytes a line: exports reach millions of lines
        starts = array("I", [0])
        starts.extend(found.end() for found in _BREAK.finditer(self._text))
        self._starts = starts
        return starts
