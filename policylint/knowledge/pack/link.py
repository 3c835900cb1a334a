"""Join the checked entries of a pack into its compiled form, and refuse what does not fit together.

The compiled form is a dict of plain JSON values:

- `pack`: name, version, as_of; `sources`: id to title, url, date;
- `properties`: the entries of properties.toml, defaults left out; `servers` and `server_facts`: those of servers.toml;
- `families`: each with its `releases`; every statement resolved to the releases it holds for. `cells` lists the
  distinct support cells, `support` maps a property to one index into `cells` for each release (-1: unknown, nothing
  is said).
- `rules`: the entries of checks/; `profiles`: those of profiles/; `evidence`: those of evidence/.
"""

import re
from typing import Any

from policylint.knowledge.catalogue import Property
from policylint.knowledge.evidence import plain_name
from policylint.knowledge.pack import schema
from policylint.knowledge.pack.link_family import FamilyLinker, check_sources
from policylint.knowledge.pack.link_observed import lay_observed
from policylint.knowledge.pack.reading import Entry, PackFiles, ReportError, guarded, refuse
from policylint.knowledge.pack.written_values import check_control, check_pattern, check_trial, checked_property

_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")
_PATH = re.compile(r"[\w./+-]+")
_COMMIT = re.compile(r"[0-9a-f]{6,40}")


def link(files: PackFiles, report: ReportError = refuse) -> dict[str, Any]:
    """Return the compiled form of a pack; errors of what does not fit go to `report`."""
    known = _check_properties(files, report)
    families = _families(files, known, report)
    observed = lay_observed(files, families, known, report)
    return {
        "pack": _pack(files, known, report),
        "sources": {name: _source(entry.model) for name, entry in files.sources.items()} | observed,
        "properties": [_plain(entry) for entry in files.properties.values()],
        "servers": _servers(files, report),
        "server_facts": _server_facts(files, report),
        "families": families,
        "rules": _rules(files, known, report),
        "profiles": _profiles(files, known, report),
        "evidence": _evidence(files, report),
    }


def _pack(files: PackFiles, known: dict[str, Property], report: ReportError) -> dict[str, Any]:
    """Return pack.toml, and refuse changes of what there is not, or a newest version that tells of none."""
    if files.pack is None:
        return {}
    pack: schema.Pack = files.pack.model
    for number, changes in enumerate(pack.changes):
        with guarded(report):
            if not number and changes.version != pack.version:
                raise files.pack.error(("changes", 0), f"the newest changes are those of {pack.version}")
            for part in ("added", "changed", "withdrawn"):
                for index, change in enumerate(getattr(changes, part)):
                    for name in (*change.properties, change.family):
                        if name not in known and name not in files.families:
                            raise files.pack.error(("changes", number, part, index), f"{name} is not in the pack")
    return {**_plain(files.pack), "changes": _plain(files.pack).get("changes", [])}


def _plain(entry: Entry) -> dict[str, Any]:
    plain: dict[str, Any] = entry.model.model_dump(mode="json", exclude_defaults=True)
    return plain


def _source(source: schema.Source) -> dict[str, str | None]:
    return {"title": source.title, "url": source.url or _address(source), "date": source.date}


def _address(source: schema.Source) -> str | None:
    """Return the address of a file in a repository; of the repository where no single file or revision is named."""
    if not source.repository or not _REPOSITORY.fullmatch(source.repository):
        return None
    home = f"https://github.com/{source.repository}"
    if not source.path or not _PATH.fullmatch(source.path):
        return home
    if source.commit and not _COMMIT.fullmatch(source.commit):
        return home
    return f"{home}/blob/{source.commit or 'HEAD'}/{source.path}"


def _check_properties(files: PackFiles, report: ReportError) -> dict[str, Property]:
    """Check the catalogue and return the properties by key."""
    known: dict[str, Property] = {}
    spelled: dict[str, str] = {}
    for key, entry in files.properties.items():
        model: schema.PropertyEntry = entry.model
        with guarded(report):
            if model.type == "enum" and not model.members:
                raise entry.error((), f"{key} is an enum without members")
            known[key] = checked_property(entry)
            for name in filter(None, {key, model.activesync, model.mobiledevice}):
                if spelled.setdefault(name.casefold(), key) != key:
                    raise entry.error((), f"the spelling {name} belongs to {spelled[name.casefold()]} already")
            check_trial(entry, known[key])
            check_sources(entry, files.sources, model.sources, ())
            if model.range:
                check_sources(entry, files.sources, model.range.sources, ("range",))
            for number, also in enumerate(model.also_range):
                check_sources(entry, files.sources, also.sources, ("also_range", number))
            if model.reach:
                check_sources(entry, files.sources, model.reach.sources, ("reach",))
            for number, default in enumerate(model.defaults):
                check_sources(entry, files.sources, [default.source], ("defaults", number))
            related = [model.gate.property if model.gate else None, model.same_flag_as]
            for name in filter(None, [*related, *(moot.property for moot in model.moot_with)]):
                if name not in files.properties:
                    raise entry.error((), f"{key} refers to {name}, which is no property")
    return known


def _servers(files: PackFiles, report: ReportError) -> list[dict[str, Any]]:
    for entry in files.servers.values():
        model: schema.ServerEntry = entry.model
        with guarded(report):
            for name in ("minimum_eas", "refused_answer", "no_policy_key", "cmdlets", "marks"):
                statement = getattr(model, name)
                if statement is not None:
                    check_sources(entry, files.sources, statement.sources, (name,))
            for part in ("notes", "facts"):
                for number, fact in enumerate(getattr(model, part)):
                    check_sources(entry, files.sources, fact.sources, (part, number))
    return [_plain(entry) for entry in files.servers.values()]


def _server_facts(files: PackFiles, report: ReportError) -> list[dict[str, Any]]:
    for entry in files.server_facts:
        with guarded(report):
            check_sources(entry, files.sources, entry.model.sources, ())
    return [_plain(entry) for entry in files.server_facts]


def _families(files: PackFiles, known: dict[str, Property], report: ReportError) -> list[dict[str, Any]]:
    """Link the families, those that another inherits from before it."""
    linked: dict[str, dict[str, Any]] = {}

    def link_one(name: str, heirs: tuple[str, ...]) -> None:
        entry = files.families[name]
        for index, statement in enumerate(entry.model.inherits):
            if statement.family in (*heirs, name):
                raise entry.error(("inherits", index), f"{name} inherits from itself through {statement.family}")
            if statement.family in files.families and statement.family not in linked:
                link_one(statement.family, (*heirs, name))
        linked[name] = FamilyLinker(entry, files.sources, known, report).link(linked)

    taken: dict[str, str] = {}
    for name, entry in files.families.items():
        with guarded(report):
            if name not in linked:
                link_one(name, ())
            for index, bug in enumerate(entry.model.known_bugs):
                if bug.server is not None and bug.server not in files.servers:
                    raise entry.error(("known_bugs", index, "server"), f"{bug.server} is no server")
            for called in (name, *entry.model.aliases):
                if taken.setdefault(called, name) != name:
                    raise entry.error(("family",), f"the name {called} is taken by {taken[called]} already")
    return [linked[name] for name in files.families if name in linked]


def _rules(files: PackFiles, known: dict[str, Property], report: ReportError) -> list[dict[str, Any]]:
    taken: dict[str, str] = {}
    for entry in files.rules.values():
        rule: schema.RuleFile = entry.model
        with guarded(report):
            for name in (rule.id, rule.name, *([f"outcome {rule.outcome}"] if rule.outcome else [])):
                if taken.setdefault(name, rule.id) != rule.id:
                    raise entry.error(("id",), f"{name} is taken by {taken[name]} already")
            if (rule.outcome is None) == (not rule.when):
                raise entry.error((), "a rule has either an outcome or patterns under [[when]]")
            for index, pattern in enumerate(rule.when):
                if pattern.property not in known:
                    raise entry.error(("when", index), f"{pattern.property} is no property")
                check_pattern(entry, pattern, ("when", index), known[pattern.property])
            check_sources(entry, files.sources, rule.sources, ())
            if not any(example.finds for example in rule.examples) or all(example.finds for example in rule.examples):
                raise entry.error(("examples",), "a rule needs an example that breaks it and one that does not")
            for index, example in enumerate(rule.examples):
                given = [name for name in ("settings", "export", "chain") if getattr(example, name) is not None]
                if rule.about == "chain" and given != ["chain"]:
                    raise entry.error(("examples", index), "an example of a rule about chains has a chain")
                if rule.about == "policy" and given not in (["settings"], ["export"]):
                    raise entry.error(("examples", index), "an example has either settings or an export")
    return [_plain(entry) for entry in files.rules.values()]


def _profiles(files: PackFiles, known: dict[str, Property], report: ReportError) -> list[dict[str, Any]]:
    for entry in files.profiles.values():
        profile: schema.ProfileFile = entry.model
        with guarded(report):
            check_sources(entry, files.sources, profile.sources, ())
        taken: set[str] = set()
        for index, control in enumerate(profile.controls):
            at = ("controls", index)
            with guarded(report):
                if control.id in taken:
                    raise entry.error(at, f"control {control.id} is described twice")
                taken.add(control.id)
                if control.property not in known:
                    raise entry.error((*at, "property"), f"{control.property} is no property")
                check_control(entry, control, at, known[control.property])
                check_sources(entry, files.sources, control.sources, at)
    return [_plain(entry) for entry in files.profiles.values()]


def _evidence(files: PackFiles, report: ReportError) -> list[dict[str, Any]]:
    for entry in files.evidence.values():
        kind: schema.EvidenceFile = entry.model
        for table in ("columns", "words", "client_types"):
            for index, stated in enumerate(getattr(kind, table)):
                with guarded(report):
                    check_sources(entry, files.sources, stated.sources, (table, index))
        taken: dict[str, str] = {}
        for index, column in enumerate(kind.columns):
            for name in column.names:
                with guarded(report):
                    other = taken.setdefault(plain_name(name), name)
                    if other != name:
                        raise entry.error(("columns", index, "names"), f"{name} is the same as {other}")
    return [_plain(entry) for entry in files.evidence.values()]
