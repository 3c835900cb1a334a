"""Which releases a device may be: first which program it is, then its release."""

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from policylint.knowledge.agents import Agents, Identification, together
from policylint.knowledge.evidence import DEVICES, EvidenceKinds


class Described(NamedTuple):
    """What an inventory or a log says of a device; None where it says nothing."""

    type: str | None = None
    os: str | None = None
    model: str | None = None
    agent: str | None = None
    client_type: str | None = None


class Recogniser:
    """Tells devices by what is said of them, and remembers: thousands of devices are said to be the same."""

    def __init__(self, agents: Agents, kinds: EvidenceKinds):
        self._agents = agents
        self._client_types = kinds[DEVICES].client_types
        self._described = lru_cache(maxsize=65536)(self._recognise)

    def recognise(self, described: Described, device_id: str | None = None) -> Identification:
        """Return what a device may be; no targets where it cannot be told."""
        found = self._described(described)
        if device_id and len(found.families) > 1:
            return _narrowed(found, self._agents.identify_id(device_id))
        return found

    def _recognise(self, described: Described) -> Identification:
        program = self._program(described)
        if described.os and program.kind != "imitation":
            return _released(program, self._agents.identify_os(described.os))
        return program

    def _program(self, described: Described) -> Identification:
        agents = self._agents
        called = self._client_types.get((described.client_type or "").casefold()) or described.type
        by_type = agents.identify_type(called) if called else None
        by_agent = agents.identify_agent(described.agent) if described.agent else None
        if by_type and by_agent:
            return together(by_agent, by_type, agents.trust["both"])
        found = by_type or by_agent
        if described.model and (found is None or found.kind == "unknown"):
            by_model = agents.identify_type(described.model)
            if by_model.kind != "unknown":
                return by_model
        return found or Identification("", "unknown", remarks=("nothing is said of the device",))


def _released(program: Identification, system: Identification) -> Identification:
    """Let the system name the release of a program whose releases are the system's: it is newer than any agent."""
    if program.kind == "unknown":
        return system if system.kind == "family" else program
    shared = [family for family in program.families if family in system.families]
    if not shared or not system.targets:
        return program
    named = {target.family for target in system.targets}
    targets = [target for target in program.targets if target.family not in named]
    targets += [target for target in system.targets if target.family in shared]
    ordered = sorted(targets, key=lambda target: (program.families.index(target.family), target.position))
    sources = dict.fromkeys((*program.sources, *system.sources))
    return replace(program, targets=tuple(ordered), version=system.version, sources=tuple(sources))


def _narrowed(program: Identification, by_id: Identification) -> Identification:
    families = tuple(family for family in program.families if family in by_id.families)
    if not families:
        return program
    targets = tuple(target for target in program.targets if target.family in families)
    return replace(program, families=families, targets=targets)
