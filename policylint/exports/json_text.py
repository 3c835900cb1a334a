"""JSON values and where they stand in a text, by the decoder of the standard library."""

import json
import re
from collections.abc import Iterator
from typing import NoReturn

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
