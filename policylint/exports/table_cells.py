"""The cells of a table in text: where they are, and what they hold."""

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from policylint.exports.error import ExportError
from policylint.exports.text_document import Lines, TextDocument


class Cell(NamedTuple):
    """The offsets of a cell's value, inside its quotes if it has any."""

    start: int
    end: int


class BrokenRow(Exception):
    """A row that breaks off inside quotes, or goes on after them; `offset` is where."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


def cells(text: str, offset: int, delimiter: str) -> Iterator[Cell]:
    """Yield the cells of the row that begins at `offset`. Raises `BrokenRow`."""
    cell = _cell(delimiter)
    while True:
        found = cell.match(text, offset)
        assert found  # the pattern also matches nothing at all
        if found["quoted"] is None:
            yield Cell(*found.span("bare"))
        elif found["close"]:
            yield Cell(*found.span("quoted"))
        else:
            raise BrokenRow("the quote that opens here is never closed", found.start())
        offset = found.end()
        if text.startswith(delimiter, offset):
            offset += 1
        elif offset == len(text) or text[offset] in "\r\n":
            return
        else:
            raise BrokenRow("there is text after the quote that closes a value", offset)


def value(text: str, cell: Cell) -> str:
    """Return the value of a cell: inside quotes, two quotes stand for one."""
    written = text[cell.start : cell.end]
    return written.replace('""', '"') if text[cell.start - 1 : cell.start] == '"' else written


@lru_cache(maxsize=8)
def _cell(delimiter: str) -> re.Pattern[str]:
    bare = re.escape(delimiter)
    return re.compile(rf'"(?P<quoted>(?:[^"]|"")*+)(?P<close>"?)|(?P<bare>[^{bare}\r\n]*+)')


_LINE = re.compile(r"[^\n]*\n|[^\n]+")


_MOST_AT_ONCE = 512


class Row(NamedTuple):
    """A row: the line that it begins on, and the values of its cells; an empty line has none."""

    line: int
    values: list[str]


def rows(text: str, lines: Lines, first: int, delimiter: str) -> Iterator[Row]:
    """Yield the rows from line `first` on. Raises `ExportError` for one that is broken, with its place."""
    written = (line[0] for line in _LINE.finditer(text, lines.start(first)))
    reader = csv.reader(written, delimiter=delimiter, strict=True)
    most, begun, many = max(len(text), 1), 0, 1
    while True:
        # A field is limited to 131,072 characters for the whole process; the file as a whole is limited already. The
        # limit is ours for some rows at a time: others may read between two of them.
        limit = csv.field_size_limit(most)
        found: list[Row] = []
        is_broken = False
        try:
            for row in islice(reader, many):
                found.append(Row(first + begun, row))
                begun = reader.line_num
        except csv.Error:
            is_broken = True
        finally:
            csv.field_size_limit(limit)
        yield from found
        if is_broken:
            raise _broken(text, lines, first + begun, delimiter)
        if len(found) < many:
            return
        # few rows of a small table are read in vain
        many = min(2 * many, _MOST_AT_ONCE)


def _broken(text: str, lines: Lines, line: int, delimiter: str) -> ExportError:
    """Find what the csv module stumbled over, in the row that begins on a line."""
    offset = lines.start(line)
    try:
        for _ in cells(text, offset, delimiter):
            pass
    except BrokenRow as error:
        line, column = lines.position(error.offset)
        return ExportError(error.message, line=line, column=column)
    line, column = lines.position(offset)
    return ExportError("this row has a line break that is no line feed", line=line, column=column)


DELIMITERS = ",;\t|"
"""What may stand between cells."""

_COLUMNS = 1 << 20
"""More than a row can have columns: marks count them within a line."""


def mark(line: int, column: int | None = None) -> int:
    """Return the mark of the cell in a column (from 0) of the row that begins on a line; of the row, without one."""
    return line * _COLUMNS + (0 if column is None else column + 1)


class TableDocument(TextDocument):
    """A document read from a table.

    Marks tell line and column (see `mark`). So a place is found by cutting up one row again, and reading costs nothing
    for it.
    """

    __slots__ = ("_delimiters", "_last")

    def __init__(self, path: str, text: str) -> None:
        super().__init__(path, "csv", text)
        self._delimiters: list[tuple[int, str]] = []
        # the row asked for last, and its cells
        self._last: tuple[int, list[Cell]] | None = None

    @property
    def lines(self) -> Lines:
        """The lines of the text."""
        return self._lines

    def begin(self, line: int, delimiter: str) -> None:
        """Take notice that from a line on another delimiter stands between the cells."""
        self._delimiters.append((line, delimiter))

    def _span(self, mark: int) -> tuple[int, int]:
        line, column = divmod(mark, _COLUMNS)
        if self._last is None or self._last[0] != line:
            delimiter = next(delimiter for begun, delimiter in reversed(self._delimiters) if begun <= line)
            self._last = line, list(cells(self._text, self._lines.start(line), delimiter))
        row = self._last[1]
        if not column:
            return row[0].start, row[-1].end
        start, end = row[column - 1]
        if self._text[start - 1 : start] == '"':
            return start, end
        # blanks around a value are none of it
        inner = self._text[start:end].strip()
        start = self._text.find(inner, start) if inner else start
        return start, start + len(inner)
