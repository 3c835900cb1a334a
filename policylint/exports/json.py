"""Reads what `ConvertTo-Json` makes, and the objects that are looked for wherever they are in any other JSON."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policylint.exports.dotnet import enum, reduced
from policylint.exports.error import ExportError
from policylint.exports.escapes import joined
from policylint.exports.forms import form, left_out
from policylint.exports.json_places import NO_OBJECT, JsonDocument
from policylint.exports.json_values import DEEPEST, Json, Pairs, TooDeep, Top, too_deep, values
from policylint.exports.record import Document, Raw
from policylint.exports.wanted import Wanted

_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_WRAPPER = {"value", "Count"}
_OPENING = ("{", "[")
_MANY = 3


def read(text: str, path: str, wanted: Wanted | None = None) -> Document | None:
    """Read the text of a JSON file.

    Every object that is `wanted` becomes a record, wherever it is: in the value of another object, in one of many
    values, between lines of text. Where there is none, or nothing is wanted, the text has to be one value, and the
    object, or each element of the array, becomes a record. None is returned for a text that is searched for what is
    wanted, holds none, and does not begin as JSON. The text of a record is the name that it has in the object around
    it, or its value if it is no object.

    Windows PowerShell may wrap an array as {"value": [...], "Count": n}. Properties written twice are kept
    twice. Arrays become tuples; objects inside values are reduced as `reduced` tells, enums written
    as {"value": 1, "Value": "Allow"} to `Enum`; dates and time spans written as text stay text. Raises
    `ExportError` with line and column, also for a value of what is wanted outside the JSON.
    """
    if wanted is not None and wanted.speaks(text):
        tops = list(values(text, only=False))
        reader = _Reader(text)
        for top in tops:
            reader.look_into(top)
        held = [one for one in reader.objects if one.names in wanted]
        if held:
            document = JsonDocument(path, text, tops)
            document.notes += _surroundings(tops, text, wanted)
            _fill(document, sorted(held, key=lambda one: one.number))
            return document
        if text.lstrip()[:1] not in _OPENING:
            return None
    reader = _Reader(text)
    tops = list(values(text, only=True))
    document = JsonDocument(path, text, tops)
    for element in (element for top in tops for element in reader.elements(top)):
        document.add(None, element.text, element.names, element.values, element.number)
    return document


class _Object(NamedTuple):
    """An object: its number in the order in which objects begin, the names of those around it, and what is in it."""

    number: int
    around: tuple[str, ...]
    text: str | None
    names: tuple[str, ...]
    values: tuple[Raw, ...]


class _Reader:
    """Turns parsed JSON into objects and raw values; keeps every object in `objects`."""

    def __init__(self, text: str) -> None:
        self._text = text
        # Python keeps a lone surrogate that is written as an escape; nearly every file has none at all.
        self._has_surrogates = _ESCAPED_SURROGATE.search(text) is not None
        self._plain: set[type] = {type(None), bool, int, float} | (set() if self._has_surrogates else {str})
        self._names: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._count = 0
        self._around: list[str] = []
        self.objects: list[_Object] = []

    def elements(self, top: Top) -> Iterator[_Object]:
        """Yield the value, or each element of the array that it is or wraps."""
        wrapped = _wrapped(top.value)
        if wrapped is not None:
            self._count += 1  # the wrapper itself
        value = top.value if wrapped is None else wrapped
        try:
            for element in value if isinstance(value, list) and not isinstance(value, Pairs) else [value]:
                yield self._element(element)
        except TooDeep:
            raise too_deep(self._text, top.start) from None

    def look_into(self, top: Top) -> None:
        """Take up the objects of a value."""
        if top.value:
            for _ in self.elements(top):
                pass
        elif isinstance(top.value, Pairs):
            self._count += 1

    def _element(self, value: Json) -> _Object:
        if isinstance(value, Pairs):
            return self._members(value, 1, None)
        raw = self._value(value, 1, None)
        text = raw if isinstance(raw, str) else None if value is None else json.dumps(value)
        return _Object(NO_OBJECT, (), text, (), ())

    def _members(self, pairs: Pairs, depth: int, name: str | None) -> _Object:
        number = self._count
        self._count += 1
        names = self._text_of_names(pairs)
        plain = self._plain
        held: list[Raw] = [
            raw if type(raw) in plain else self._inside(raw, depth + 1, key)  # type: ignore[misc]
            for key, raw in pairs
        ]
        made = _Object(number, tuple(self._around), name, names, tuple(held))
        self.objects.append(made)
        return made

    def _inside(self, value: Json, depth: int, key: str) -> Raw:
        self._around.append(key)
        raw = self._value(value, depth, key)
        self._around.pop()
        return raw

    def _text_of_names(self, pairs: Pairs) -> tuple[str, ...]:
        names = tuple([name for name, _ in pairs])
        if self._has_surrogates:
            names = tuple(map(joined, names))
        return self._names.setdefault(names, names)

    def _value(self, value: Json, depth: int, name: str | None) -> Raw:
        if isinstance(value, str):
            return joined(value) if self._has_surrogates else value
        if not isinstance(value, list):
            return value
        if depth > DEEPEST:
            raise TooDeep
        if isinstance(value, Pairs):
            return self._object(value, depth, name)
        return tuple([self._value(item, depth + 1, None) for item in value])

    def _object(self, pairs: Pairs, depth: int, name: str | None) -> Raw:
        wrapped = _wrapped(pairs)
        if wrapped is not None:
            self._count += 1
            return tuple([self._value(item, depth + 1, None) for item in wrapped])
        made = self._members(pairs, depth, name)
        if len(made.names) == 2 and set(made.names) == {"value", "Value"}:
            return _enum(made.values)
        if made.names == ("Value",):
            return made.values[0]
        return reduced(None, None, made.names, made.values)


def _wrapped(value: Json) -> list[Json] | None:
    """Return the array that Windows PowerShell wrapped as {"value": [...], "Count": n}."""
    if not isinstance(value, Pairs) or len(value) != 2 or {name for name, _ in value} != _WRAPPER:
        return None
    inner = dict(value)["value"]
    return inner if isinstance(inner, list) and not isinstance(inner, Pairs) else None


def _enum(values: Sequence[Raw]) -> Raw:
    name = next((value for value in values if isinstance(value, str)), None)
    number = next((value for value in values if isinstance(value, int)), None)
    return enum(name, number)


def _fill(document: JsonDocument, held: list[_Object]) -> None:
    """Make records of the objects that are wanted, without what programs put beside their properties."""
    makers: dict[str, None] = {}
    for one in held:
        added = form(one.names)
        if added is None:
            document.add(None, one.text, one.names, one.values, one.number)
            continue
        makers.update(dict.fromkeys(added.makers))
        names = tuple([one.names[number] for number in added.kept])
        held_values = tuple([one.values[number] for number in added.kept])
        document.add(None, one.text, names, held_values, one.number, added.kept)
    around = dict.fromkeys(".".join(one.around) for one in held)
    if set(around) - {"", "value"}:
        shown = ", ".join(list(around)[:_MANY]) + (", …" if len(around) > _MANY else "")
        document.notes.append(f"read from a part of this file: {shown}")
    document.notes += left_out(makers)


def _surroundings(tops: list[Top], text: str, wanted: Wanted) -> Iterator[str]:
    """Tell of the text between the values. Raises `ExportError` where it holds what is wanted."""
    pieces, offset = [], 0
    for top in tops:
        # line breaks stay, so that lines are counted right
        pieces += [text[offset : top.start], "\n" * text.count("\n", top.start, top.end)]
        offset = top.end
    rest = "".join([*pieces, text[offset:]])
    left = wanted.left_in(rest)
    if left is not None:
        raise ExportError(f"{left.word} stands outside the JSON; keep one export per file", line=left.line)
    if rest.strip(" \t\r\n,;"):
        yield "the text around the JSON is left out"
    if "JSON is truncated" in rest:
        yield "it warns that values deeper than -Depth were cut; export again with ConvertTo-Json -Depth 3"
