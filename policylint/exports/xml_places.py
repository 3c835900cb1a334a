"""Places in XML exports: from the mark of a value to the element that shows it."""

import re
from abc import abstractmethod
from bisect import bisect_right
from collections.abc import Iterator
from itertools import repeat
from typing import ClassVar, NamedTuple

from policylint.exports.record import Raw, Record
from policylint.exports.text_document import TextDocument
from policylint.exports.xml_markup import TAG, Markup, children, element_at, property_name, root_at, shown_span
from policylint.exports.xml_tree import root_offset

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


_ODD_NAME = re.compile(r"""N(?<=\sN)(?:ame)?+(?:\s++=|=(?!"[^"&_]*+"))""")
"""An attribute for a name that is written in another way than it reads."""

_MOST_SEARCHED = 1 << 16
_MOST_TIMES = 8
"""How large a record may be, and how often it may be asked, for finding by name to be less work than one walk."""


class _Asked(NamedTuple):
    """The record whose places were asked for last: its first mark, its names, its element, those of its values.

    `is_plain` tells that a name which stands in it once can only be the attribute of that value.
    """

    first: int
    names: tuple[str, ...]
    element: Markup
    properties: _Elements
    is_plain: bool


class XmlDocument(TextDocument):
    """A document read from XML.

    Marks are consecutive: a record's own mark, then one for each of its properties. Reading only notes in
    which element the records are; everything else about places waits until `place` is called.
    """

    __slots__ = ("_children", "_last", "_next_mark", "_runs", "_times")

    def __init__(self, path: str, format: str, text: str) -> None:  # noqa: A002 - the field of Document
        super().__init__(path, format, text)
        self._next_mark = 0
        self._runs: list[_Run] = []
        self._children: dict[Path, _Elements] = {}
        self._last: _Asked | None = None
        self._times = 0

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

    _attribute: ClassVar[str]
    """The attribute that names a value."""

    @abstractmethod
    def _properties(self, record: Markup) -> Iterator[Markup]:
        """Yield the elements of a record's properties, in the order of its values."""

    @abstractmethod
    def _shown(self, element: Markup) -> Markup:
        """Return the element in (or of) a value or record that shows it best to a person."""

    def _span(self, mark: int) -> tuple[int, int]:
        asked = self._last
        if asked is None or not asked.first <= mark <= asked.first + len(asked.names):
            asked = self._last = self._ask(self._number(mark))
        number = mark - asked.first - 1
        self._times += 1
        is_worth_it = asked.is_plain and self._times <= _MOST_TIMES
        found = self._named(asked, number) if is_worth_it and number >= 0 else None
        element = asked.element if number < 0 else found or asked.properties[number]
        return shown_span(self._text, self._shown(element))

    def _ask(self, number: int) -> _Asked:
        record, element = self.records[number], self._record(number)
        self._times = 0
        is_small = element.end - element.start <= _MOST_SEARCHED
        span = element.inner_start, element.end
        is_plain = is_small and self._text.find("<DCT", *span) < 0 and not _ODD_NAME.search(self._text, *span)
        return _Asked(record.mark, record.names, element, _Elements(self._properties(element)), is_plain)

    def _named(self, asked: _Asked, number: int) -> Markup | None:
        """Find a value by its name, which takes no walk past the values before it; None where that could mislead."""
        text, inner, end = self._text, asked.element.inner_start, asked.element.end
        attribute = f' {self._attribute}="{asked.names[number]}"'
        at = text.find(attribute, inner, end)
        if at < 0 or text.find(attribute, at + 1, end) >= 0:
            return None
        start = text.rfind("<", inner, at)
        if start < 0 or not text[start + 1 : at].isalnum():
            return None
        tag = TAG.match(text, start)
        return element_at(text, tag) if tag else None

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


BLOB = "SerializationData"
"""A .NET object in a dangerous binary form, which Exchange puts beside every value: never read, never decoded."""

CONTAINERS = ("LST", "IE", "STK", "QUE")
"""The elements that hold the items of a collection."""

_SHOWN_LATER = ("TN", "TNRef", "Props", "MS", "ToString")


class ClixmlDocument(XmlDocument):
    """A document read from CLIXML."""

    __slots__ = ()
    _attribute = "N"

    def _properties(self, record: Markup) -> Iterator[Markup]:
        if record.name == "Ref":
            # The object came before; here only the reference shows its values.
            yield from repeat(record)
        has_blob = self._text.find(BLOB, record.start, record.end) >= 0
        parts = list(children(self._text, record))
        if not any(part.name in ("Props", "MS") for part in parts):
            for part in parts:
                if part.name == "DCT":
                    for entry in children(self._text, part):
                        yield from (
                            each for each in children(self._text, entry) if property_name(self._text, each) == "Value"
                        )
        for holder in ("Props", "MS"):
            for part in parts:
                if part.name == holder:
                    for element in children(self._text, part):
                        # the search is cheap and rules out nearly all; only the name itself decides
                        found = has_blob and self._text.find(BLOB, element.start, element.inner_start) >= 0
                        if not (found and property_name(self._text, element) == BLOB):
                            yield element

    def _shown(self, element: Markup) -> Markup:
        """Return the ToString text of an object, else its value, else its items, else the object itself."""
        if element.is_leaf:
            return element
        parts = list(children(self._text, element))
        for part in parts:
            if part.name == "ToString" and not part.is_empty:
                return part
        return next((part for part in parts if part.name not in _SHOWN_LATER), element)
