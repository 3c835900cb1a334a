"""What agents.toml and a table of builds may not say. Every function raises `pack.PackError` with file and line."""

import re
from collections.abc import Sequence

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from policylint.knowledge import Knowledge
from policylint.knowledge.agents.builds import build_of, number_of
from policylint.knowledge.pack.reading import At, Entry
from policylint.knowledge.pack.schema.agents import (
    AgentsFile,
    BuildTable,
    Meaning,
    NameEntry,
    PatternEntry,
    VersionRule,
)
from policylint.knowledge.releases import is_version, within


def check_agents(file: Entry, knowledge: Knowledge) -> None:
    """Check agents.toml against the families and sources of the knowledge, and its patterns against each other."""
    data: AgentsFile = file.model
    _check_sources(file, ("trust",), data.trust.sources, knowledge)
    for kind, entries in (("agents", data.agents), ("systems", data.systems)):
        for index, entry in enumerate(entries):
            _check_meaning(file, (kind, index), entry, knowledge)
            _check_pattern(file, (kind, index), entry, knowledge)
        _check_order(file, kind, entries)
    for kind, names in (("types", data.types), ("ids", data.ids)):
        for index, name in enumerate(names):
            _check_meaning(file, (kind, index), name, knowledge)
        _check_names(file, kind, names)


def check_builds(file: Entry, knowledge: Knowledge) -> None:
    """Check that every build can be told from its number, and has a version and a known source."""
    table: BuildTable = file.model
    _check_sources(file, (), table.sources, knowledge)
    seen: dict[str, str] = {}
    for source, builds in table.builds.items():
        _check_sources(file, ("builds", source), [source], knowledge)
        for build, version in builds.items():
            number = number_of(build)
            if number is None or build_of(number) != build:
                raise file.error(("builds", source, build), f"{build} is no build that a number could stand for")
            if not is_version(version):
                raise file.error(("builds", source, build), f"{version!r} is not a version")
            if build in seen:
                raise file.error(("builds", source, build), f"{build} is in [builds.{seen[build]}] already")
            seen[build] = source
    for source in table.models:
        _check_sources(file, ("models", source), [source], knowledge)


def _check_sources(file: Entry, at: At, sources: Sequence[str], knowledge: Knowledge) -> None:
    for name in sources:
        if name not in knowledge.sources:
            raise file.error((*at, "sources"), f"source {name!r} is not in sources.toml")


def _check_meaning(file: Entry, at: At, entry: Meaning, knowledge: Knowledge) -> None:
    _check_sources(file, at, entry.sources, knowledge)
    if bool(entry.candidates) != (entry.result in ("family", "candidates")):
        raise file.error((*at, "result"), "family and candidates need candidates, and nothing else has any")
    if entry.result == "family" and len({candidate.family for candidate in entry.candidates}) != 1:
        raise file.error((*at, "candidates"), "a result of one family cannot have candidates of several")
    for candidate in entry.candidates:
        family = knowledge.families.get(candidate.family)
        if family is None:
            raise file.error((*at, "candidates"), f"{candidate.family} is no family")
        _check_requirement(file, (*at, "candidates"), candidate.versions)
        if not within(family.targets, candidate.versions):
            raise file.error((*at, "candidates"), f"{candidate.versions} holds for no release of {candidate.family}")


def _check_requirement(file: Entry, at: At, versions: str | None) -> None:
    try:
        SpecifierSet(versions or "")
    except InvalidSpecifier:
        raise file.error(at, f"{versions!r} is not a version requirement") from None


def _check_pattern(file: Entry, at: At, entry: PatternEntry, knowledge: Knowledge) -> None:
    groups: set[str] = set()
    for key, pattern in (("pattern", entry.pattern), ("reads", entry.reads)):
        try:
            groups.update(re.compile(pattern or "").groupindex)
        except re.error as error:
            raise file.error((*at, key), f"not a regular expression: {error}") from None
    if entry.version:
        _check_version(file, (*at, "version"), entry, entry.version, knowledge)
    wanted = {
        "version": [entry.version.group] if entry.version else [],
        "hardware": entry.hardware.groups if entry.hardware else [],
        "shows": list(entry.shows),
    }
    for key, names in wanted.items():
        for name in names:
            if name not in groups:
                raise file.error((*at, key), f"{name} is no named group of the pattern")
    for key, texts in (("examples", entry.examples), ("imitated", entry.imitated)):
        for text in texts:
            if not re.search(entry.pattern, text):
                raise file.error((*at, key), f"{text!r} does not match its own pattern")


def _check_version(file: Entry, at: At, entry: PatternEntry, rule: VersionRule, knowledge: Knowledge) -> None:
    if (rule.decode == "build-number") != (rule.table is not None):
        raise file.error(at, "build-number needs a table, and nothing else has one")
    _check_requirement(file, at, rule.unconfirmed)
    for versions in (rule.means or {}).values():
        _check_requirement(file, at, versions)
        if not any(within(knowledge.families[each.family].targets, versions) for each in entry.candidates):
            raise file.error(at, f"{versions} holds for no release of a candidate")


def _check_order(file: Entry, kind: str, entries: Sequence[PatternEntry]) -> None:
    """Refuse an example that never reaches its entry, because an earlier pattern takes it."""
    for index, entry in enumerate(entries):
        for number, earlier in enumerate(entries[:index]):
            for text in (*entry.examples, *entry.imitated):
                if re.search(earlier.pattern, text):
                    place = f"pattern {number + 1} of {kind}, {earlier.pattern}"
                    raise file.error((kind, index, "examples"), f"{text!r} is taken by the earlier {place}")


def _check_names(file: Entry, kind: str, entries: Sequence[NameEntry]) -> None:
    seen: set[str] = set()
    for index, entry in enumerate(entries):
        if not entry.values and not entry.prefixes:
            raise file.error((kind, index), "neither values nor prefixes")
        for name in (*entry.values, *entry.prefixes):
            if name.casefold() in seen:
                raise file.error((kind, index), f"{name} is described twice")
            seen.add(name.casefold())
        for example in entry.examples:
            if example not in entry.values and not example.startswith(tuple(entry.prefixes)):
                raise file.error((kind, index, "examples"), f"{example!r} is not one of its own values")
