"""The entries of agents.toml in their compiled form: what a text of a client stands for, and what is read from it.

`pack.schema.agents` says what each part means and may hold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Candidate:
    """A family, or those of its releases that meet a requirement."""

    family: str
    versions: str | None


@dataclass(frozen=True, slots=True)
class VersionRule:
    """How the version of the client follows from what one named group matched."""

    group: str
    decode: str
    table: str | None
    means: Mapping[str, str] | None
    unconfirmed: str | None


@dataclass(frozen=True, slots=True)
class Hardware:
    """The groups that make up the name of the hardware, and the table that knows it."""

    groups: Sequence[str]
    table: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a text of a client stands for; `client` names one that is no family here."""

    result: Literal["family", "candidates", "imitation", "no-family"]
    client: str | None
    candidates: Sequence[Candidate]
    note: str | None
    sources: Sequence[str]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern for whole texts, and what to read from those it matches."""

    meaning: Meaning
    pattern: str
    reads: str | None
    version: VersionRule | None
    hardware: Hardware | None
    shows: Mapping[str, str]
    imitated: Sequence[str]
    examples: Sequence[str]


@dataclass(frozen=True, slots=True)
class Names:
    """Whole values, or how they begin."""

    meaning: Meaning
    values: Sequence[str]
    prefixes: Sequence[str]
    platform: str | None
    examples: Sequence[str]


def pattern_of(entry: Mapping[str, Any]) -> Pattern:
    """Read the compiled form of an [[agents]] or [[systems]] table."""
    version, hardware = entry["version"], entry["hardware"]
    return Pattern(
        _meaning_of(entry),
        entry["pattern"],
        entry["reads"],
        version and VersionRule(**version),
        hardware and Hardware(**hardware),
        entry["shows"],
        entry["imitated"],
        entry["examples"],
    )


def names_of(entry: Mapping[str, Any]) -> Names:
    """Read the compiled form of a [[types]] or [[ids]] table."""
    return Names(_meaning_of(entry), entry["values"], entry["prefixes"], entry["platform"], entry["examples"])


def _meaning_of(entry: Mapping[str, Any]) -> Meaning:
    candidates = [Candidate(**candidate) for candidate in entry["candidates"]]
    return Meaning(entry["result"], entry["client"], candidates, entry["note"], entry["sources"])
