"""Which way round the dates of a column are written, by the dates that can be read only one way."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from policylint.evidence.dates import UNREADABLE, Dated, Moment, read_date
from policylint.exports.record import Raw

_DAY_FIRST, _MONTH_FIRST = "day first", "month first"


@dataclass(slots=True, eq=False)
class DateColumn:
    """One column of dates of one file.

    `ways` are those that its dates of each style prove; `open` counts the dates of each style that prove none.
    """

    path: str
    folder: str
    name: str
    utc: bool
    ways: dict[str, set[str]] = field(default_factory=dict)
    open: dict[str, int] = field(default_factory=dict)
    unreadable: int = 0

    def see(self, raw: Raw) -> "Written | None":
        """Take note of a date; None where the cell has none."""
        dated = read_date(raw, utc=self.utc)
        if dated is None:
            return None
        if dated == UNREADABLE:
            self.unreadable += 1
        elif dated.style and dated.day_first and dated.month_first:
            self.open[dated.style] = self.open.get(dated.style, 0) + 1
        elif dated.style:
            self.ways.setdefault(dated.style, set()).add(_DAY_FIRST if dated.day_first else _MONTH_FIRST)
        return Written(dated, self)


class Written(NamedTuple):
    """A date as it stands in a column, before it is known which way round it is written."""

    dated: Dated
    column: DateColumn


class Calendar:
    """All columns of dates of a run.

    A date that can be read two ways is read as its column proves; where that does not, as the other columns of its file
    do, else as the other files of its folder: one export is made in one culture. Where these disagree it is left out.
    """

    def __init__(self) -> None:
        self._columns: list[DateColumn] = []
        self._proven: dict[tuple[str, str], set[str]] | None = None

    def column(self, path: str, folder: str, name: str) -> DateColumn:
        """Begin a column of a file."""
        utc = name.casefold().endswith("utc")
        column = DateColumn(path, folder, name, utc)
        self._columns.append(column)
        self._proven = None
        return column

    def settle(self, written: Written | None) -> Moment | None:
        """Return the time of a date; None where it cannot be told. To be asked when all columns were seen."""
        if written is None:
            return None
        dated, column = written
        if dated.style is None:
            return dated.day_first
        if dated.day_first is None or dated.month_first is None:
            return dated.day_first or dated.month_first
        ways = self._ways(column, dated.style)
        if len(ways) != 1:
            return None
        return dated.day_first if _DAY_FIRST in ways else dated.month_first

    def _ways(self, column: DateColumn, style: str) -> set[str]:
        if self._proven is None:
            self._proven = {}
            for each in self._columns:
                for known, ways in each.ways.items():
                    self._proven.setdefault((each.path, known), set()).update(ways)
                    self._proven.setdefault((f"{each.folder}/", known), set()).update(ways)
        return (
            column.ways.get(style)
            or self._proven.get((column.path, style))
            or self._proven.get((f"{column.folder}/", style), set())
        )

    def notes(self) -> Iterator[str]:
        """Say what was left out, once a file."""
        two_ways = "can be read two ways (day or month first) and no other date here tells which"
        yield from _told(((column, self._left_open(column)) for column in self._columns), two_ways)
        yield from _told(((column, column.unreadable) for column in self._columns), "cannot be read as dates")

    def _left_open(self, column: DateColumn) -> int:
        return sum(count for style, count in column.open.items() if len(self._ways(column, style)) != 1)


def _told(counted: Iterable[tuple[DateColumn, int]], why: str) -> Iterator[str]:
    by_path: dict[str, list[str]] = {}
    for column, count in counted:
        if count:
            by_path.setdefault(column.path, []).append(f"{count} of {column.name}")
    for path, columns in by_path.items():
        yield f"{path}: dates are left out: {', '.join(columns)} {why}"
