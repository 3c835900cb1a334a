"""Reads a list of users: CSV with the columns user, account and policy, in any order and case."""

import csv
from collections.abc import Iterator
from typing import NamedTuple

from policylint.exports.decode import decode
from policylint.exports.error import ExportError

COLUMNS = ("user", "account", "policy")


class UserRow(NamedTuple):
    """One account of one user, and the line of the list it stands on."""

    line: int
    user: str
    account: str
    policy: str


class BadRow(NamedTuple):
    """A row that says nothing that could be used, and why."""

    line: int
    reason: str


def read(data: bytes) -> Iterator[UserRow | BadRow]:
    """Yield the rows of a list in UTF-8 or UTF-16, delimited by commas, semicolons or tabs.

    Raises `ExportError` where the whole list cannot be used, with the line where there is one.
    """
    lines = decode(data).text.splitlines(keepends=True)
    begin = next((number for number, line in enumerate(lines) if line.strip()), None)
    if begin is None:
        raise ExportError("the list of users is empty")
    delimiter = max(",;\t", key=lines[begin].count)
    rows = csv.reader(lines[begin:], delimiter=delimiter, strict=True)
    try:
        header = [name.strip().casefold() for name in next(rows)]
        missing = [name for name in COLUMNS if header.count(name) != 1]
        if missing:
            raise ExportError(f"the header must name user, account and policy once each; see {', '.join(missing)}")
        columns = [header.index(name) for name in COLUMNS]
        before = rows.line_num
        for row in rows:
            line, before = begin + before + 1, rows.line_num
            if not any(field.strip() for field in row):
                continue
            if len(row) <= max(columns):
                yield BadRow(line, f"{len(row)} values, but the header has {len(header)} columns")
                continue
            user, account, policy = (row[column].strip() for column in columns)
            if not user or not policy:
                yield BadRow(line, f"no {'policy' if user else 'user'}")
            else:
                yield UserRow(line, user, account, policy)
    except csv.Error as error:
        raise ExportError(f"not a list of users: {error}", line=begin + rows.line_num) from None
