"""Resolve the statements of a family file to its releases, and what it inherits from another family."""

from collections.abc import Container, Iterable
from typing import Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from policylint.knowledge.catalogue import Property
from policylint.knowledge.pack import schema
from policylint.knowledge.pack.reading import At, Entry, PackError, ReportError, guarded
from policylint.knowledge.pack.statements import check_conditions, check_merging
from policylint.knowledge.pack.written_values import check_support

SPAN = "@span"
"""In the sources of a support statement: the sources of the span that the release belongs to."""

SINGLE_FACTS = (
    "eas",
    "provisioning",
    "accounts",
    "merging",
    "wipe",
    "compliance",
    "irm",
    "password_levels",
    "servers",
)
MANY_FACTS = ("certificates", "level_tables", "known_bugs", "facts", "instead")

Compiled = dict[str, Any]


def check_sources(entry: Entry, known: Container[str], used: Iterable[str], at: At) -> None:
    """Refuse a source that no sources.toml describes."""
    for name in used:
        if name not in known:
            raise entry.error((*at, "sources"), f"source {name!r} is not in sources.toml")


class FamilyLinker:
    """Makes the compiled form of one family."""

    def __init__(self, entry: Entry, sources: Container[str], known: dict[str, Property], report: ReportError):
        self.entry = entry
        self.model: schema.FamilyFile = entry.model
        self._sources = sources
        self._known = known
        self._report = report
        self._releases: list[Compiled] = []
        self._versions: list[Version] = []
        self._cells: list[Compiled] = []
        self._support: dict[str, list[int]] = {}

    def link(self, parents: dict[str, Compiled]) -> Compiled:
        """Return the compiled form; `parents` holds that of the families it inherits from."""
        model = self.model
        self._link_spans()
        family: Compiled = {
            "family": model.family,
            "name": model.name,
            "product": model.product,
            "tags": model.tags,
            "common": model.common,
            "numbered_by": model.numbered_by,
            "note": model.note,
            "aliases": {},
            "sold_as": [word.casefold() for word in model.sold_as],
            "hardware": self._hardware(),
            "spans": [
                span.model_dump(mode="json", exclude_defaults=True, exclude={"releases"}) for span in model.spans
            ],
            "releases": self._releases,
        }
        for name, versions in model.aliases.items():
            with guarded(self._report):
                family["aliases"][name] = self._covered(versions, ("aliases", name))
        for name in SINGLE_FACTS:
            family[name] = self._single_fact(name)
        for name in MANY_FACTS:
            family[name] = self._many_facts(name)
        family["conflicts"] = self._conflicts()
        self._link_support()
        self._inherit(parents)
        return {**family, "cells": self._cells, "support": self._support}

    # --- releases

    def _link_spans(self) -> None:
        for index, span in enumerate(self.model.spans):
            at = ("spans", index)
            check_sources(self.entry, self._sources, span.sources, at)
            inside = self._specifier(span.versions, at)
            own = [self._version(release.version, at) for release in span.releases]
            for number, earlier in enumerate(self.model.spans[:index]):
                theirs = [
                    self._versions[position] for position, each in enumerate(self._releases) if each["span"] == number
                ]
                within = SpecifierSet(earlier.versions)
                if any(version in inside for version in theirs) or any(version in within for version in own):
                    raise self.entry.error((*at, "versions"), f"{span.versions} overlaps {earlier.versions}")
            for version, release in zip(own, span.releases, strict=True):
                if version not in inside:
                    raise self._misplaced(at, f"release {release.version} is outside its span {span.versions}")
                if self._versions and version <= self._versions[-1]:
                    last = self._versions[-1]
                    raise self._misplaced(
                        at, f"release {release.version} comes after {last}: oldest first, without overlap"
                    )
                self._versions.append(version)
                self._releases.append({**release.model_dump(mode="json"), "span": index})

    def _misplaced(self, at: At, message: str) -> PackError:
        return self.entry.error((*at, "releases"), message)

    def _version(self, text: str, at: At) -> Version:
        try:
            return Version(text)
        except InvalidVersion:
            raise self.entry.error((*at, "releases"), f"{text} is not a version") from None

    def _specifier(self, versions: str, at: At) -> SpecifierSet:
        try:
            return SpecifierSet(versions)
        except InvalidSpecifier:
            raise self.entry.error((*at, "versions"), f"{versions!r} is not a version requirement") from None

    def _covered(self, versions: schema.Versions, at: At) -> list[int]:
        """Return the indexes of the releases that a statement holds for."""
        if versions is None:
            return list(range(len(self._versions)))
        wanted = [self._specifier(each, at) for each in ([versions] if isinstance(versions, str) else versions)]
        found = [index for index, version in enumerate(self._versions) if any(version in each for each in wanted)]
        if not found:
            raise self.entry.error((*at, "versions"), f"{versions} holds for no release of {self.model.family}")
        return found

    # --- facts

    def _single_fact(self, name: str) -> list[Compiled | None]:
        """Return one fact (or None) for each release."""
        facts: list[Compiled | None] = [None] * len(self._releases)
        for index, statement in enumerate(getattr(self.model, name)):
            at = (name, index)
            with guarded(self._report):
                check_sources(self.entry, self._sources, statement.sources, at)
                if isinstance(statement, schema.Merging):
                    check_merging(self.entry, statement, at, self._known)
                fact = statement.model_dump(mode="json", exclude={"versions"}, exclude_defaults=True)
                for release in self._covered(statement.versions, at):
                    if facts[release] is not None:
                        raise self.entry.error(at, f"{name} of {self._label(release)} is stated twice")
                    facts[release] = fact
        if name == "provisioning" and None in facts:
            missing = self._label(facts.index(None))
            self._report(self.entry.error(("provisioning", 0), f"provisioning of {missing} is not stated"))
        return facts

    def _many_facts(self, name: str) -> list[Compiled]:
        facts = []
        for index, statement in enumerate(getattr(self.model, name)):
            at = (name, index)
            with guarded(self._report):
                check_sources(self.entry, self._sources, statement.sources, at)
                if isinstance(statement, schema.KnownBug):
                    check_conditions(self.entry, statement, at, self._known)
                fact = statement.model_dump(mode="json", exclude_defaults=True)
                facts.append({**fact, "releases": self._covered(statement.versions, at)})
        return facts

    def _label(self, release: int) -> str:
        return f"{self.model.family} {self._releases[release]['version']}"

    def _conflicts(self) -> list[Compiled]:
        found = []
        for index, statement in enumerate(self.model.conflicts):
            at = ("conflicts", index)
            with guarded(self._report):
                for number, side in enumerate(statement.sides):
                    check_sources(self.entry, self._sources, side.sources, (*at, "sides", number))
                for name in statement.properties:
                    if name not in self._known:
                        raise self.entry.error((*at, "properties"), f"{name} is no property")
                plain = statement.model_dump(mode="json", exclude_defaults=True)
                found.append({**plain, "releases": self._covered(statement.versions, at)})
        return found

    def _hardware(self) -> list[Compiled]:
        for index, statement in enumerate(self.model.hardware):
            at = ("hardware", index)
            with guarded(self._report):
                check_sources(self.entry, self._sources, statement.sources, at)
                self._version(statement.came_with, at)
        return [statement.model_dump(mode="json", exclude_defaults=True) for statement in self.model.hardware]

    # --- support

    def _link_support(self) -> None:
        for index, statement in enumerate(self.model.support):
            with guarded(self._report):
                self._link_statement(statement, ("support", index))

    def _link_statement(self, statement: schema.SupportEntry, at: At) -> None:
        self._check_statement(statement, at)
        plain = statement.model_dump(
            mode="json", exclude={"versions", "properties"}, exclude_defaults=True, exclude_none=True
        )
        seen: dict[tuple[str, ...], int] = {}
        for release in self._covered(statement.versions, at):
            sources = tuple(self._cell_sources(statement.sources, release, at))
            if sources not in seen:
                seen[sources] = self._add_cell({**plain, "sources": list(sources)})
            for name in statement.properties:
                row = self._row(name)
                if row[release] != -1:
                    raise self.entry.error(at, f"{name} on {self._label(release)} is stated twice")
                row[release] = seen[sources]

    def _add_cell(self, cell: Compiled) -> int:
        self._cells.append(cell)
        return len(self._cells) - 1

    def _row(self, name: str) -> list[int]:
        return self._support.setdefault(name, [-1] * len(self._releases))

    def _cell_sources(self, sources: list[str], release: int, at: At) -> list[str]:
        resolved: list[str] = []
        for source in sources:
            if source == SPAN:
                own = self.model.spans[self._releases[release]["span"]].sources
                if not own:
                    raise self.entry.error((*at, "sources"), f"{SPAN} stands for a span without sources")
                resolved += own
            else:
                resolved.append(source)
        return resolved

    def _check_statement(self, statement: schema.SupportEntry, at: At) -> None:
        used = [source for source in statement.sources if source != SPAN]
        check_sources(self.entry, self._sources, used, at)
        for name in statement.properties:
            known = self._known.get(name)
            if known is None or known.kind == "identity":
                raise self.entry.error((*at, "properties"), f"{name} is no property that a device could meet")
            check_support(self.entry, statement, at, known)
        if statement.support == "partial" and not statement.note:
            raise self.entry.error(at, "a partial cell must say in its note how")
        if (statement.evidence is None) != (statement.support == "unknown"):
            raise self.entry.error(at, "every cell but an unknown one has evidence: documented or inferred")
        if (statement.value is not None) != (statement.support == "must-be"):
            raise self.entry.error(at, "value belongs to must-be, and must-be needs one")

    # --- inheritance

    def _inherit(self, parents: dict[str, Compiled]) -> None:
        """Fill the cells that the family does not state itself from the release of another family."""
        for index, statement in enumerate(self.model.inherits):
            with guarded(self._report):
                self._inherit_from(parents.get(statement.family), statement, ("inherits", index))

    def _inherit_from(self, parent: Compiled | None, statement: schema.Inheritance, at: At) -> None:
        check_sources(self.entry, self._sources, statement.sources, at)
        positions = [each["version"] for each in parent["releases"]] if parent else []
        if parent is None or statement.release not in positions:
            raise self.entry.error(at, f"{statement.family} {statement.release} is no release to inherit from")
        position = positions.index(statement.release)
        covered = self._covered(statement.versions, at)
        for name, row in parent["support"].items():
            if row[position] < 0 or (statement.properties and name not in statement.properties):
                continue
            open_releases = [release for release in covered if self._row(name)[release] < 0]
            if open_releases:
                cell = self._add_cell(_inherited(parent["cells"][row[position]], statement))
                for release in open_releases:
                    self._row(name)[release] = cell


def _inherited(cell: Compiled, statement: schema.Inheritance) -> Compiled:
    """Return a cell of another family as this one's: with its own evidence and sources, and a note on its descent."""
    note = " ".join(part for part in (cell.get("note"), statement.note) if part)
    own = {**cell, "note": note, "sources": statement.sources, "inherited": f"{statement.family} {statement.release}"}
    return own if cell["support"] == "unknown" else {**own, "evidence": statement.evidence}
