"""Device queries: from `wp7`, `ios>=4.0.1,<5` or `microsoft` to the releases they stand for."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from policylint.knowledge import Knowledge
from policylint.knowledge.families import Family, Target
from policylint.knowledge.nearest import did_you_mean, nearest
from policylint.knowledge.profiles import Profile
from policylint.knowledge.servers import Server

_REQUIREMENT = r"(?i)^(?P<name>[a-z][a-z0-9.+_-]*?)\s*(?P<versions>(?:[<>=!~]=?|===).*)?$"
_PRINTED = r"(?i)^(?P<name>[a-z][a-z0-9-]*)\s+(?P<version>[0-9][0-9.]*)$"
# A comma starts another query only where a name follows: `ios>=4,<5,wp7` holds two.
_NEXT_QUERY = r",\s*(?=[A-Za-z])"


DEFAULT = "common"
"""Whom a run judges for that names no device: the clients most organisations see."""


class QueryError(Exception):
    """A query that names nothing known, or no release; the message holds the nearest names."""


class Selection(NamedTuple):
    """What queries select, in the order of the knowledge and each once, and what a reader should know of it."""

    targets: tuple[Target, ...]
    notes: tuple[str, ...]


def resolve(queries: Iterable[str], knowledge: Knowledge) -> tuple[Target, ...]:
    """Return the targets that any of the queries selects. Raises `QueryError`."""
    return select(queries, knowledge).targets


def select(queries: Iterable[str], knowledge: Knowledge) -> Selection:
    """Return the targets that any of the queries selects, with notes where a query stands for more than it says.

    A release between two known ones, or newer than the newest of an open span, counts as the nearest known below it,
    and a note says so. Raises `QueryError`.
    """
    chosen: set[Target] = set()
    notes: dict[str, None] = {}
    for query in queries:
        for part in re.split(_NEXT_QUERY, query.strip()):
            found = _select(part.strip(), knowledge, notes)
            chosen.update(found)
    return Selection(tuple(target for target in knowledge.targets if target in chosen), tuple(notes))


def _select(query: str, knowledge: Knowledge, notes: dict[str, None]) -> list[Target]:
    from policylint.knowledge.hardware import hardware_complaint

    if complaint := hardware_complaint(query, knowledge):
        raise QueryError(complaint)
    name, versions = _parted(query)
    targets = _named(name, knowledge, numbered=bool(versions))
    if note := _two_meanings(name, knowledge, numbered=bool(versions)):
        notes[note] = None
    return _within(query, versions, targets, knowledge, notes) if versions else targets


def _parted(query: str) -> tuple[str, str | None]:
    """Split a query into the name, in lower case, and the version requirement behind it. Raises `QueryError`."""
    if query.isascii() and query.isalnum() and query[0].isalpha():
        return query.casefold(), None  # most are a word, for which no pattern need be compiled
    if printed := re.match(_PRINTED, query):
        return printed["name"].casefold(), f"=={printed['version']}"
    if parts := re.match(_REQUIREMENT, query):
        return parts["name"].casefold(), parts["versions"]
    raise QueryError(
        f"device query {query!r} is not understood: write a family, an alias, a tag, "
        "or a requirement such as windows-phone==8.*"
    )


def _named(name: str, knowledge: Knowledge, *, numbered: bool) -> list[Target]:
    match name:
        case "all":
            return knowledge.targets
        case "current":
            return [target for target in knowledge.targets if target.current]
        case "common":
            return [target for target in knowledge.targets if target.common]
    if name in knowledge.families:
        return knowledge.families[name].targets
    aliased = [
        family.targets[position] for family in knowledge.families.values() for position in family.aliases.get(name, ())
    ]
    tagged = [target for target in knowledge.targets if name in target.family.tags]
    # One word can be a tag and an alias. Bare it is the tag; with a version it is the family it stands for, as only a
    # family has versions.
    if found := (aliased or tagged) if numbered else (tagged or aliased):
        return found
    hint = did_you_mean(nearest(name, names(knowledge)))
    raise QueryError(f"unknown device {name!r}{hint} (policylint devices lists them all)")


def _two_meanings(name: str, knowledge: Knowledge, *, numbered: bool) -> str | None:
    """Say which of two meanings a name has here that is the alias of a family and a tag of several."""
    aliased = [family for family in knowledge.families.values() if name in family.aliases]
    tagged = [family for family in knowledge.families.values() if name in family.tags]
    if not aliased or not tagged or tagged == aliased:
        return None
    (family,) = aliased
    if numbered:
        return f"{name} with a version means {family.id} ({family.name}), not every client with the tag {name}"
    return f"{name} means the {len(tagged)} clients with that tag; for {family.name} alone write {family.id}"


def _within(
    query: str, versions: str, targets: list[Target], knowledge: Knowledge, notes: dict[str, None]
) -> list[Target]:
    # imported here: most runs name a family or an alias, and the import is felt at start-up
    from policylint.knowledge.releases import stand_ins, within

    try:
        found = list(within(targets, versions))
        one_family = len({target.family for target in targets}) == 1
        between = stand_ins(targets, versions) if one_family else []
    except ValueError:  # InvalidSpecifier is one; so is a number of thousands of digits
        raise QueryError(
            f"device query {query!r}: {versions!r} is not a version requirement such as >=4.0.1,<5"
        ) from None
    for version, target in between:
        if target not in found:
            found.append(target)
            notes[f"{target.family.id} {version} is no release of its own here: judged as {target.label}"] = None
    if not found:
        known = ", ".join(target.version for target in targets)
        raise QueryError(
            f"device query {query!r} selects no release; known are {known}{_elsewhere(versions, targets, knowledge)}"
        )
    return found


def _elsewhere(versions: str, targets: list[Target], knowledge: Knowledge) -> str:
    """Name the families whose releases bear the same numbers, where these have what was asked for."""
    from policylint.knowledge.releases import stand_ins, within

    platforms = {target.family.numbered_by for target in targets} - {None}
    others = [
        f"{family.id}{versions}"
        for family in knowledge.families.values()
        if family.numbered_by in platforms and (within(family.targets, versions) or stand_ins(family.targets, versions))
    ]
    return f"; clients with such releases: {' or '.join(others)}" if others else ""


def names(knowledge: Knowledge) -> list[str]:
    """List every name a query may start with: families, aliases, tags, `all`, `current` and `common`."""
    found = ["all", "current", "common"]
    for family in knowledge.families.values():
        found += [family.id, *family.aliases, *family.tags]
    return list(dict.fromkeys(found))


def fold(targets: Iterable[Target]) -> str:
    """Print targets in short: `ios 2.0–3.0, windows-phone 7.5`; three or more neighbours become a range."""
    by_family: dict[str, list[Target]] = {}
    for target in targets:
        by_family.setdefault(target.family.id, []).append(target)
    parts = []
    for family, members in by_family.items():
        runs: list[list[Target]] = []
        for target in members:
            if runs and target.position == runs[-1][-1].position + 1:
                runs[-1].append(target)
            else:
                runs.append([target])
        shown = []
        for run in runs:
            if len(run) > 2:
                shown.append(f"{run[0].version}–{run[-1].version}")
            else:
                shown += [target.version for target in run]
        parts.append(f"{family} {', '.join(shown)}")
    return "; ".join(parts)


def find_server(name: str, knowledge: Knowledge) -> Server:
    """Find a server by its id, its name or an alias, in any case and with blanks or hyphens. Raises `QueryError`."""
    wanted = _hyphened(name)
    for server in knowledge.servers:
        if wanted in (server.id, _hyphened(server.name), *server.aliases):
            return server
    known = [each for server in knowledge.servers for each in (server.id, *server.aliases)]
    hint = did_you_mean(nearest(name, known))
    servers = ", ".join(server.id for server in knowledge.servers)
    raise QueryError(f"unknown server {name!r}{f'{hint} Known' if hint else '; known'} are {servers}")


def _hyphened(name: str) -> str:
    return "-".join(name.casefold().replace("-", " ").split())


def find_profile(name: str, knowledge: Knowledge) -> Profile:
    """Find a profile by its id, in any case. Raises `QueryError`."""
    wanted = name.casefold()
    for profile in knowledge.profiles:
        if wanted == profile.id:
            return profile
    known = [profile.id for profile in knowledge.profiles]
    hint = did_you_mean(nearest(name, known)) or f"; known are {', '.join(known) or 'none'}"
    raise QueryError(f"unknown profile {name!r}{hint}")


def as_query(targets: Iterable[Target]) -> str:
    """Write a query for targets: a whole family by its name, neighbours as a range, others as they are printed."""
    by_family: dict[Family, list[Target]] = {}
    for target in targets:
        by_family.setdefault(target.family, []).append(target)
    return ",".join(part for family, members in by_family.items() for part in _parts(family, members))


def _parts(family: Family, members: list[Target]) -> list[str]:
    if len(members) == len(family.targets):
        return [family.id]
    neighbours = members[-1].position - members[0].position + 1 == len(members)
    if len(members) > 1 and neighbours:
        return [f"{family.id}>={members[0].version},<={members[-1].version}"]
    return [target.label for target in members]
