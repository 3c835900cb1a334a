"""Reads what `Export-Csv` writes: a header of property names and one row for each object."""

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from policylint.exports.dotnet import type_name
from policylint.exports.error import ExportError
from policylint.exports.record import Document, Record
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


_TYPE = "#TYPE"
_SEPARATOR = re.compile(r'"?sep=([^"])"?$', re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_FORMAT_OBJECT = "classid2e4f51ef21dd47e99d3c952918aff9cd"
"""The first column when Format-List or Format-Table stood before Export-Csv: the same number on every computer."""


def read(text: str, path: str) -> Document:
    """Read the text of a CSV file; each row becomes a record whose values are text.

    The delimiter is what a `sep=` line says, else the comma, semicolon or tab that the header has most of.
    An empty field is None, quoted or not: PowerShell writes null without quotes and an empty text with, but
    spreadsheets drop the difference. Rows and columns must match: a row that is too long or too short
    is a misfit, and so is a second `#TYPE` line; two columns of one name and an unclosed quote are errors.
    """
    preamble = _preamble(text)
    lines = Lines(text)
    document = _TableDocument(path, text, preamble)
    rows = csv.reader(
        (line[0] for line in _LINE.finditer(text, lines.start(preamble.lines + 1))),
        delimiter=preamble.delimiter,
        strict=True,
    )
    # A field is limited to 131,072 characters for the whole process; the file as a whole is limited already.
    limit = csv.field_size_limit(max(len(text), 1))
    begun = 0
    try:
        header = next(rows, None)
        names = _names(header, preamble.lines + 1)
        if "" in names:
            document.misfits.append(_unnamed(names, preamble.lines + 1))
        width = len(names)
        document.width = width
        begun = rows.line_num
        add = document.records.append
        for row in rows:
            if row:
                line = preamble.lines + begun + 1
                if len(row) != width or row[0].startswith(_TYPE):
                    document.misfits.append(_misfit(row, width, line))
                    if row[0].startswith(_TYPE) and next(rows, None) != header:
                        break  # what follows has columns of its own
                    begun = rows.line_num
                    continue
                mark = line * (width + 1)
                values = tuple([cell or None for cell in row])
                add(Record(preamble.type_name, None, names, values, range(mark + 1, mark + width + 1), mark))
            begun = rows.line_num
    except csv.Error:
        if document.misfits:
            raise document.misfits[0] from None
        raise _broken(text, lines, preamble, begun) from None
    finally:
        csv.field_size_limit(limit)
    return document


class _Preamble(NamedTuple):
    """What comes before the header: how many lines, and what they and the header line say."""

    lines: int
    type_name: str | None
    delimiter: str


def _preamble(text: str) -> _Preamble:
    count, kind, delimiter = 0, None, None
    for found in _LINE.finditer(text):
        line = found[0].rstrip("\r\n")
        separator = _SEPARATOR.match(line)
        if separator:
            delimiter = separator[1]
        elif line.lstrip('"').startswith(_TYPE) and kind is None:
            kind = type_name(line.strip('"').removeprefix(_TYPE).rstrip(",; "))
        elif line.strip():
            bare = _QUOTED.sub("", line)
            return _Preamble(count, kind, delimiter or max(",;\t", key=bare.count))
        count += 1
    raise ExportError("the file has no header and no rows, so nothing was exported", line=count or 1)


def _names(header: list[str] | None, line: int) -> tuple[str, ...]:
    names = tuple(header or ())
    lowered = [name.casefold() for name in names]
    if _FORMAT_OBJECT in lowered:
        message = "these are the instructions of Format-List or Format-Table, which stood before Export-Csv"
        again = "Get-MobileDeviceMailboxPolicy | Export-Csv policies.csv -NoTypeInformation"
        raise ExportError(f"{message}, and not the policies; export again with: {again}", line=line, advised=True)
    if names and names[0].startswith(_TYPE):
        raise ExportError("there is a second #TYPE line instead of the header", line=line)
    twice = sorted({name for name in names if name and lowered.count(name.casefold()) > 1}, key=names.index)
    if twice:
        listed = ", ".join(map(repr, twice))
        raise ExportError(f"the header has these columns twice: {listed}; keep one of each", line=line, advised=True)
    return names


def _unnamed(names: tuple[str, ...], line: int) -> ExportError:
    number = names.index("") + 1
    return ExportError(f"column {number} has no name in the header; name it or delete the column", line=line)


def _misfit(row: list[str], width: int, line: int) -> ExportError:
    if row[0].startswith(_TYPE):
        message = "a second export begins here (#TYPE); keep one export per file"
    else:
        message = f"this row has {len(row)} values, but the header has {width} columns"
    return ExportError(message, line=line)


def _broken(text: str, lines: Lines, preamble: _Preamble, begun: int) -> ExportError:
    """Find what the csv module stumbled over, in the row that begins after `begun` lines of the table."""
    offset = lines.start(preamble.lines + begun + 1)
    try:
        for _ in cells(text, offset, preamble.delimiter):
            pass
    except BrokenRow as error:
        line, column = lines.position(error.offset)
        return ExportError(error.message, line=line, column=column)
    line, column = lines.position(offset)
    return ExportError("this row has a line break that is no line feed", line=line, column=column)


class _TableDocument(TextDocument):
    """A document read from CSV.

    The mark of a record is the number of its first line times the number of columns plus one; the marks
    of its values follow. So a place is found by cutting up one row again, and reading costs nothing for it.
    """

    __slots__ = ("_delimiter", "width")

    def __init__(self, path: str, text: str, preamble: _Preamble) -> None:
        super().__init__(path, "csv", text)
        self._delimiter = preamble.delimiter
        self.width = 0

    def _span(self, mark: int) -> tuple[int, int]:
        line, index = divmod(mark, self.width + 1)
        row = cells(self._text, self._lines.start(line), self._delimiter)
        if index:
            return next(islice(row, index - 1, None))
        whole = list(row)
        return whole[0].start, whole[-1].end
