"""Places in XML exports: from the mark of a value to the element that shows it."""

from abc import abstractmethod
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from policylint.exports.prolog import root_offset
from policylint.exports.record import Raw, Record
from policylint.exports.text_document import TextDocument
from policylint.exports.xml_text import Markup, children, root_at, shown_span

Path = tuple[int, ...]
"""Where an element is: the number of the child to take at each level below the root, 0-based."""


class _Run(NamedTuple):
    """Records that are neighbours in the file: the first of them, their parent, and its number among the children."""

    record: int
    parent: Path
    child: int


class _Elements:
    """A sequence of elements, found as far as they are asked for."""

    __slots__ = ("_found", "_rest")

    def __init__(self, elements: Iterator[Markup]) -> None:
        self._rest = elements
        self._found: list[Markup] = []

    def __getitem__(self, index: int) -> Markup:
        while len(self._found) <= index:
            self._found.append(next(self._rest))
        return self._found[index]


class XmlDocument(TextDocument):
    """A document read from XML.

    Marks are consecutive: a record's own mark, then one for each of its properties. Reading only notes in
    which element the records are; everything else about places waits until `place` is called.
    """

    __slots__ = ("_children", "_last", "_next_mark", "_runs")

    def __init__(self, path: str, format: str, text: str) -> None:  # noqa: A002 - the field of Document
        super().__init__(path, format, text)
        self._next_mark = 0
        self._runs: list[_Run] = []
        self._children: dict[Path, _Elements] = {}
        # the record asked for last: its first and last mark, its element, its properties
        self._last: tuple[int, int, Markup, _Elements] | None = None

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
    def _properties(self, record: Markup) -> Iterator[Markup]:
        """Yield the elements of a record's properties, in the order of its values."""

    @abstractmethod
    def _shown(self, element: Markup) -> Markup:
        """Return the element in (or of) a value or record that shows it best to a person."""

    def _span(self, mark: int) -> tuple[int, int]:
        if self._last is None or not self._last[0] <= mark <= self._last[1]:
            number = self._number(mark)
            record = self.records[number]
            element = self._record(number)
            self._last = (record.mark, record.mark + len(record.names), element, _Elements(self._properties(element)))
        first, _, element, properties = self._last
        return shown_span(self._text, self._shown(element if mark == first else properties[mark - first - 1]))

    def _record(self, number: int) -> Markup:
        run = self._runs[bisect_right(self._runs, number, key=lambda run: run.record) - 1]
        return self._children_of(run.parent)[run.child + number - run.record]

    def _children_of(self, path: Path) -> _Elements:
        if path not in self._children:
            parent = self._children_of(path[:-1])[path[-1]] if path else self._root()
            self._children[path] = _Elements(children(self._text, parent))
        return self._children[path]

    def _root(self) -> Markup:
        return root_at(self._text, root_offset(self._text))
