"""The part of `Document` that all formats share: places out of stretches of the decoded text."""

from abc import abstractmethod
from array import array
from bisect import bisect_left, bisect_right

from policylint.exports.record import Document, Place

_BLOCK = 1024
"""Characters. Of each so many it is kept how many lines end before: to find every line would take ten times as long."""


class Lines:
    """The lines of a text, counted at the first question: many exports are read without one.

    A line ends with a line feed; a carriage return before it belongs to the break. Lines and columns
    are 1-based, offsets 0-based, and both columns and offsets count characters.
    """

    __slots__ = ("_breaks", "_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        # for each block: how many lines end before it, and where the line starts that goes on in it
        self._breaks = array("I")
        self._starts = array("I")

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and column of the character at `offset`."""
        text, block = self._text, offset // _BLOCK
        if not self._breaks:
            self._count()
        line = self._breaks[block] + text.count("\n", block * _BLOCK, offset) + 1
        start = text.rfind("\n", block * _BLOCK, offset) + 1 or self._starts[block]
        return line, offset - start + 1

    def line(self, number: int) -> str:
        """Return the text of line `number` without its break; empty if the text has no such line."""
        if number < 1:
            return ""
        start = self.start(number)
        end = self._text.find("\n", start)
        return self._text[start : end if end >= 0 else None].removesuffix("\r")

    def start(self, number: int) -> int:
        """Return the offset of the first character of line `number`; the end of the text if it has fewer lines."""
        if not self._breaks:
            self._count()
        # in the last block with fewer line ends before it than the line has, or behind
        block = bisect_left(self._breaks, number - 1, lo=1) - 1
        start = block * _BLOCK
        for _ in range(number - 1 - self._breaks[block]):
            start = self._text.find("\n", start) + 1
            if not start:
                return len(self._text)
        return start

    def _count(self) -> None:
        text, ends, start = self._text, 0, 0
        for begin in range(0, len(text) + 1, _BLOCK):
            self._breaks.append(ends)
            self._starts.append(start)
            ends += text.count("\n", begin, begin + _BLOCK)
            start = text.rfind("\n", begin, begin + _BLOCK) + 1 or start


class TextDocument(Document):
    """A document that keeps its decoded text. A format tells where in it a mark stands, and nothing more."""

    __slots__ = ("_asked", "_lines", "_text")

    def __init__(self, path: str, format: str, text: str) -> None:  # noqa: A002 - the field of Document
        super().__init__(path, format)
        self._text = text
        self._lines = Lines(text)
        self._asked: tuple[int, Place] | None = None

    def place(self, mark: int) -> Place:
        """Find where the value (or object) with this mark stands in the file."""
        # several findings in a row speak of one value
        if self._asked is None or self._asked[0] != mark:
            start, end = self._span(mark)
            line, column = self._lines.position(start)
            is_on_one = self._text.find("\n", start, end) < 0
            stop = (line, column + end - start) if is_on_one else self._lines.position(end)
            self._asked = mark, Place(self.path, line, column, *stop)
        return self._asked[1]

    def line(self, number: int) -> str:
        """Return the text of one line, 1-based, without its line break."""
        return self._lines.line(number)

    def _number(self, mark: int) -> int:
        """Return which record a mark belongs to, in formats whose marks grow with the records."""
        return bisect_right(self.records, mark, key=lambda record: record.mark) - 1

    @abstractmethod
    def _span(self, mark: int) -> tuple[int, int]:
        """Return the offsets of the first character of the value with this mark and of the one past its last."""
