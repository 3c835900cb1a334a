"""The part of `Document` that all formats share: places out of stretches of the decoded text."""

import re
from abc import abstractmethod
from array import array
from bisect import bisect_right

from policylint.exports.record import Document, Place

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


class TextDocument(Document):
    """A document that keeps its decoded text. A format tells where in it a mark stands, and nothing more."""

    __slots__ = ("_lines", "_text")

    def __init__(self, path: str, format: str, text: str) -> None:  # noqa: A002 - the field of Document
        super().__init__(path, format)
        self._text = text
        self._lines = Lines(text)

    def place(self, mark: int) -> Place:
        """Find where the value (or object) with this mark stands in the file."""
        start, end = self._span(mark)
        return Place(self.path, *self._lines.position(start), *self._lines.position(end))

    def line(self, number: int) -> str:
        """Return the text of one line, 1-based, without its line break."""
        return self._lines.line(number)

    def _number(self, mark: int) -> int:
        """Return which record a mark belongs to, in formats whose marks grow with the records."""
        return bisect_right(self.records, mark, key=lambda record: record.mark) - 1

    @abstractmethod
    def _span(self, mark: int) -> tuple[int, int]:
        """Return the offsets of the first character of the value with this mark and of the one past its last."""
