"""Reads tables with a header of names, as people keep them: with empty rows, further headers, and text behind."""

from typing import NamedTuple

from policylint.exports.dotnet import type_name
from policylint.exports.error import ExportError
from policylint.exports.record import Record
from policylint.exports.table import TYPE, Preamble, column_names, misfit, unnamed
from policylint.exports.table_cells import TableDocument, mark, rows
from policylint.exports.table_words import cleaned, is_header, is_rule
from policylint.exports.wanted import Wanted
from policylint.exports.window import PROMPT


def read(document: TableDocument, text: str, before: Preamble, wanted: Wanted) -> int:
    """Append a record for each row behind a preamble, and the misfits; return the first line past the table.

    It ends where rows that do not fit follow an empty line. A header in the middle begins another table; columns
    without a name have to be empty.
    """
    reader = _Rows(document, before, wanted)
    try:
        for line, row in rows(text, document.lines, before.lines + 1, before.delimiter):
            if not reader.take(row, line):
                return line
    except ExportError as error:
        if not reader.after_empty or error.line is None:
            raise
        return error.line
    return text.count("\n") + 2


class _Header(NamedTuple):
    """The columns: their names, which of them have one, and how many there are."""

    names: tuple[str, ...]
    kept: tuple[int, ...]
    width: int


class _Rows:
    """Takes the rows of a table one by one."""

    def __init__(self, document: TableDocument, before: Preamble, wanted: Wanted) -> None:
        self.after_empty = False
        self._document = document
        self._delimiter = before.delimiter
        self._type = before.type_name
        self._wanted = wanted
        self._header: _Header | None = None
        self._written: list[str] = []

    def take(self, row: list[str], line: int) -> bool:
        """Take a row; False where the table ended before it."""
        header = self._header
        if not any(map(str.strip, row)):
            self.after_empty = True
        elif header is not None and row == self._written:
            pass
        elif row[0].startswith(TYPE):
            self._type, self._header = type_name(row[0].removeprefix(TYPE).rstrip(",; ")), None
        elif header is None or (self._wanted.is_known(row[0].strip()) and self._is_header(row)):
            self._begin(row, line)
        elif len(row) == header.width:
            self._add(header, row, line)
            self.after_empty = False
        elif self._delimiter == "|" and is_rule(row):
            pass
        elif self.after_empty or row[0].startswith("```") or PROMPT.match(self._document.line(line)):
            return False
        elif not self._document.misfits:  # one is enough for an error
            self._document.misfits.append(misfit(row, header.width, line))
        return True

    def _is_header(self, row: list[str]) -> bool:
        return is_header([cleaned(cell, self._delimiter) for cell in row], self._wanted, least=2)

    def _begin(self, row: list[str], line: int) -> None:
        names = column_names([cleaned(cell, self._delimiter) for cell in row], line)
        self._written = row
        kept = tuple(number for number, name in enumerate(names) if name)
        self._header = _Header(tuple([names[number] for number in kept]), kept, len(names))

    def _add(self, header: _Header, row: list[str], line: int) -> None:
        first = mark(line)
        names, kept, width = header
        if self._delimiter == "|":
            row = [cleaned(cell, self._delimiter) for cell in row]
            if is_rule([cell for cell in row if cell]):
                return
        if len(kept) == width:
            values = tuple([cell or None for cell in row])
            self._document.records.append(
                Record(self._type, None, names, values, range(first + 1, first + width + 1), first)
            )
            return
        spare = next((number for number, cell in enumerate(row) if cell.strip() and number not in kept), None)
        if spare is not None:
            self._document.misfits.append(unnamed(spare, line))
        values = tuple([row[number] or None for number in kept])
        marks = tuple([first + 1 + number for number in kept])
        self._document.records.append(Record(self._type, None, names, values, marks, first))
