"""Reads text copied from a PowerShell window: what `Format-List` prints, `Name : value` on each line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from policylint.exports.error import ExportError
from policylint.exports.record import Document, Raw, Record
from policylint.exports.text_document import TextDocument

PROPERTY = re.compile(r"[ \t]*(?P<name>[A-Za-z_]\w*)[ \t]+(?P<colon>:)(?:[ \t]+(?P<value>.*))?$")
"""A line, without blanks at its end, that holds a property: the name, padded to the longest name, and a colon."""

PROMPT = re.compile(r"\s*(?:\[[^\]]*\]:?\s*)?(?:PS\b[^>]*|[A-Za-z]:\\[^>]*)>|\s*>>")
"""The prompt of a PowerShell window, with or without the name of the computer before it."""

_NOTE = "this is Format-List text, which can lack the ends of long lists and values; Export-Clixml keeps them"
_CUT = ("...", "…")


def read(text: str, path: str) -> Document:
    """Read Format-List text; the properties between two blank lines become a record.

    Values are text; an empty one is None, and one in braces a tuple of texts, with "..." as the last where
    PowerShell cut it. A line indented as far as the values goes on with the value above. Prompts and
    other lines between objects are skipped. Raises `ExportError` for any other line inside an object.
    """
    document = _ListingDocument(path, text)
    document.notes.append(_NOTE)
    width = max(len(line.rstrip()) for line in text.split("\n"))
    shared_names: dict[tuple[str, ...], tuple[str, ...]] = {}
    for entries in _objects(text):
        names = tuple([entry.name for entry in entries])
        names = shared_names.setdefault(names, names)
        values = tuple([_value(_joined(entry.lines, width)) for entry in entries])
        document.add(entries, names, values)
    return document


@dataclass(slots=True)
class _Entry:
    """A property: offsets of its name, of its value (of the colon, if it has none) and of the value's end.

    `lines` are those of the value, the first with the name before it blanked out.
    """

    name: str
    name_start: int
    start: int
    end: int
    lines: list[str]


def _objects(text: str) -> Iterator[list[_Entry]]:
    """Yield the properties of each object."""
    entries: list[_Entry] = []
    column = 0
    offset = 0
    for number, written in enumerate(text.split("\n"), 1):
        line = written.rstrip()
        indent = len(line) - len(line.lstrip())
        found = PROPERTY.match(line)
        if not line or PROMPT.match(line):
            if entries:
                yield entries
            entries = []
        elif entries and indent >= column:
            entries[-1].lines.append(line)
            entries[-1].end = offset + len(line)
        elif found:
            entries.append(_entry(found, offset))
            column = found.end("colon")
        elif entries:
            message = "this line is neither a property (Name : value) nor the rest of one"
            raise ExportError(message, line=number)
        offset += len(written) + 1
    if entries:
        yield entries


def _entry(found: re.Match[str], offset: int) -> _Entry:
    start, end = found.span("value" if found["value"] else "colon")
    value = (found["value"] or "").rjust(found.end())
    return _Entry(found["name"], offset + found.start("name"), offset + start, offset + end, [value])


def _joined(lines: list[str], width: int) -> str:
    """Join the lines of a value: PowerShell wraps between words, and cuts a word only at the window's edge."""
    text = lines[0].strip()
    for before, line in pairwise(lines):
        text += ("" if len(before) == width else " ") + line.strip()
    return text


def _value(text: str) -> Raw:
    if not text.startswith("{"):
        return text or None
    cut = text.removesuffix("}").endswith(_CUT)
    if not text.endswith("}") and not cut:
        return text
    inner = text[1:].removesuffix("}")
    for mark in _CUT:
        inner = inner.removesuffix(mark)
    items = tuple(item.strip() for item in inner.split(",") if item.strip())
    return (*items, _CUT[0]) if cut else items


class _ListingDocument(TextDocument):
    """A document read from Format-List text. Marks are offsets: of a value, and for a record of its first name."""

    __slots__ = ("_ends",)

    def __init__(self, path: str, text: str) -> None:
        super().__init__(path, "list", text)
        self._ends: dict[int, int] = {}

    def add(self, entries: list[_Entry], names: tuple[str, ...], values: tuple[Raw, ...]) -> None:
        """Append the record of one object."""
        first = entries[0]
        self._ends[first.name_start] = first.name_start + len(first.name)
        for entry in entries:
            self._ends[entry.start] = entry.end
        marks = tuple([entry.start for entry in entries])
        self.records.append(Record(None, None, names, values, marks, first.name_start))

    def _span(self, mark: int) -> tuple[int, int]:
        return mark, self._ends[mark]
