"""Device queries: from `wp7`, `ios>=4.0.1,<5` or `microsoft` to the releases they stand for."""

import re
from collections.abc import Iterable

from policylint.knowledge import Knowledge
from policylint.knowledge.families import Family, Target
from policylint.knowledge.nearest import did_you_mean, nearest
from policylint.knowledge.profiles import Profile
from policylint.knowledge.servers import Server

_REQUIREMENT = re.compile(r"^(?P<name>[a-z][a-z0-9.+_-]*?)\s*(?P<versions>(?:[<>=!~]=?|===).*)?$", re.IGNORECASE)
_PRINTED = re.compile(r"^(?P<name>[a-z][a-z0-9-]*)\s+(?P<version>[0-9][0-9.]*)$", re.IGNORECASE)
# A comma starts another query only where a name follows: `ios>=4,<5,wp7` holds two.
_NEXT_QUERY = re.compile(r",\s*(?=[A-Za-z])")


class QueryError(Exception):
    """A query that names nothing known, or no release; the message holds the nearest names."""


def resolve(queries: Iterable[str], knowledge: Knowledge) -> tuple[Target, ...]:
    """Return the targets that any of the queries selects, in the order of the knowledge, each once.

    Raises `QueryError`.
    """
    chosen: set[Target] = set()
    for query in queries:
        for part in _NEXT_QUERY.split(query.strip()):
            chosen.update(_select(part.strip(), knowledge))
    return tuple(target for target in knowledge.targets if target in chosen)


def _select(query: str, knowledge: Knowledge) -> list[Target]:
    printed = _PRINTED.match(query)
    if printed:
        query = f"{printed['name']}=={printed['version']}"
    parts = _REQUIREMENT.match(query)
    if not parts:
        raise QueryError(
            f"device query {query!r} is not understood: write a family, an alias, a tag, "
            "or a requirement such as windows-phone==8.*"
        )
    versions = parts["versions"]
    targets = _named(parts["name"].casefold(), knowledge, numbered=bool(versions))
    return _within(query, versions, targets) if versions else targets


def _named(name: str, knowledge: Knowledge, *, numbered: bool) -> list[Target]:
    match name:
        case "all":
            return knowledge.targets
        case "current":
            return [target for target in knowledge.targets if target.current]
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


def _within(query: str, versions: str, targets: list[Target]) -> list[Target]:
    # imported here: most runs name a family or an alias, and the import is felt at start-up
    from packaging.specifiers import SpecifierSet

    try:
        wanted = SpecifierSet(versions)
        found = [target for target in targets if target.version in wanted]
    except ValueError:  # InvalidSpecifier is one; so is a number of thousands of digits
        raise QueryError(
            f"device query {query!r}: {versions!r} is not a version requirement such as >=4.0.1,<5"
        ) from None
    if not found:
        known = ", ".join(target.version for target in targets)
        raise QueryError(f"device query {query!r} selects no release; known are {known}")
    return found


def names(knowledge: Knowledge) -> list[str]:
    """List every name a query may start with: families, aliases, tags, `all` and `current`."""
    found = ["all", "current"]
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
    """Find a server by its id or an alias, in any case. Raises `QueryError`."""
    wanted = name.casefold()
    for server in knowledge.servers:
        if wanted in (server.id, *server.aliases):
            return server
    known = ", ".join(server.id for server in knowledge.servers)
    raise QueryError(f"unknown server {name!r}; known are {known}")


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
