"""Look up what a client sent: the first pattern that matches decides."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from policylint.knowledge.agents.answer import Identification
from policylint.knowledge.agents.builds import Builds, Device
from policylint.knowledge.agents.entries import Meaning, Names, Pattern, names_of, pattern_of
from policylint.knowledge.agents.reading import Reading, narrowed, possible, read_version
from policylint.knowledge.families import Family, Target


def named(text: str, entries: Iterable[Names], fold: Callable[[str], str] = str) -> Names | None:
    """Return the entry of a value, comparing what `fold` makes of both sides."""
    entries, text = tuple(entries), fold(text)
    for entry in entries:
        if any(fold(value) == text for value in entry.values):
            return entry
    return next((entry for entry in entries if any(text.startswith(fold(each)) for each in entry.prefixes)), None)


LONGEST = 1000
"""Longer texts are no agent; patterns are not tried on them."""


class Agents:
    """Everything known of what clients call themselves. Its questions answer any text and raise nothing."""

    def __init__(self, compiled: Mapping[str, Any], families: dict[str, Family]):
        self.agents = [pattern_of(entry) for entry in compiled["agents"]]
        self.systems = [pattern_of(entry) for entry in compiled["systems"]]
        self.types = [names_of(entry) for entry in compiled["types"]]
        self.ids = [names_of(entry) for entry in compiled["ids"]]
        self.trust: Mapping[str, Any] = compiled["trust"]
        self._tables = {name: Builds(table) for name, table in compiled["tables"].items()}
        self._families = families
        self._of_agents = [_Compiled(entry) for entry in self.agents]
        self._of_systems = [_Compiled(entry) for entry in self.systems]

    def identify_agent(self, agent: str) -> Identification:
        """Tell which device sends a user agent, as it is or as a log of IIS writes it, with a plus for each blank."""
        asked = agent.strip()
        found = self._by_pattern(asked, self._of_agents, self.trust["agent"])
        if found.kind == "unknown" and "+" in asked and " " not in asked:
            found = self._by_pattern(asked.replace("+", " "), self._of_agents, self.trust["agent"])
        return found

    def identify_os(self, device_os: str) -> Identification:
        """Tell which device has a DeviceOS, and its version; it is kept up to date better than the agent."""
        return self._by_pattern(device_os.strip(), self._of_systems)

    def identify_type(self, device_type: str) -> Identification:
        """Tell which devices have a DeviceType. A type never holds a version."""
        return self._by_name(device_type.strip(), self.types, self.trust["type"])

    def identify_id(self, device_id: str) -> Identification:
        """Tell which client makes DeviceIds of this kind; few clients put their name into them."""
        return self._by_name(device_id.strip(), self.ids)

    def _by_pattern(self, text: str, patterns: "Sequence[_Compiled]", trust: str | None = None) -> Identification:
        if len(text) > LONGEST:
            return _too_long(text)
        for pattern in patterns:
            groups = pattern.match(text)
            if groups is not None:
                return self._read(text, pattern.entry, groups, trust)
        return Identification(text, "unknown", remarks=("no pattern of the knowledge matches it",))

    def _read(self, text: str, entry: Pattern, groups: dict[str, str], trust: str | None) -> Identification:
        reading = read_version(entry.version, groups, self._tables) if entry.version else Reading()
        targets, remarks = narrowed(possible(entry.meaning.candidates, self._families), reading)
        hardware = self._hardware(entry, groups)
        shown = (
            *reading.shown,
            *((("hardware", f"{hardware.name} ({hardware.device or 'not known'})"),) if hardware else ()),
            *((label, groups[name]) for name, label in entry.shows.items() if groups.get(name)),
        )
        imitated = (
            ("another client is known to send exactly this, posing as this one",) if text in entry.imitated else ()
        )
        answer = self._answer(text, entry.meaning, targets, trust)
        return replace(
            answer,
            version=reading.version,
            shown=shown,
            remarks=(*remarks, *imitated),
            sources=_once(answer.sources, reading.sources, hardware.sources if hardware else ()),
        )

    def _hardware(self, entry: Pattern, groups: dict[str, str]) -> Device | None:
        wanted = entry.hardware
        if wanted is None or not all(groups.get(name) for name in wanted.groups):
            return None
        return self._tables[wanted.table].device("".join(groups[name] for name in wanted.groups))

    def _by_name(self, text: str, entries: Sequence[Names], trust: str | None = None) -> Identification:
        if len(text) > LONGEST:
            return _too_long(text)
        remark: tuple[str, ...] = ()
        entry = named(text, entries)
        if entry is None:
            # clients, logs and server code are not at one about capitals
            entry, remark = named(text, entries, str.casefold), ("the knowledge spells it with other capitals",)
        if entry is None:
            return Identification(text, "unknown", remarks=("the knowledge does not have this value",))
        answer = self._answer(text, entry.meaning, possible(entry.meaning.candidates, self._families), trust)
        return replace(answer, platform=entry.platform, remarks=remark)

    def _answer(self, text: str, entry: Meaning, targets: tuple[Target, ...], trust: str | None) -> Identification:
        families = dict.fromkeys(self._families[candidate.family] for candidate in entry.candidates)
        return Identification(
            text,
            entry.result,
            families=tuple(families),
            targets=targets,
            trust=trust if families else None,
            client=entry.client,
            note=entry.note,
            sources=tuple(entry.sources),
        )


def _too_long(text: str) -> Identification:
    return Identification(text, "unknown", remarks=(f"it is longer than {LONGEST} characters, and was not looked up",))


def _once(*lists: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for some in lists for each in some))


class _Compiled:
    """A compiled pattern with what it reads besides."""

    def __init__(self, entry: Pattern):
        self.entry = entry
        self._pattern = re.compile(entry.pattern)
        self._reads = re.compile(entry.reads) if entry.reads else None

    def match(self, text: str) -> dict[str, str] | None:
        """Return the named groups that matched, or None if the pattern does not match."""
        matched = self._pattern.search(text)
        if not matched:
            return None
        also = self._reads.search(text) if self._reads else None
        groups = {**matched.groupdict(), **(also.groupdict() if also else {})}
        return {name: value for name, value in groups.items() if value is not None}
