"""Reads what `ConvertTo-Json` makes: one object or an array of objects."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import NoReturn

from policylint.exports.dotnet import enum, reduced
from policylint.exports.error import ExportError
from policylint.exports.escapes import joined
from policylint.exports.record import Document, Raw, Record
from policylint.exports.text_document import Lines, TextDocument

_BLANK = re.compile(r"[ \t\n\r]*")


class Pairs(list["tuple[str, Json]"]):
    """The members of an object in the order of the text, names written twice included."""


Json = None | bool | int | float | str | list["Json"] | Pairs


class BadConstant(Exception):
    """NaN or Infinity, which Python's decoder would take."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def _refuse(name: str) -> NoReturn:
    raise BadConstant(name)


_DECODER = json.JSONDecoder(object_pairs_hook=Pairs, parse_constant=_refuse)


def value_at(text: str, offset: int) -> tuple[Json, int]:
    """Return the value that begins at `offset`, and the offset past its end.

    Raises `json.JSONDecodeError` (a `ValueError`), `BadConstant`, and `RecursionError` for very deep nesting.
    """
    value, end = _DECODER.raw_decode(text, offset)
    return value, end


def elements(text: str, start: int) -> tuple[list[tuple[int, Json]], int]:
    """Return the offset and the value of each element of the array at `start`, and the offset past its end.

    Raises as `value_at`.
    """
    found: list[tuple[int, Json]] = []
    offset = _after_blanks(text, start + 1)
    while not text.startswith("]", offset):
        value, end = value_at(text, offset)
        found.append((offset, value))
        offset = _after_separator(text, end, "]")
    return found, offset + 1


def members(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield the name of each member of the object at `start`, and the offset of its value. Raises as `value_at`."""
    offset = _after_blanks(text, start + 1)
    while not text.startswith("}", offset):
        name, end = value_at(text, offset)
        value_start = _after_blanks(text, _after_blanks(text, end) + 1)
        yield str(name), value_start
        offset = _after_separator(text, value_at(text, value_start)[1], "}")


def _after_separator(text: str, offset: int, close: str) -> int:
    """Return the offset of the next element, or of the closing bracket."""
    offset = _after_blanks(text, offset)
    if text.startswith(close, offset):
        return offset
    if not text.startswith(",", offset):
        raise json.JSONDecodeError("Expecting ',' delimiter", text, offset)
    offset = _after_blanks(text, offset + 1)
    if text.startswith(close, offset):
        raise json.JSONDecodeError("Expecting value", text, offset)
    return offset


def _after_blanks(text: str, offset: int) -> int:
    found = _BLANK.match(text, offset)
    return found.end() if found else offset


DEEPEST = 50
"""How many levels of objects and arrays a reader follows; `ConvertTo-Json` writes 2 unless told otherwise."""

_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def read(text: str, path: str) -> Document:
    """Read the text of a JSON file; the object, or each element of the array, becomes a record.

    Windows PowerShell may wrap the array as {"value": [...], "Count": n}. Properties written twice are kept
    twice. Arrays become tuples; objects inside values are reduced as `reduced` tells, enums written
    as {"value": 1, "Value": "Allow"} to `Enum`; dates and time spans written as text stay text. An
    element that is no object becomes a record without properties whose text is the value. Raises
    `ExportError` with line and column.
    """
    document = _JsonDocument(path, text)
    reader = _Reader(text)
    try:
        for start, value in _top(text):
            document.records.append(reader.record(value, start))
    except json.JSONDecodeError as error:
        raise _explained(error) from None
    except BadConstant as error:
        at = next(_outside_strings(text, re.escape(error.name)), 0)
        raise _located(f"{error.name} is not a value of JSON", text, at) from None
    except (RecursionError, _TooDeep):
        raise _located(f"values are nested more than {DEEPEST} deep, which no export is", text, _deep(text)) from None
    except ValueError:
        # The only other one is a number of thousands of digits, which Python refuses to convert.
        at = next(_outside_strings(text, r"\d{4300}"), 0)
        raise _located("there is a number with thousands of digits", text, at) from None
    return document


class _TooDeep(Exception):
    """A value nested more than `DEEPEST` deep."""


def _top(text: str) -> list[tuple[int, Json]]:
    """Return the offset and value of each object at the top."""
    start = len(text) - len(text.lstrip())
    if text.startswith("[", start):
        found, end = elements(text, start)
    else:
        value, end = value_at(text, start)
        found = [(start, value)]
        if _wrapped(value) is not None:
            found, _ = next(elements(text, at) for name, at in members(text, start) if name == "value")
    if rest := text[end:].lstrip():
        raise json.JSONDecodeError("Extra data", text, len(text) - len(rest))
    return found


def _wrapped(value: Json) -> list[Json] | None:
    """Return the array that Windows PowerShell wrapped as {"value": [...], "Count": n}."""
    if not isinstance(value, Pairs) or len(value) != 2 or {name for name, _ in value} != {"value", "Count"}:
        return None
    inner = dict(value)["value"]
    return inner if isinstance(inner, list) and not isinstance(inner, Pairs) else None


class _Reader:
    """Turns parsed JSON into records and raw values."""

    def __init__(self, text: str) -> None:
        # Python keeps a lone surrogate that is written as an escape; nearly every file has none at all.
        self._has_surrogates = _ESCAPED_SURROGATE.search(text) is not None
        self._plain: set[type] = {type(None), bool, int, float} | (set() if self._has_surrogates else {str})
        self._names: dict[tuple[str, ...], tuple[str, ...]] = {}

    def record(self, value: Json, start: int) -> Record:
        """Build the record of an element at offset `start`, which is its mark."""
        if not isinstance(value, Pairs):
            raw = self._value(value, 1)
            text = raw if isinstance(raw, str) else None if value is None else json.dumps(value)
            return Record(None, text, (), (), (), start)
        names = self._text_of_names(value)
        plain = self._plain
        values = [raw if type(raw) in plain else self._value(raw, 2) for _, raw in value]
        return Record(None, None, names, tuple(values), range(start + 1, start + 1 + len(names)), start)  # type: ignore[arg-type]

    def _text_of_names(self, pairs: Pairs) -> tuple[str, ...]:
        names = tuple([name for name, _ in pairs])
        if self._has_surrogates:
            names = tuple(map(joined, names))
        return self._names.setdefault(names, names)

    def _value(self, value: Json, depth: int) -> Raw:
        if isinstance(value, str):
            return joined(value) if self._has_surrogates else value
        if not isinstance(value, list):
            return value
        if depth > DEEPEST:
            raise _TooDeep
        if isinstance(value, Pairs):
            return self._object(value, depth)
        return tuple([self._value(item, depth + 1) for item in value])

    def _object(self, pairs: Pairs, depth: int) -> Raw:
        wrapped = _wrapped(pairs)
        if wrapped is not None:
            return tuple([self._value(item, depth + 1) for item in wrapped])
        names = self._text_of_names(pairs)
        values = [self._value(value, depth + 1) for _, value in pairs]
        if len(names) == 2 and set(names) == {"value", "Value"}:
            return _enum(values)
        if names == ("Value",):
            return values[0]
        return reduced(None, None, names, values)


def _enum(values: Sequence[Raw]) -> Raw:
    name = next((value for value in values if isinstance(value, str)), None)
    number = next((value for value in values if isinstance(value, int)), None)
    return enum(name, number)


def _explained(error: json.JSONDecodeError) -> ExportError:
    if error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string"):
        words = "the file ends in the middle of the export; it was cut off while it was written or copied"
    elif error.msg == "Extra data":
        words = "there is more text after the end of the export; keep one export per file"
    else:
        words = "the JSON is damaged here"
    return _located(words, error.doc, error.pos)


def _located(message: str, text: str, offset: int) -> ExportError:
    line, column = Lines(text).position(max(offset, 0))
    return ExportError(message, line=line, column=column)


def _deep(text: str) -> int:
    """Return the offset of the first bracket below the deepest level."""
    depth = 0
    for offset in _outside_strings(text, r"[\[{\]}]"):
        depth += 1 if text[offset] in "[{" else -1
        if depth > DEEPEST:
            return offset
    return 0


def _outside_strings(text: str, pattern: str) -> Iterator[int]:
    """Yield the offsets at which a pattern matches outside the texts in quotes."""
    for found in re.finditer(rf'"(?:[^"\\]|\\.)*+"|(?P<wanted>{pattern})', text):
        if found["wanted"]:
            yield found.start()


class _JsonDocument(TextDocument):
    """A document read from JSON.

    The mark of a record is its offset in the text, and the marks of its values follow: a value takes more
    characters than one, so they stay below the next record's. A place is found by reading one record again.
    """

    __slots__ = ()

    def __init__(self, path: str, text: str) -> None:
        super().__init__(path, "json", text)

    def _span(self, mark: int) -> tuple[int, int]:
        """Return the stretch of a value, without the quotes of a text; of an object that is a record, its bracket."""
        record = self.records[self._number(mark)]
        text, start = self._text, record.mark
        if mark > record.mark:
            for number, (_, at) in enumerate(members(text, start), record.mark + 1):
                if number == mark:
                    start = at
                    break
        elif record.names:
            return start, start + 1
        _, end = value_at(text, start)
        return (start + 1, end - 1) if text[start] == '"' else (start, end)
