"""The cells of one row of a CSV text and where they stand in it, by the rules of the csv module."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple


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
