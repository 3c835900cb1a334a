"""What the values of options and arguments complete to, each with a word about it."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policylint.knowledge import Knowledge

Choices = list[tuple[str, str]]
"""Values and what they are. typer keeps those that begin with what was typed."""


def device_queries(incomplete: str) -> Choices:
    """Complete the last of device queries with commas between."""
    return _last(incomplete, _devices(_knowledge()))


def servers() -> Choices:
    """Complete the ids of servers, and their aliases."""
    return [(name, server.name) for server in _knowledge().servers for name in (server.id, *server.aliases)]


def properties() -> Choices:
    """Complete the names of the properties that a policy can demand."""
    return list(_properties(_knowledge()))


def profiles() -> Choices:
    """Complete the names of profiles."""
    return list(_profiles(_knowledge()))


def selectors(incomplete: str) -> Choices:
    """Complete the last of what --select and --ignore take, with commas between."""
    knowledge = _knowledge()
    return _last(incomplete, [*_rules(knowledge), *_properties(knowledge)])


def rules_or_work() -> Choices:
    """Complete what `policylint rules` takes."""
    knowledge = _knowledge()
    work = [
        ("check", "lint a data pack"),
        ("test", "run the examples inside rules"),
        ("coverage", "how much of each family is documented"),
    ]
    return [*work, *_rules(knowledge), *_profiles(knowledge)]


def subjects() -> Choices:
    """Complete what `policylint explain` takes."""
    knowledge = _knowledge()
    return [*_rules(knowledge), *_profiles(knowledge), *_properties(knowledge), *_devices(knowledge)]


def _knowledge() -> "Knowledge":
    # loaded on demand: commands and options complete without it
    from policylint.knowledge import load

    return load()


def _last(incomplete: str, choices: Iterable[tuple[str, str]]) -> Choices:
    before, comma, _ = incomplete.rpartition(",")
    return [(before + comma + name, about) for name, about in choices]


def _devices(knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
    from policylint.knowledge.query import names

    about = {"all": "every release", "current": "what is still sold or serviced"}
    for family in knowledge.families.values():
        about[family.id] = family.name
        about |= {alias: f"{family.name}, in short" for alias in family.aliases if alias not in about}
    return ((name, about.get(name, "every family with this tag")) for name in names(knowledge))


def _properties(knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
    for known in knowledge.catalogue.properties:
        if known.kind != "identity":
            for name in known.spellings:
                yield name, "property" if name == known.key else f"another name of {known.key}"
            if known.phone_name and known.phone_name not in known.spellings:
                yield known.phone_name, f"the phone's own name of {known.key}"


def _rules(knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
    for rule in knowledge.rulebook.rules:
        yield rule.id, rule.name
        yield rule.name, rule.id


def _profiles(knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
    return ((profile.id, profile.title) for profile in knowledge.profiles)
