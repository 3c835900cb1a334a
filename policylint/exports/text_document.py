"""The part of `Document` that all formats share: places out of stretches of the decoded text."""

from abc import abstractmethod
from bisect import bisect_right

from policylint.exports.lines import Lines
from policylint.exports.record import Document, Place


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
