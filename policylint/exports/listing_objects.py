"""From the lines of a list to its objects: where one ends, and what between its properties is no part of it."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise

from policylint.exports.braces import closes
from policylint.exports.error import ExportError
from policylint.exports.listing_lines import Kind, Line, lines
from policylint.exports.wanted import Wanted

_WINDOW = 60
"""No window and no mail has shorter lines, so that a shorter one was not wrapped."""
_MOST_LINES = 2000
"""How many lines a value may have that lost their indentation."""


@dataclass(slots=True)
class Entry:
    """A property: where its name, its value (the colon, if it has none) and the value's end are in the text.

    `lines` are those of the value, the first with the name before it blanked out. `column` is as in `Line`.
    """

    name: str
    number: int
    name_at: int
    start: int
    end: int
    lines: list[str]
    column: int | None
    brackets: int = 0

    def add(self, line: str, end: int) -> None:
        """Take up another line of the value, and where it ends in the text."""
        self.lines.append(line)
        self.end = end
        self.brackets += line.count("(") - line.count(")")

    @property
    def is_open(self) -> bool:
        """Whether the value ends inside braces or brackets, so that it goes on somewhere."""
        if len(self.lines) > _MOST_LINES:
            return False
        return not closes(self.lines[-1]) if self.lines[0].lstrip().startswith("{") else self.brackets > 0

    def joined(self, width: int) -> str:
        """Join the lines of a value: PowerShell wraps between words, and cuts a word only at the window's edge."""
        text = self.lines[0].strip()
        for before, line in pairwise(self.lines):
            is_cut = len(before) == width >= _WINDOW and not before.endswith(",")
            text += ("" if is_cut else " ") + line.strip()
        return text


class _Gap(IntEnum):
    """What stands before properties: nothing, a line that need not end an object, or one that does."""

    NONE = 0
    SOFT = 1
    HARD = 2


@dataclass(slots=True)
class Listed:
    """Properties that stand together, and what stands before them."""

    gap: _Gap = _Gap.NONE
    entries: list[Entry] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    columns: set[int | None] = field(default_factory=set)
    lengths: set[int] = field(default_factory=set)

    def add(self, entry: Entry) -> None:
        """Take up a property."""
        self.entries.append(entry)
        self.names.add(entry.name.casefold())
        self.columns.add(entry.column)
        self.lengths.add(len(entry.name))

    @property
    def is_lined_up(self) -> bool:
        """Whether the colons of names of several lengths stand one below another."""
        return len(self.columns) == 1 and len(self.lengths) > 1


@dataclass(slots=True)
class Found:
    """The objects of a text, the numbers of lines that were skipped inside them, and the text of all other lines."""

    objects: list[Listed]
    skipped: list[int]
    others: str


def listed_objects(text: str, wanted: Wanted | None) -> Found:
    """Find the objects of a list. Raises `ExportError` as `listing.read` tells."""
    cutter = _Cutter(wanted)
    parts = list(cutter.parts(text))
    if wanted is None:
        return Found(parts, [], "")
    objects = list(_joined_up(parts))
    begins = [each.entries[0].number for each in objects]
    inside = []
    for number in cutter.skipped:
        at = bisect_right(begins, number) - 1
        if at >= 0 and number < objects[at].entries[-1].number:
            inside.append(number)
    return Found(objects, inside, "\n".join(cutter.others))


class _Cutter:
    """Cuts a text into runs of properties without anything between them and without a name that comes again."""

    def __init__(self, wanted: Wanted | None) -> None:
        self.skipped: list[int] = []
        self.others: list[str] = []
        self._wanted = wanted
        self._is_known = wanted.is_known if wanted is not None else lambda _: False
        self._open: Entry | None = None
        self._is_next = False
        self._width = 0

    def parts(self, text: str) -> Iterator[Listed]:
        """Yield the runs."""
        part, gap = Listed(), _Gap.HARD
        for line in lines(text, self._is_known):
            self.others.append("")
            if self._goes_on(line):
                continue
            if line.kind is Kind.PROPERTY:
                if gap or line.name.casefold() in part.names:
                    if part.entries:
                        yield part
                    part, gap = Listed(gap=gap or _Gap.HARD), _Gap.NONE
                part.add(self._entry(line))
            else:
                gap = max(gap, self._gap(line, part))
        if part.entries:
            yield part

    def _entry(self, line: Line) -> Entry:
        entry = Entry(line.name, line.number, line.name_at, line.start, line.end, [], line.column)
        entry.add(line.value.rjust(len(line.text)), line.end)
        self._open, self._is_next = entry, True
        self._width = max(self._width, len(line.text))
        return entry

    def _goes_on(self, line: Line) -> bool:
        """Give a line to the value above it, if it belongs to it."""
        above = self._open
        if above is None or line.kind in (Kind.EMPTY, Kind.COMMAND):
            return False
        is_indented = above.column is not None and line.indent >= above.column
        if not is_indented and (line.kind is not Kind.OTHER or not self._is_rest(above, line)):
            return False
        above.add(line.text, line.end)
        self._width = max(self._width, len(line.text))
        return True

    def _is_rest(self, above: Entry, line: Line) -> bool:
        """Tell whether a line that lost its indentation is the rest of a value: the value is open, or full."""
        if self._wanted is None:
            return False
        if above.is_open:
            return True
        full = len(above.lines[-1])
        return self._is_next and full >= _WINDOW and full + 1 + len(line.text.split()[0]) > self._width

    def _gap(self, line: Line, part: Listed) -> _Gap:
        if self._wanted is None:
            if line.kind is Kind.OTHER and part.entries and self._open:
                message = "this line is neither a property (Name : value) nor the rest of one"
                raise ExportError(message, line=line.number)
            if line.kind is not Kind.MESSAGE:
                self._open = None
            return _Gap.HARD if self._open is None else _Gap.NONE
        is_unfinished = self._open is not None and self._open.is_open
        if line.kind is Kind.COMMAND or (line.kind is not Kind.EMPTY and not is_unfinished):
            self._open = None
        self._is_next = False
        if line.kind is Kind.OTHER:
            self.skipped.append(line.number)
            self.others[-1] = line.text
        return _Gap.HARD if line.kind is Kind.COMMAND else _Gap.SOFT


def _joined_up(parts: Iterable[Listed]) -> Iterator[Listed]:
    """Join runs that are parts of one object: no name comes again, and the colons stand where they stood."""
    whole: Listed | None = None
    for part in parts:
        if whole is not None and part.gap is _Gap.SOFT and _fits(whole, part):
            for entry in part.entries:
                whole.add(entry)
            continue
        if whole is not None:
            yield whole
        whole = part
    if whole is not None:
        yield whole


def _fits(whole: Listed, part: Listed) -> bool:
    if not whole.names.isdisjoint(part.names):
        return False
    return not whole.is_lined_up or part.columns == whole.columns
