"""Reads what `Export-Csv` writes, and other tables with a header of property names and one row for each object."""

import re
from collections import Counter
from typing import NamedTuple

from policylint.exports.dotnet import type_name
from policylint.exports.error import ExportError
from policylint.exports.record import Document, Record
from policylint.exports.table_cells import DELIMITERS, TableDocument, mark, rows
from policylint.exports.wanted import Wanted

TYPE = "#TYPE"
_SEPARATOR = re.compile(r'"?sep=([^"])"?$', re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_FORMAT_OBJECT = "classid2e4f51ef21dd47e99d3c952918aff9cd"
"""The first column when Format-List or Format-Table stood before Export-Csv: the same number on every computer."""


def read(text: str, path: str, wanted: Wanted | None = None) -> Document:
    """Read the text of a CSV file; each row becomes a record whose values are text.

    The delimiter is what a `sep=` line says, else that of `DELIMITERS` that the header has most of.
    An empty field is None, quoted or not: PowerShell writes null without quotes and an empty text with, but
    spreadsheets drop the difference. Rows and columns must match: a row that is too long or too short
    is a misfit, and so is a second `#TYPE` line; two columns of one name and an unclosed quote are errors.

    Where objects are `wanted`, tables of them are found between other text, several of them, with other headers in the
    middle, and with the properties down. Raises `ExportError` with the line.
    """
    if wanted is not None and wanted.speaks(text):
        from policylint.exports import table_search

        found = table_search.read(text, path, wanted)
        if found is not None:
            return found
    document = TableDocument(path, text)
    read_rows(document, text, preamble(text), empty=wanted is None)
    return document


class Preamble(NamedTuple):
    """What comes before a header: how many lines, and what they and the header line say."""

    lines: int
    type_name: str | None
    delimiter: str


def preamble(text: str, offset: int = 0, lines: int = 0) -> Preamble:
    """Read the lines from an offset, with so many before it, up to a header. Raises `ExportError` without one."""
    kind, delimiter = None, None
    for found in _LINE.finditer(text, offset):
        line = found[0].rstrip("\r\n")
        separator = _SEPARATOR.match(line)
        if separator:
            delimiter = separator[1]
        elif line.lstrip('"').startswith(TYPE) and kind is None:
            kind = type_name(line.strip('"').removeprefix(TYPE).rstrip(",; "))
        elif line.strip():
            return Preamble(lines, kind, delimiter or likely_delimiter(line))
        lines += 1
    raise ExportError("the file has no header and no rows, so nothing was exported", line=lines or 1)


def likely_delimiter(line: str) -> str:
    """Return the delimiter that a line has most of outside quotes."""
    return max(DELIMITERS, key=_QUOTED.sub("", line).count)


def read_rows(document: TableDocument, text: str, before: Preamble, *, empty: bool) -> None:
    """Append a record for each row behind the header, and the misfits; rows that are not of the first table end it.

    Unless `empty` rows are asked for, those whose cells are all empty or are those of the header are left out, and so
    is every misfit but one.
    """
    document.begin(before.lines + 1, before.delimiter)
    reading = rows(text, document.lines, before.lines + 1, before.delimiter)
    header = next(reading, None)
    written = header.values if header else []
    names = column_names(written, before.lines + 1)
    if "" in names:
        document.misfits.append(unnamed(names.index(""), before.lines + 1))
    width = len(names)
    add = document.records.append
    try:
        for line, row in reading:
            if not row or not (empty or (any(row) and row != written)):
                continue
            if len(row) == width and not row[0].startswith(TYPE):
                first = mark(line)
                values = tuple([cell or None for cell in row])
                add(Record(before.type_name, None, names, values, range(first + 1, first + width + 1), first))
                continue
            if empty or not document.misfits:
                document.misfits.append(misfit(row, width, line))
            if row[0].startswith(TYPE):
                again = next(reading, None)
                if again is None or again.values != written:
                    break  # what follows has columns of its own
    except ExportError:
        if document.misfits:
            raise document.misfits[0] from None
        raise


def column_names(header: list[str], line: int) -> tuple[str, ...]:
    """Return the names in a header; raise `ExportError` where they cannot be those of properties."""
    names = tuple(name.strip() for name in header)
    lowered = [name.casefold() for name in names]
    if _FORMAT_OBJECT in lowered:
        message = "these are the instructions of Format-List or Format-Table, which stood before Export-Csv"
        again = "Get-MobileDeviceMailboxPolicy | Export-Csv policies.csv -NoTypeInformation"
        raise ExportError(f"{message}, and not the policies; export again with: {again}", line=line, advised=True)
    if names and names[0].startswith(TYPE):
        raise ExportError("there is a second #TYPE line instead of the header", line=line)
    times = Counter(lowered)
    twice = [name for name in dict.fromkeys(names) if name and times[name.casefold()] > 1]
    if twice:
        listed = ", ".join(map(repr, twice))
        raise ExportError(f"the header has these columns twice: {listed}; keep one of each", line=line, advised=True)
    return names


def unnamed(column: int, line: int) -> ExportError:
    """Build the error for a column (from 0) that has no name."""
    message = f"column {column + 1} has no name in the header; name it or delete the column"
    return ExportError(message, line=line, advised=True)


def misfit(row: list[str], width: int, line: int) -> ExportError:
    """Build the error for a row that is no row of its table."""
    if row[0].startswith(TYPE):
        message = "a second export begins here (#TYPE); keep one export per file"
    else:
        message = f"this row has {len(row)} values, but the header has {width} columns"
    return ExportError(message, line=line)
