"""Places in XML exports: from the mark of a value to the element that shows it."""

import re
from abc import abstractmethod
from bisect import bisect_right
from typing import ClassVar, NamedTuple, Protocol

from policylint.exports.record import Raw, Record
from policylint.exports.text_document import TextDocument
from policylint.exports.xml_markup import (
    START_TAG,
    Markup,
    children,
    element_from,
    inner_start,
    local_name,
    next_start,
    outline,
    property_name,
    shown_span,
)
from policylint.exports.xml_tree import root_offset

Path = tuple[int, ...]
"""Where an element is: the number of the child to take at each level below the root, 0-based."""


class _Run(NamedTuple):
    """Records that are neighbours in the file: the first of them, their parent, and its number among the children."""

    record: int
    parent: Path
    child: int


class _Children:
    """Where the children of an element begin, found as far as they are asked for.

    `end` is where the last of these ends, if that is known: to find the next one takes that.
    """

    __slots__ = ("_found", "_text", "end")

    def __init__(self, text: str, begin: int) -> None:
        self._text = text
        self._found: list[int] = []
        self.end: int | None = begin

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, index: int) -> int:
        while len(self._found) <= index:
            end = element_from(self._text, self._found[-1]).end if self.end is None else self.end
            self._found.append(next_start(self._text, end))
            self.end = None
        return self._found[index]


class _Asked(NamedTuple):
    """The record whose places were asked for last: its first mark, where it begins, and where each of its values does.

    Most places are asked for in the order of the file, many of a record at a time.
    """

    first: int
    starts: list[int]


class Layout(Protocol):
    """What a reader knows of the layout of a text, so that records need not be looked for."""

    def values(self, number: int) -> list[int]:
        """Return where a record and most of its values begin, the first of them."""

    def rest(self, number: int) -> tuple[list[tuple[int, list[int]]], int]:
        """Return what `outline` returns of what is behind these."""


class XmlDocument(TextDocument):
    """A document read from XML.

    Marks are consecutive: a record's own mark, then one for each of its properties. Reading only notes in
    which element the records are; everything else about places waits until `place` is called.
    """

    __slots__ = ("_children", "_last", "_next_mark", "_runs", "layout")

    def __init__(self, path: str, format: str, text: str) -> None:  # noqa: A002 - the field of Document
        super().__init__(path, format, text)
        self._next_mark = 0
        self._runs: list[_Run] = []
        self._children: dict[Path, _Children] = {}
        self._last = _Asked(0, [])
        self.layout: Layout | None = None

    def add(
        self,
        type_name: str | None,
        text: str | None,
        names: tuple[str, ...],
        values: tuple[Raw, ...],
        parent: Path,
        child: int,
    ) -> Record:
        """Append and return a record read from child number `child` of the element at `parent`."""
        mark = self._next_mark
        self._next_mark = end = mark + 1 + len(names)
        number = len(self.records)
        last = self._runs[-1] if self._runs else None
        if last is None or last.parent != parent or child - last.child != number - last.record:
            self._runs.append(_Run(number, parent, child))
        record = Record(type_name, text, names, values, range(mark + 1, end), mark)
        self.records.append(record)
        return record

    @abstractmethod
    def _properties(self, inside: list[tuple[int, list[int]]], end: int) -> list[int]:
        """List where a record's values begin, in their order, by the outline of the record, and its end."""

    _plain: ClassVar[re.Pattern[str]] = re.compile(rf"{START_TAG}([^<]++)</")
    """The beginning of most elements, as far as the text in it that shows it best: what `_shown` would find as well."""

    @abstractmethod
    def _shown(self, element: Markup) -> Markup:
        """Return the element in (or of) a value or record that shows it best to a person."""

    def _span(self, mark: int) -> tuple[int, int]:
        asked = self._last
        if not asked.first <= mark < asked.first + len(asked.starts):
            asked = self._last = self._ask(mark)
        start = asked.starts[mark - asked.first]
        if plain := self._plain.match(self._text, start):
            return plain.span(1)
        return shown_span(self._text, self._shown(element_from(self._text, start)))

    def _ask(self, mark: int) -> _Asked:
        number = self._number(mark)
        record = self.records[number]
        if self.layout is not None:
            starts = self.layout.values(number)
            if mark - record.mark >= len(starts):
                starts += self._properties(*self.layout.rest(number))
            return _Asked(record.mark, starts)
        run = self._runs[bisect_right(self._runs, number, key=lambda run: run.record) - 1]
        siblings, child = self._children_of(run.parent), run.child + number - run.record
        start = siblings[child]
        if local_name(self._text, start) == "Ref":
            # The object came before; here only the reference shows its values.
            return _Asked(record.mark, [start] * (1 + len(record.names)))
        if not record.names:
            return _Asked(record.mark, [start])
        inside, end = outline(self._text, inner_start(self._text, start))
        if child == len(siblings) - 1:
            siblings.end = end
        return _Asked(record.mark, [start, *self._properties(inside, end)])

    def _children_of(self, path: Path) -> _Children:
        found = self._children.get(path)
        if found is None:
            parent = self._children_of(path[:-1])[path[-1]] if path else root_offset(self._text)
            found = self._children[path] = _Children(self._text, inner_start(self._text, parent))
        return found


BLOB = "SerializationData"
"""A .NET object in a dangerous binary form, which Exchange puts beside every value: never read, never decoded."""

CONTAINERS = ("LST", "IE", "STK", "QUE")
"""The elements that hold the items of a collection."""

_SHOWN_LATER = ("TN", "TNRef", "Props", "MS", "ToString")


class ClixmlDocument(XmlDocument):
    """A document read from CLIXML."""

    __slots__ = ()
    _plain = re.compile(rf"{START_TAG}(?:\s*+(?:<TNRef\s[^<>]*+(?<=/)>\s*+)?+<ToString>)?+([^<]++)</")

    def _properties(self, inside: list[tuple[int, list[int]]], end: int) -> list[int]:
        text = self._text
        parts = [(local_name(text, start), starts) for start, starts in inside]
        found = [start for holder in ("Props", "MS") for name, starts in parts if name == holder for start in starts]
        if not any(name in ("Props", "MS") for name, _ in parts):
            entries = [entry for name, starts in parts if name == "DCT" for entry in starts]
            found = [start for entry in entries for start, _ in outline(text, inner_start(text, entry))[0]]
            return [start for start in found if property_name(text, start) == "Value"]
        blobs = self._around(BLOB, found[0], end) if found else ()
        return [start for start in found if start not in blobs or property_name(text, start) != BLOB]

    def _around(self, word: str, begin: int, end: int) -> set[int]:
        """Return where the tags begin in which, or behind which, a word stands."""
        text, found = self._text, set()
        at = text.find(word, begin, end)
        while at >= 0:
            found.add(text.rfind("<", begin, at))
            at = text.find(word, text.find("<", at), end)
        return found

    def _shown(self, element: Markup) -> Markup:
        """Return the ToString text of an object, else its value, else its items, else the object itself."""
        if element.is_leaf:
            return element
        value = None
        for part in children(self._text, element):
            if part.name == "ToString" and not part.is_empty:
                return part
            if value is None and part.name not in _SHOWN_LATER:
                value = part
        return value or element
