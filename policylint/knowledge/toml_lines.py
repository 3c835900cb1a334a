"""Where a TOML file says something: tomllib gives values and no lines, and an error needs its line."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tomllib

_HEADER = re.compile(r"^\s*(\[\[|\[)\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
_NAME = re.compile(r"""\"[^"]*"|'[^']*'|[A-Za-z0-9_-]+""")
_KEY = re.compile(rf"^\s*((?:{_NAME.pattern})(?:\s*\.\s*(?:{_NAME.pattern}))*)\s*=")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|' + r"'[^']*'")
_TRIPLE = re.compile(r'"""|' + r"'''")


def complaint(error: "tomllib.TOMLDecodeError", text: str) -> tuple[int, str]:
    """Return the 1-based line at which a text is not TOML, and what is wrong there."""
    message, _, rest = str(error).partition(" (at line ")
    number = rest.split(",")[0]
    return int(number) if number.isdigit() else text.count("\n") + 1, message


def line_of(text: str, path: Sequence[str | int]) -> int:
    """Return the 1-based line of the deepest part of `path` that can be found, else 1.

    `path` is as pydantic reports it: `("support", 3, "sources", 0)` is the key `sources` of the fourth
    [[support]] table. Tables in subtables count within their parent.
    """
    best, depth = 1, 0
    for number, place in _walk(text):
        shared = 0
        for ours, theirs in zip(path, place, strict=False):
            if ours != theirs:
                break
            shared += 1
        if shared in (len(place), len(path)) and shared > depth:
            best, depth = number, shared
    return best


def _walk(text: str) -> list[tuple[int, tuple[str | int, ...]]]:
    """List each header and key with its line and its full path."""
    found: list[tuple[int, tuple[str | int, ...]]] = []
    table: tuple[str | int, ...] = ()
    counts: dict[tuple[str | int, ...], int] = {}
    lines = iter(enumerate(text.split("\n"), 1))
    for number, line in lines:
        if header := _HEADER.match(line):
            table = ()
            names = _names(header[2])
            for position, name in enumerate(names):
                table = (*table, name)
                if header[1] == "[[" and position == len(names) - 1:
                    counts[table] = counts.get(table, -1) + 1
                if table in counts:
                    table = (*table, counts[table])
            found.append((number, table))
        elif key := _KEY.match(line):
            found.append((number, (*table, *_names(key[1]))))
            _skip_value(line[key.end() :], lines)
    return found


def _names(dotted: str) -> list[str]:
    return [name.strip("\"'") for name in _NAME.findall(dotted)]


def _skip_value(value: str, lines: "enumerate[str]") -> None:
    """Step over the further lines of a multi-line string or array."""
    if triple := _TRIPLE.search(value):
        rest = value[triple.end() :]
        while triple[0] not in rest:
            rest = next(lines, (0, triple[0]))[1]
        return
    depth = _depth(value)
    while depth > 0:
        following = next(lines, None)
        if following is None:
            return
        depth += _depth(following[1])


def _depth(line: str) -> int:
    bare = _STRING.sub("", line).split("#", 1)[0]
    return bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
