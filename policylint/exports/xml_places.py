"""Places in XML exports: from the mark of a value to the element that shows it."""

import re
from abc import abstractmethod
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

from policylint.exports.record import Raw, Record
from policylint.exports.text_document import TextDocument
from policylint.exports.xml_tree import root_offset

# Possessive throughout: well-formed text never needs a second try.
_ATTRIBUTES = r"""(?:[^>"'/]++|"[^"]*+"|'[^']*+'|/(?!>))*+"""
_NOT_ELEMENTS = r"!--.*?-->|!\[CDATA\[.*?\]\]>|\?.*?\?>"
_TAG = re.compile(
    rf"<(?:(?P<name>[^\s/>!?]++){_ATTRIBUTES}(?:(?P<empty>/>)|>(?:(?P<leaf>[^<]*+)</[^>]*+>)?)|{_NOT_ELEMENTS}|/[^>]*+>)",
    re.DOTALL,
)
_NAME = re.compile(r"""\s(?:N|Name)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


class Markup(NamedTuple):
    """One element in the text: its name without prefix, and the offsets of its tags and of what they enclose.

    `is_leaf` tells that nothing but text can be inside.
    """

    name: str
    start: int
    inner_start: int
    inner_end: int
    end: int
    is_leaf: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands between the tags, or there is only one."""
        return self.inner_start == self.inner_end


def root_at(text: str, offset: int) -> Markup:
    """Return the root element, whose start tag begins at `offset`, as if it went on to the end of the text.

    That saves looking for its end tag, and nothing but blanks and comments can follow it.
    """
    tag = _TAG.match(text, offset)
    assert tag  # well-formed, and past the prolog
    name = tag["name"].rpartition(":")[2]
    if tag["empty"]:
        return Markup(name, offset, tag.end(), tag.end(), tag.end())
    return Markup(name, offset, tag.end() if tag["leaf"] is None else tag.start("leaf"), len(text), len(text))


def children(text: str, parent: Markup) -> Iterator[Markup]:
    """Yield the child elements of `parent` in the order of the text."""
    if parent.is_leaf:
        return
    offset = parent.inner_start
    while tag := _TAG.search(text, offset, parent.inner_end):
        if tag["name"]:
            child = _element(text, tag)
            yield child
            offset = child.end
        else:
            offset = tag.end()


def property_name(text: str, element: Markup) -> str:
    """Return the N or Name attribute of an element as written; empty if it has none."""
    found = _NAME.search(text, element.start, element.inner_start)
    return (found[1] or found[2] or "") if found else ""


def shown_span(text: str, element: Markup) -> tuple[int, int]:
    """Return the stretch that shows an element: the text inside a leaf, else the (start) tag."""
    if element.inner_start == element.inner_end:
        return element.start, element.end
    if not element.is_leaf and any(children(text, element)):
        return element.start, element.inner_start
    return element.inner_start, element.inner_end


def _element(text: str, tag: re.Match[str]) -> Markup:
    written, empty, leaf = tag.group("name", "empty", "leaf")
    name = written.rpartition(":")[2]
    start, offset = tag.span()
    if empty:
        return Markup(name, start, offset, offset, offset, True)
    if leaf is not None:
        inner_start = tag.start("leaf")
        return Markup(name, start, inner_start, inner_start + len(leaf), offset, True)
    inner_start = offset
    depth = 1
    for other in _tags_named(written).finditer(text, offset):
        if other["open"]:
            depth += 1
        elif other["close"]:
            depth -= 1
            if not depth:
                return Markup(name, start, inner_start, *other.span())
    raise AssertionError("an element of well-formed text has an end")


@lru_cache(maxsize=64)
def _tags_named(name: str) -> re.Pattern[str]:
    """Match the start and end tags of one element name, and whole whatever may contain text that looks like tags."""
    written = re.escape(name)
    return re.compile(
        rf"<(?:(?P<close>/{written}\s*>)|{written}(?=[\s/>]){_ATTRIBUTES}(?:/>|(?P<open>>))|{_NOT_ELEMENTS})",
        re.DOTALL,
    )


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


BLOB = "SerializationData"
"""A .NET object in a dangerous binary form, which Exchange puts beside every value: never read, never decoded."""

CONTAINERS = ("LST", "IE", "STK", "QUE")
"""The elements that hold the items of a collection."""

_SHOWN_LATER = ("TN", "TNRef", "Props", "MS", "ToString")


class ClixmlDocument(XmlDocument):
    """A document read from CLIXML."""

    __slots__ = ()

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
