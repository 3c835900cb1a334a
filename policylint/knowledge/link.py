"""Join the checked files of a pack into its compiled form, and refuse what does not fit together.

The compiled form is a dict of plain JSON values:

- `pack`: name, version, as_of; `sources`: id to title, url, date;
- `properties`: the entries of properties.toml, defaults left out;
- `families`: each with its `releases`; every statement resolved to the releases it holds for. `cells` lists the
  distinct support cells, `support` maps a property to one index into `cells` for each release (-1: unknown, nothing
  is said).
- `rules`: the entries of checks/.
"""

from collections.abc import Iterable
from typing import Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from policylint.knowledge import schema
from policylint.knowledge.pack import PackFiles, TomlFile

SPAN = "@span"
"""In the sources of a support statement: the sources of the span that the release belongs to."""

SINGLE_FACTS = (
    "eas",
    "provisioning",
    "accounts",
    "certificates",
    "wipe",
    "compliance",
    "irm",
    "password_levels",
    "servers",
)
MANY_FACTS = ("level_tables", "known_bugs")


def link(files: PackFiles) -> dict[str, Any]:
    """Return the compiled form of a pack. Raises `PackError` with file and line."""
    assert files.properties is not None
    keys = _check_properties(files.properties, files.sources)
    return {
        "pack": files.pack.model.model_dump(mode="json"),
        "sources": {name: _source(source) for name, source in files.sources.items()},
        "properties": [
            entry.model_dump(mode="json", exclude_defaults=True) for entry in files.properties.model.properties
        ],
        "families": _families(files, keys),
        "rules": _rules(files, keys),
    }


def _source(source: schema.Source) -> dict[str, str | None]:
    url = source.url
    if url is None and source.repository and source.path:
        url = f"https://github.com/{source.repository}/blob/{source.commit or 'HEAD'}/{source.path}"
    return {"title": source.title, "url": url, "date": source.date}


def _check_sources(file: TomlFile, known: Iterable[str], used: Iterable[str], at: tuple[str | int, ...]) -> None:
    for name in used:
        if name not in known:
            raise file.error((*at, "sources"), f"source {name!r} is not in sources.toml")


def _check_properties(file: TomlFile, sources: dict[str, schema.Source]) -> dict[str, str]:
    """Check the catalogue and return key to kind."""
    kinds: dict[str, str] = {}
    spelled: dict[str, str] = {}
    for index, entry in enumerate(file.model.properties):
        at = ("properties", index)
        if entry.key in kinds:
            raise file.error(at, f"property {entry.key} is described twice")
        kinds[entry.key] = entry.kind
        for name in {entry.key, entry.activesync, entry.mobiledevice} - {None}:
            if spelled.setdefault(name.casefold(), entry.key) != entry.key:
                raise file.error(at, f"the spelling {name} belongs to {spelled[name.casefold()]} already")
        _check_sources(file, sources, entry.sources, at)
        if entry.range:
            _check_sources(file, sources, entry.range.sources, (*at, "range"))
        for number, also in enumerate(entry.also_range):
            _check_sources(file, sources, also.sources, (*at, "also_range", number))
        for number, default in enumerate(entry.defaults):
            _check_sources(file, sources, [default.source], (*at, "defaults", number))
        if entry.type == "enum" and not entry.members:
            raise file.error(at, f"{entry.key} is an enum without members")
    for index, entry in enumerate(file.model.properties):
        related = [*([entry.gate] if entry.gate else []), *entry.moot_with]
        for name in [*(relation.property for relation in related), *filter(None, [entry.same_flag_as])]:
            if name not in kinds:
                raise file.error(("properties", index), f"{entry.key} refers to {name}, which is no property")
    return kinds


# --- families


def _families(files: PackFiles, kinds: dict[str, str]) -> list[dict[str, Any]]:
    families: list[dict[str, Any]] = []
    names: dict[str, str] = {}
    for file in files.families:
        family = _Linker(file, files.sources, kinds).family()
        for name in (family["family"], *family["aliases"]):
            if name in names:
                raise file.error(("family",), f"the name {name} is taken by {names[name]} already")
            names[name] = family["family"]
        families.append(family)
    return families


class _Linker:
    """Resolves the statements of one family file to releases."""

    def __init__(self, file: TomlFile, sources: dict[str, schema.Source], kinds: dict[str, str]):
        self.file = file
        self.model: schema.FamilyFile = file.model
        self.sources = sources
        self.kinds = kinds
        self.releases: list[dict[str, Any]] = []
        self.versions: list[Version] = []

    def family(self) -> dict[str, Any]:
        model = self.model
        self._spans()
        family: dict[str, Any] = {
            "family": model.family,
            "name": model.name,
            "tags": model.tags,
            "note": model.note,
            "aliases": {name: self._covered(versions, ("aliases", name)) for name, versions in model.aliases.items()},
            "spans": [
                span.model_dump(mode="json", exclude_defaults=True, exclude={"releases"}) for span in model.spans
            ],
            "releases": self.releases,
        }
        for name in SINGLE_FACTS:
            family[name] = self._single_fact(name)
        for name in MANY_FACTS:
            family[name] = self._many_facts(name)
        family["cells"], family["support"] = self._support()
        return family

    def _spans(self) -> None:
        for index, span in enumerate(self.model.spans):
            at = ("spans", index)
            _check_sources(self.file, self.sources, span.sources, at)
            inside = self._specifier(span.versions, at)
            own = [self._version(release.version, at) for release in span.releases]
            for number, earlier in enumerate(self.model.spans[:index]):
                theirs = [
                    self.versions[position] for position, each in enumerate(self.releases) if each["span"] == number
                ]
                within = SpecifierSet(earlier.versions)
                if any(version in inside for version in theirs) or any(version in within for version in own):
                    raise self.file.error((*at, "versions"), f"{span.versions} overlaps {earlier.versions}")
            for version, release in zip(own, span.releases, strict=True):
                if version not in inside:
                    raise self.file.error(
                        (*at, "releases"), f"release {release.version} is outside its span {span.versions}"
                    )
                if self.versions and version <= self.versions[-1]:
                    raise self.file.error(
                        (*at, "releases"),
                        f"release {release.version} comes after {self.versions[-1]}: oldest first, without overlap",
                    )
                self.versions.append(version)
                self.releases.append({**release.model_dump(mode="json"), "span": index})

    def _version(self, text: str, at: tuple[str | int, ...]) -> Version:
        try:
            return Version(text)
        except InvalidVersion:
            raise self.file.error((*at, "releases"), f"{text} is not a version") from None

    def _specifier(self, versions: str, at: tuple[str | int, ...]) -> SpecifierSet:
        try:
            return SpecifierSet(versions)
        except InvalidSpecifier:
            raise self.file.error((*at, "versions"), f"{versions!r} is not a version requirement") from None

    def _covered(self, versions: schema.Versions, at: tuple[str | int, ...]) -> list[int]:
        """Return the indexes of the releases that a statement holds for."""
        if versions is None:
            return list(range(len(self.versions)))
        wanted = [self._specifier(each, at) for each in ([versions] if isinstance(versions, str) else versions)]
        found = [index for index, version in enumerate(self.versions) if any(version in each for each in wanted)]
        if not found:
            raise self.file.error((*at, "versions"), f"{versions} holds for no release of {self.model.family}")
        return found

    def _single_fact(self, name: str) -> list[int | None | dict[str, Any]]:
        """Return one fact (or None) for each release."""
        facts: list[Any] = [None] * len(self.releases)
        for index, statement in enumerate(getattr(self.model, name)):
            at = (name, index)
            _check_sources(self.file, self.sources, statement.sources, at)
            fact = statement.model_dump(mode="json", exclude={"versions"}, exclude_defaults=True)
            for release in self._covered(statement.versions, at):
                if facts[release] is not None:
                    version = self.releases[release]["version"]
                    raise self.file.error(at, f"{name} of {self.model.family} {version} is stated twice")
                facts[release] = fact
        if name == "provisioning" and None in facts:
            version = self.releases[facts.index(None)]["version"]
            raise self.file.error(("provisioning", 0), f"provisioning of {self.model.family} {version} is not stated")
        return facts

    def _many_facts(self, name: str) -> list[dict[str, Any]]:
        facts = []
        for index, statement in enumerate(getattr(self.model, name)):
            at = (name, index)
            _check_sources(self.file, self.sources, statement.sources, at)
            fact = statement.model_dump(mode="json", exclude_defaults=True)
            facts.append({**fact, "releases": self._covered(statement.versions, at)})
        return facts

    def _support(self) -> tuple[list[dict[str, Any]], dict[str, list[int]]]:
        cells: list[dict[str, Any]] = []
        support: dict[str, list[int]] = {}
        for index, statement in enumerate(self.model.support):
            at = ("support", index)
            self._check_statement(statement, at)
            plain = statement.model_dump(
                mode="json", exclude={"versions", "properties"}, exclude_defaults=True, exclude_none=True
            )
            seen: dict[tuple[str, ...], int] = {}
            for release in self._covered(statement.versions, at):
                sources = tuple(self._cell_sources(statement.sources, release, at))
                if sources not in seen:
                    seen[sources] = len(cells)
                    cells.append({**plain, "sources": list(sources)})
                for name in statement.properties:
                    row = support.setdefault(name, [-1] * len(self.releases))
                    if row[release] != -1:
                        version = self.releases[release]["version"]
                        raise self.file.error(at, f"{name} on {self.model.family} {version} is stated twice")
                    row[release] = seen[sources]
        return cells, support

    def _cell_sources(self, sources: list[str], release: int, at: tuple[str | int, ...]) -> list[str]:
        resolved: list[str] = []
        for source in sources:
            if source == SPAN:
                own = self.model.spans[self.releases[release]["span"]].sources
                if not own:
                    raise self.file.error((*at, "sources"), f"{SPAN} stands for a span without sources")
                resolved += own
            else:
                resolved.append(source)
        return resolved

    def _check_statement(self, statement: schema.SupportEntry, at: tuple[str | int, ...]) -> None:
        file = self.file
        _check_sources(file, {*self.sources, SPAN}, statement.sources, at)
        for name in statement.properties:
            if self.kinds.get(name) not in ("device", "server"):
                raise file.error((*at, "properties"), f"{name} is no property that a device could meet")
        if statement.support == "partial" and not statement.note:
            raise file.error(at, "a partial cell must say in its note how")
        if (statement.evidence is None) != (statement.support == "unknown"):
            raise file.error(at, "every cell but an unknown one has evidence: documented or inferred")
        if (statement.value is not None) != (statement.support == "must-be"):
            raise file.error(at, "value belongs to must-be, and must-be needs one")


# --- rules


def _rules(files: PackFiles, kinds: dict[str, str]) -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = []
    taken: dict[str, str] = {}
    for file in files.rules:
        rule: schema.RuleFile = file.model
        for name in (rule.id, rule.name, *([f"outcome {rule.outcome}"] if rule.outcome else [])):
            if name in taken:
                raise file.error(("id",), f"{name} is taken by {taken[name]} already")
            taken[name] = rule.id
        if (rule.outcome is None) == (not rule.when):
            raise file.error((), "a rule has either an outcome or patterns under [[when]]")
        for index, pattern in enumerate(rule.when):
            if pattern.property not in kinds:
                raise file.error(("when", index), f"{pattern.property} is no property")
        _check_sources(file, files.sources, rule.sources, ())
        if not any(example.finds for example in rule.examples) or all(example.finds for example in rule.examples):
            raise file.error(("examples",), "a rule needs an example that breaks it and one that does not")
        for index, example in enumerate(rule.examples):
            if (example.settings is None) == (example.export is None):
                raise file.error(("examples", index), "an example has either settings or an export")
        rules.append(rule.model_dump(mode="json", exclude_defaults=True))
    return rules
