"""A table of builds, asked by the number in an agent, and of hardware, asked by name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from policylint.knowledge.agents.build_number import build_of, leading_of
from policylint.knowledge.pack.schema.agents import BuildTable

_BETWEEN = re.compile(r"(?<=[0-9])[C,_](?=[0-9])")


@dataclass(frozen=True, slots=True)
class Build:
    """What a number stands for; parts that cannot be told are None. `major` is known of more numbers than `version`."""

    build: str | None
    version: str | None
    major: int | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Device:
    """A name of hardware with its comma (`iPhone3,1`), the device it names, if known, and who says so."""

    name: str
    device: str | None
    sources: tuple[str, ...]


class Builds:
    """The table of one file, see `schema.agents.BuildTable`."""

    def __init__(self, table: BuildTable):
        self._versions = _flat(table.builds)
        self._models = _flat(table.models)
        self._majors = table.majors
        self._doubts = table.doubts
        self._sources = tuple(table.sources)

    def read(self, number: str) -> Build:
        """Decode a number. Any text may be asked."""
        build = build_of(number)
        version, source = self._versions.get(build or "", (None, None))
        sources = dict.fromkeys((*self._sources, *([source] if source else [])))
        return Build(build, version, self._majors.get(leading_of(number)), tuple(sources))

    def device(self, name: str) -> Device:
        """Look up a name of hardware, whatever stands between its two numbers."""
        key = _BETWEEN.sub("C", name)
        device, source = self._models.get(key, (None, None))
        if device and key in self._doubts:
            device += f"; {self._doubts[key]}"
        return Device(_BETWEEN.sub(",", key), device, (source,) if source else ())


def _flat(by_source: Mapping[str, Mapping[str, str]]) -> dict[str, tuple[str, str]]:
    return {key: (value, source) for source, entries in by_source.items() for key, value in entries.items()}
