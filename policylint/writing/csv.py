"""Rows of CSV that neither a spreadsheet nor a terminal acts on.

A spreadsheet takes a field that starts with one of `=`, `+`, `-` and `@` for a formula. Such a field gets a single
quote in front. Characters that would act on a terminal are replaced, as everywhere else; JSON has names to the letter.
"""

import csv
import io
from collections.abc import Iterable, Iterator

from policylint.writing.style import printable

# the wide forms count in East Asian editions
_FORMULA = tuple("=+-@＝＋－＠")


def harmless(text: str) -> str:
    """Return a text that neither a spreadsheet nor a terminal acts on."""
    acts = text.startswith(("\t", "\r", "\n")) or text.lstrip().startswith(_FORMULA)
    return ("'" if acts else "") + printable(text)


def line(fields: Iterable[str | int | bool]) -> str:
    """Return one row, every field harmless."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(_fields(fields))
    return buffer.getvalue()


def rows(header: tuple[str, ...], body: Iterable[tuple[str | int | bool, ...]]) -> Iterator[str]:
    """Yield a header, then rows one by one, every field harmless."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")  # standard output makes of it what the platform wants
    writer.writerow(_fields(header))
    for row in body:
        writer.writerow(_fields(row))
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _fields(row: Iterable[str | int | bool]) -> list[str | int | bool]:
    return [harmless(field) if isinstance(field, str) else field for field in row]
