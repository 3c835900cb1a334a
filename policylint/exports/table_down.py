"""Reads tables with the properties one below another: comparison sheets, pairs of name and value, long lists."""

from itertools import islice
from typing import NamedTuple

from policylint.exports.error import ExportError
from policylint.exports.record import Record
from policylint.exports.table_cells import TableDocument, mark, rows
from policylint.exports.table_words import cleaned, is_rule
from policylint.exports.wanted import Wanted

_VALUE = ("value", "values", "setting", "current value", "wert", "valeur", "valor", "valore")
"""Titles of a column that name no object."""

_LEAST = 2
"""How many names have to stand one below another."""


class _Line(NamedTuple):
    """One property: the line it stands on, its name, and all cells of its row."""

    line: int
    name: str
    cells: list[str]


def read(document: TableDocument, text: str, first: int, delimiter: str, column: int, wanted: Wanted) -> int:
    """Append a record for each column of values from a line on; return the first line past the table.

    The names are in a column (from 0). Behind it stands a column for each object, its title in the row above the first
    name; before it may stand what tells the objects of a long list apart. Where a name comes again, the next object
    begins. Nothing is appended where fewer than two names stand one below another.
    """
    titles: list[str] = []
    lines: list[_Line] = []
    shift, width, last = 0, 0, first
    try:
        for line, written in rows(text, document.lines, first, delimiter):
            if not written:
                continue
            row = [cleaned(cell, delimiter) for cell in written]
            shift = shift if width else int(delimiter == "|" and not row[0])
            width = width or len(row)
            if len(row) != width:
                break
            last = line + 1
            name = row[column + shift]
            if is_rule([cell for cell in row if cell]):
                continue
            if wanted.is_known(name) and not (_is_title(row, column + shift) and not lines):
                lines.append(_Line(line, name, row))
            elif not lines:
                titles = row if any(row[column + shift + 1 :]) else titles
            elif name.isidentifier() and any(row[column + shift + 1 :]):
                lines.append(_Line(line, name, row))
    except ExportError as error:
        last = error.line or last
    if sum(wanted.is_known(line.name) for line in lines) >= _LEAST:
        for values_in in range(column + shift + 1, width):
            _add_column(document, lines, titles, column + shift, values_in)
    return last


def _is_title(row: list[str], names_in: int) -> bool:
    """Tell the header `Name,Value`, whose first cell is the name of a property, too."""
    return [cell.casefold() in _VALUE for cell in row[names_in + 1 :] if cell] == [True]


def _add_column(document: TableDocument, lines: list[_Line], titles: list[str], names_in: int, values_in: int) -> None:
    """Append the objects of one column of values."""
    title = titles[values_in] if titles else ""
    text = title if title and title.casefold() not in _VALUE else None
    begun = 0
    seen: set[str] = set()
    for number, line in enumerate(lines):
        key = line.cells[names_in - 1] if names_in else ""
        before = lines[number - 1].cells[names_in - 1] if names_in and number else key
        if line.name.casefold() in seen or key != before:
            _add(document, lines, (begun, number), text, names_in, values_in)
            begun, seen = number, set()
        seen.add(line.name.casefold())
    _add(document, lines, (begun, len(lines)), text, names_in, values_in)


def _add(
    document: TableDocument,
    lines: list[_Line],
    span: tuple[int, int],
    text: str | None,
    names_in: int,
    values_in: int,
) -> None:
    own = list(islice(lines, *span))
    values = tuple([line.cells[values_in] or None for line in own])
    if any(value is not None for value in values):
        names = tuple([line.name for line in own])
        marks = tuple([mark(line.line, values_in) for line in own])
        told = (own[0].cells[names_in - 1] or None) if names_in else None
        document.records.append(Record(None, told or text, names, values, marks, mark(own[0].line, names_in)))
