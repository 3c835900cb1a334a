"""Device families: their releases, and what each release does with each property."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from policylint.knowledge.catalogue import Property
from policylint.knowledge.observed import EVIDENCE, Observed, observed_of
from policylint.values import Value


def first_sentence(note: str | None) -> str | None:
    """Return the first sentence of a note, without its full stop: a note opens with its reason in short."""
    return note.split(". ", 1)[0].rstrip(".") if note else None


class Condition(NamedTuple):
    """When a cell refuses; every part given must hold. `equals` and bounds are as the pack writes them."""

    equals: tuple[Any, ...] | None = None
    above: Any = None
    below: Any = None
    hardware: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """What a target does with a property, how that is known, and from where.

    `inherited` names the target of another family that it was taken from. `observed` is what was seen in one's own
    organisation: for the values within, it stands in place of the cell.
    """

    support: str
    evidence: str | None
    note: str | None
    sources: tuple[str, ...]
    value: Any = None
    blocks: Condition | None = None
    limits: dict[str, Any] | None = None
    ungated: bool = False
    meaning: str | None = None
    scope: str | None = None
    inherited: str | None = None
    observed: tuple[Observed, ...] = ()

    def at(self, known: Property, value: Value) -> "Cell":
        """Return the cell that holds for a value: what was observed of it, a refusal first, or this one."""
        seen = self._seen(known, value)
        if seen is None:
            return self
        return Cell(
            seen.support,
            EVIDENCE,
            seen.note,
            (seen.source,),
            limits=self.limits,
            ungated=self.ungated,
            meaning=self.meaning,
            scope=self.scope,
        )

    def devices_seen(self, known: Property, value: Value) -> int:
        """Return on how many devices was observed what holds for a value; 0 where nothing was."""
        seen = self._seen(known, value)
        return seen.devices if seen is not None else 0

    def _seen(self, known: Property, value: Value) -> Observed | None:
        found = [each for each in self.observed if each.within.holds(known, value)]
        return min(found, key=lambda each: each.support != "blocks", default=None)

    @property
    def claim(self) -> str | None:
        """The first sentence of the note: the reason in short."""
        return first_sentence(self.note)


UNKNOWN = Cell("unknown", None, None, ())


class Provisioning(NamedTuple):
    """What a client does when asked to provision: `ability`, and what holds while the gate is open."""

    ability: str
    gate_open: str
    evidence: str | None
    note: str | None
    sources: tuple[str, ...]


class Instead(NamedTuple):
    """What else brings about what a client does not do; its sources are ids."""

    text: str
    evidence: str
    sources: tuple[str, ...]


class Target:
    """One release of a family: what a policy is judged for. `position` counts within the family.

    `date` is when it came out, as precise as known; `current` tells whether it is still sold or serviced.
    """

    __slots__ = ("current", "date", "family", "position", "version")

    def __init__(self, family: "Family", position: int, release: dict[str, Any]) -> None:
        self.family = family
        self.position = position
        self.version: str = release["version"]
        self.date: str | None = release.get("date")
        self.current: bool = release["current"]

    @property
    def label(self) -> str:
        """How the target is printed, and queried: `windows-phone 7.5`."""
        return f"{self.family.id} {self.version}"

    @property
    def common(self) -> bool:
        """Whether most organisations see it: a release in service of a line that is common."""
        return self.current and self.family.common

    @property
    def provisioning(self) -> Provisioning:
        """What this release does when asked to provision."""
        return self.family.provisioning[self.position]

    @property
    def span(self) -> dict[str, Any]:
        """The span entry of this release."""
        entry: dict[str, Any] = self.family.entry["spans"][self.family.entry["releases"][self.position]["span"]]
        return entry

    def cell(self, key: str) -> Cell:
        """Return what this target does with a property; `UNKNOWN` where nothing is said."""
        row = self.family.support.get(key)
        return UNKNOWN if row is None or row[self.position] < 0 else self.family.cells[row[self.position]]

    def fact(self, name: str) -> dict[str, Any] | None:
        """Return one of the facts of the span (`eas`, `accounts`, …), if known."""
        found: dict[str, Any] | None = self.family.entry[name][self.position]
        return found

    def instead(self, key: str | None) -> list[Instead]:
        """List what helps where the target does not do what a property asks, or does nothing of a policy (None)."""
        return [
            Instead(entry["text"], entry["evidence"], tuple(entry["sources"]))
            for entry in self.family.entry["instead"]
            if self.position in entry["releases"] and (not entry.get("properties") or key in entry["properties"])
        ]

    def facts(self, name: str) -> list[dict[str, Any]]:
        """List what is stated of the release under a name: at most one fact of most, and any number of some."""
        entries: list[dict[str, Any] | None] = self.family.entry[name]
        if any(entry is not None and "releases" in entry for entry in entries):
            return [entry for entry in entries if entry is not None and self.position in entry["releases"]]
        fact = entries[self.position] if entries else None
        return [fact] if fact else []


HEAD = (
    "family",
    "name",
    "product",
    "tags",
    "note",
    "common",
    "numbered_by",
    "sold_as",
    "aliases",
    "releases",
)
"""What of an entry is needed of every family, to choose among them."""


class Family:
    """A client line: its releases oldest first, and the support cells they share.

    `product` is what people call it, in short. `numbered_by` is the platform whose version numbers they bear; `sold_as`
    holds the words that names of its hardware begin with.

    It is made of its compiled entry, or of the `HEAD` of that with the whole entry as a `line` of JSON, which is parsed
    when something else is asked of it: a run asks it of the few families that it judges for.
    """

    def __init__(self, head: dict[str, Any]) -> None:
        self._head = head
        self.id: str = head["family"]
        self.name: str = head["name"]
        self.product: str | None = head["product"]
        self.tags = tuple(head["tags"])
        self.note: str | None = head["note"]
        self.common: bool = head["common"]
        self.numbered_by: str | None = head["numbered_by"]
        self.sold_as = tuple(head["sold_as"])
        self.aliases: dict[str, list[int]] = head["aliases"]
        self.targets = [Target(self, position, release) for position, release in enumerate(head["releases"])]

    @cached_property
    def entry(self) -> dict[str, Any]:
        """The compiled entry."""
        return json.loads(self._head["line"]) if "line" in self._head else self._head

    @cached_property
    def support(self) -> dict[str, list[int]]:
        """For each property that is spoken of, the number of the cell of each release; -1 where nothing is said."""
        found: dict[str, list[int]] = self.entry["support"]
        return found

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """What the releases do."""
        return tuple(map(_cell, self.entry["cells"]))

    @cached_property
    def provisioning(self) -> tuple[Provisioning, ...]:
        """What each release does when asked to provision."""
        return tuple(map(_provisioning, self.entry["provisioning"]))


def _provisioning(entry: dict[str, Any]) -> Provisioning:
    return Provisioning(
        entry["ability"],
        entry["gate_open"],
        entry.get("evidence"),
        entry.get("note"),
        tuple(entry.get("sources", ())),
    )


def _cell(entry: dict[str, Any]) -> Cell:
    blocks = entry.get("blocks")
    if blocks:
        equals = blocks.get("equals")
        blocks = Condition(**{**blocks, "equals": tuple(equals) if equals is not None else None})
    named = {
        name: entry[name] for name in ("value", "limits", "ungated", "meaning", "scope", "inherited") if name in entry
    }
    return Cell(
        entry["support"],
        entry.get("evidence"),
        entry.get("note"),
        tuple(entry["sources"]),
        blocks=blocks,
        observed=observed_of(entry.get("observed", ())),
        **named,
    )
