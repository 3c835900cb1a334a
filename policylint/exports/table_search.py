"""Finds the tables of what is looked for in any text: in mails, notes and sheets, under titles, one after another."""

from collections.abc import Iterator
from typing import NamedTuple

from policylint.exports import table_across, table_down
from policylint.exports.error import ExportError
from policylint.exports.record import Document
from policylint.exports.table import Preamble, preamble
from policylint.exports.table_cells import DELIMITERS, TableDocument
from policylint.exports.table_words import is_header, split
from policylint.exports.wanted import Wanted

_MOST_TRIED = 1000
"""How many lines that hold a name are tried for a table before the rest of a text is taken to have none."""

_READ_AGAIN = 1
"""How often all lines may be read again that only looked like those of a table."""


def read(text: str, path: str, wanted: Wanted) -> Document | None:
    """Read the tables of what is wanted; None where there are none. Raises `ExportError` for a value outside them."""
    document = TableDocument(path, text)
    line, used, again = 1, [], _READ_AGAIN * (text.count("\n") + 1)
    while (found := _next(document, text, line, wanted)) is not None:
        records, misfits = len(document.records), len(document.misfits)
        document.begin(found.line, found.delimiter)
        if found.names_in is None:
            before = Preamble(found.line - 1, found.type_name, found.delimiter)
            line = table_across.read(document, text, before, wanted)
        else:
            line = table_down.read(document, text, found.line, found.delimiter, found.names_in, wanted)
        if len(document.records) > records:
            used.append((found.line, line))
        else:  # it only looked like a table
            del document.misfits[misfits:]
            again -= line - found.line
            line = found.line + 1 if again > 0 else line
    if not document.records:
        return None
    document.notes += _around(document, text, used, wanted)
    return document


class _Found(NamedTuple):
    """A table: its first line, its delimiter, and the column of its names if the properties stand one below another."""

    line: int
    delimiter: str
    type_name: str | None
    names_in: int | None


def _next(document: TableDocument, text: str, line: int, wanted: Wanted) -> _Found | None:
    """Find the next table from a line on."""
    lines = document.lines
    try:
        before = preamble(text, lines.start(line), line - 1)
    except ExportError:
        return None
    first = before.lines + 1
    if is_header(split(lines.line(first), before.delimiter), wanted, least=1):
        return _Found(first, before.delimiter, before.type_name, None)
    last = tried = 0
    for place in wanted.places(text, lines.start(line)):
        number = lines.position(place)[0]
        if number == last:
            continue
        last, tried = number, tried + 1
        if tried > _MOST_TRIED:
            return None
        found = _table_at(document, number, line, wanted)
        if found is not None:
            return found
    return None


def _table_at(document: TableDocument, line: int, first: int, wanted: Wanted) -> _Found | None:
    """Tell whether a line is the header of a table, or has a name and values of one whose names are in a column."""
    lines = document.lines
    written = lines.line(line)
    for delimiter in sorted((each for each in DELIMITERS if each in written), key=written.count, reverse=True):
        row = split(written, delimiter)
        if is_header(row, wanted, least=2):
            return _Found(line, delimiter, None, None)
        for column in (0, 1):
            if len(row) > column + 1 and wanted.is_known(row[column]):
                while line > first and len(split(lines.line(line - 1), delimiter)) == len(row):
                    line -= 1
                return _Found(line, delimiter, None, column)
    return None


def _around(document: TableDocument, text: str, used: list[tuple[int, int]], wanted: Wanted) -> Iterator[str]:
    """Tell of the text around the tables. Raises `ExportError` where it holds what is wanted."""
    lines = document.lines
    pieces, offset = [], 0
    for begin, end in used:
        # line breaks stay, so that lines are counted right
        pieces += [text[offset : lines.start(begin)], "\n" * (end - begin)]
        offset = lines.start(end)
    rest = "".join([*pieces, text[offset:]])
    left = wanted.left_in(rest)
    if left is not None:
        raise ExportError(f"{left.word} stands outside the tables; keep one export per file", line=left.line)
    if any(not line.lower().startswith(("#type", "sep=", '"sep=')) for line in rest.split("\n") if line.strip()):
        yield "the text around the table is left out"
