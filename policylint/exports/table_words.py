"""What cells say about a table: whether they are its header, a rule of dashes, or a command that names properties."""

import csv
import re

from policylint.exports.wanted import Wanted

_NAME = re.compile(r"[A-Za-z_@][\w .@()-]*")
_COMMAND = re.compile(r"(?:[A-Za-z]+-[A-Za-z]+|f[lt]|select)\s", re.IGNORECASE)
_RULE = re.compile(r"[-=:+\s]*")
_EMPHASIS = " \t`*"


def split(line: str, delimiter: str) -> list[str]:
    """Cut a line into cells, roughly: for a look at what they are. Those of Markdown have bars around them, too."""
    inner = line.strip(" \r") if delimiter == "\t" else line.strip()
    if delimiter == "|":
        inner = inner.removeprefix("|").removesuffix("|")
    try:
        row = next(csv.reader([inner], delimiter=delimiter), [""])
    except csv.Error:  # a value longer than the limit of the module
        row = inner.split(delimiter)
    return [cleaned(cell.strip().strip('"'), delimiter) for cell in row]


def cleaned(cell: str, delimiter: str) -> str:
    """Return a cell without blanks around it, and in Markdown without emphasis."""
    return cell.strip(_EMPHASIS) if delimiter == "|" else cell.strip()


def is_header(cells: list[str], wanted: Wanted, *, least: int) -> bool:
    """Tell whether cells are names of columns, at least so many of them known, and one that tells what is wanted."""
    if tuple(cells) not in wanted or _COMMAND.match(cells[0]):
        return False
    return sum(map(wanted.is_known, cells)) >= least and all(not cell or _NAME.fullmatch(cell) for cell in cells)


def is_rule(cells: list[str]) -> bool:
    """Tell the row that Markdown and databases put under a header."""
    return all(_RULE.fullmatch(cell) for cell in cells)
