"""Values in the text of JSON: one at an offset, the members of an object, or a sequence of values among other text."""

import json
import re
from collections.abc import Iterator
from typing import NamedTuple, NoReturn

from policylint.exports.error import ExportError
from policylint.exports.text_document import Lines


class Pairs(list["tuple[str, Json]"]):
    """The members of an object in the order of the text, names written twice included."""


Json = None | bool | int | float | str | list["Json"] | Pairs


class _BadConstant(Exception):
    """NaN or Infinity, which Python's decoder would take."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def _refuse(name: str) -> NoReturn:
    raise _BadConstant(name)


_DECODER = json.JSONDecoder(object_pairs_hook=Pairs, parse_constant=_refuse)

DEEPEST = 50
"""How many levels of objects and arrays a reader follows; `ConvertTo-Json` writes 2 unless told otherwise."""


class TooDeep(Exception):
    """A value nested more than `DEEPEST` deep."""


class Top(NamedTuple):
    """A value that stands for itself in the text, from its first character to the one past its last."""

    value: Json
    start: int
    end: int


_STRING = r'"(?:[^"\\]++|\\.)*+"'
_BLANK = r"[ \t\n\r]*+"
_AFTER = re.compile(r"[\s,;]*+")
_LINE = re.compile(r"^[ \t]*+(?=[{\[])", re.MULTILINE)
_BEGUN = re.compile(rf"{_BLANK}(?:\[{_BLANK})*+\{{{_BLANK}{_STRING}{_BLANK}:")
"""An object that has a name in it: what begins like this is JSON, and other brackets may be anything."""

_MOST_FAILURES = 20
"""How many lines that begin with a bracket are tried and found to be no JSON, before the rest is not looked at."""


def values(text: str, *, only: bool) -> Iterator[Top]:
    """Yield the values of a text: with `only`, the one that it is, else every object and array that begins a line.

    Raises `ExportError` where a value is damaged, and where something follows the only one.
    """
    offset, failures = 0, 0
    while True:
        start = _next(text, offset, only)
        if start is None:
            return
        try:
            value, end = _DECODER.raw_decode(text, start)
        except (ValueError, RecursionError, _BadConstant) as error:
            failures += 1
            offset = text.find("\n", start) + 1
            if only or not offset or failures > _MOST_FAILURES or _BEGUN.match(text, start):
                raise _why(error, text, start) from None
            continue
        yield Top(value, start, end)
        if only and (rest := text[end:].lstrip()):
            raise _explained(json.JSONDecodeError("Extra data", text, len(text) - len(rest)))
        offset = end


def _next(text: str, offset: int, only: bool) -> int | None:
    after = _AFTER.match(text, offset)
    start = after.end() if after else offset
    if start < len(text) and (only or text[start] in "[{"):
        return start
    line = None if only else _LINE.search(text, offset)
    return line.end() if line else None


def _why(error: Exception, text: str, start: int) -> ExportError:
    """Say why the value that begins at an offset cannot be decoded."""
    if isinstance(error, json.JSONDecodeError):
        return _explained(error)
    if isinstance(error, _BadConstant):
        at = next(_outside_strings(text, re.escape(error.name), start), start)
        return _located(f"{error.name} is not a value of JSON", text, at)
    if isinstance(error, RecursionError):
        return too_deep(text, start)
    # The only other one is a number of thousands of digits, which Python refuses to convert.
    at = next(_outside_strings(text, r"\d{4300}", start), start)
    return _located("there is a number with thousands of digits", text, at)


_MEMBER = re.compile(rf'{_BLANK}{_STRING}{_BLANK}:{_BLANK}(?:(?P<value>{_STRING}|[^\s"\[\]{{}},]++){_BLANK}[,}}])?+')
_SEPARATOR = re.compile(rf"{_BLANK}[,}}]")


def members(text: str, start: int) -> list[tuple[int, int]]:
    """Return the offsets at which the value of each member of a well-formed object begins and ends."""
    found: list[tuple[int, int]] = []
    offset = start + 1
    while member := _MEMBER.match(text, offset):
        if member["value"] is not None:
            found.append(member.span("value"))
            offset = member.end()
        else:
            _, end = _DECODER.raw_decode(text, member.end())
            found.append((member.end(), end))
            separator = _SEPARATOR.match(text, end)
            offset = separator.end() if separator else end
    return found


_OPENS = re.compile(rf'(?:[^"{{]++|{_STRING})*+\{{')


def objects(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the offset of each object of a well-formed value, an outer one before those in it."""
    # matched from one object to the next, and never searched for: behind the last one each search would start anew
    while found := _OPENS.match(text, start, end):
        start = found.end()
        yield start - 1


def too_deep(text: str, start: int) -> ExportError:
    """Build the error for a value that is nested more than `DEEPEST` deep."""
    depth = 0
    for offset in _outside_strings(text, r"[\[{\]}]", start):
        depth += 1 if text[offset] in "[{" else -1
        if depth > DEEPEST:
            break
    return _located(f"values are nested more than {DEEPEST} deep, which no export is", text, offset)


def _outside_strings(text: str, pattern: str, start: int) -> Iterator[int]:
    """Yield the offsets at which a pattern matches outside the texts in quotes."""
    for found in re.compile(rf"{_STRING}|(?P<wanted>{pattern})").finditer(text, start):
        if found["wanted"]:
            yield found.start()


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
