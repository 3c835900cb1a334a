"""A table of builds, asked by the number in an agent, and of hardware, asked by name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase
from typing import Any

_BUILD = re.compile(r"(?P<leading>[0-9]{1,2})(?P<letter>[A-Z])(?P<count>[0-9]{1,6})(?P<small>[a-z]?)")
_NUMBER = re.compile(r"(?P<leading>[0-9]{1,2})(?P<letter>[0-9]{2})\.(?P<count>[0-9]{1,12})")
_WITH_SMALL = re.compile(r"(?P<count>[0-9]+)000(?P<small>[0-9]{2})")
_SHORTEST_WITH_SMALL = 6


def number_of(build: str) -> str | None:
    """Return the number that stands for a build, or None if the text is no build."""
    parts = _BUILD.fullmatch(build)
    if not parts:
        return None
    line = int(parts["leading"]) * 100 + ascii_uppercase.index(parts["letter"]) + 1
    small = f"000{ascii_lowercase.index(parts['small']) + 1:02d}" if parts["small"] else ""
    return f"{line}.{int(parts['count'])}{small}"


def build_of(number: str) -> str | None:
    """Return the build that a number stands for, or None if it stands for none."""
    parts = _NUMBER.fullmatch(number)
    if not parts:
        return None
    count, small = parts["count"], ""
    split = _WITH_SMALL.fullmatch(count) if len(count) >= _SHORTEST_WITH_SMALL else None
    if split:
        count, small = split["count"], _letter(ascii_lowercase, split["small"])
    letter = _letter(ascii_uppercase, parts["letter"])
    if not letter or (split and not small):
        return None
    return f"{int(parts['leading'])}{letter}{int(count)}{small}"


def leading_of(number: str) -> str:
    """Return the part of a number that a table of major versions is asked for."""
    return number.split(".")[0][:-2]


def _letter(alphabet: str, position: str) -> str:
    """Return the letter at a position that counts from 1, or nothing beyond the ends."""
    return alphabet[int(position) - 1] if 1 <= int(position) <= len(alphabet) else ""


_BETWEEN = re.compile(r"(?<=[0-9])[C,_](?=[0-9])")


@dataclass(frozen=True, slots=True)
class Build:
    """What a number stands for; parts that cannot be told are None. `major` is known of more numbers than `version`.

    `beyond` is the newest major version of the table, for a number that is newer than all in it.
    """

    build: str | None
    version: str | None
    major: int | None
    sources: tuple[str, ...]
    beyond: int | None = None


@dataclass(frozen=True, slots=True)
class Device:
    """A name of hardware with its comma (`iPhone3,1`), the device it names, if known, and who says so."""

    name: str
    device: str | None
    sources: tuple[str, ...]


class Builds:
    """The table of one file, see `schema.agents.BuildTable`."""

    def __init__(self, table: Mapping[str, Any]):
        self._versions = _flat(table["builds"])
        self._models = _flat(table["models"])
        self._majors = table["majors"]
        self._doubts = table["doubts"]
        self._sources = tuple(table["sources"])

    def read(self, number: str) -> Build:
        """Decode a number. Any text may be asked."""
        build = build_of(number)
        version, source = self._versions.get(build or "", (None, None))
        sources = dict.fromkeys((*self._sources, *([source] if source else [])))
        leading = leading_of(number)
        major = self._majors.get(leading)
        newest = max(self._majors, key=int)
        is_newer = build is not None and major is None and int(leading) > int(newest)
        return Build(build, version, major, tuple(sources), self._majors[newest] if is_newer else None)

    def device(self, name: str) -> Device:
        """Look up a name of hardware, whatever stands between its two numbers."""
        key = _BETWEEN.sub("C", name)
        device, source = self._models.get(key, (None, None))
        if device and key in self._doubts:
            device += f"; {self._doubts[key]}"
        return Device(_BETWEEN.sub(",", key), device, (source,) if source else ())


def _flat(by_source: Mapping[str, Mapping[str, str]]) -> dict[str, tuple[str, str]]:
    return {key: (value, source) for source, entries in by_source.items() for key, value in entries.items()}
