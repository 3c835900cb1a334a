"""What policies of one organisation show beside each other: the rules 3xx.

Policies whose DistinguishedName has the same parent belong to one organisation, whichever files they were read from.
Policies without one belong together only inside their file: nothing else tells whose they are.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from policylint.judging.findings import Finding
from policylint.judging.run import Run
from policylint.policies.policy import Layout, Policy
from policylint.values import Value, shorten

_DEFAULT = "IsDefaultPolicy"
# a comma that is escaped is part of a name
_OWN_PART = r"(?s)(?:[^,\\]|\\.)*,"
_CUT_SHORT = ("...", "\u2026")


def among(run: Run, policies: Sequence[Policy]) -> Iterator[Finding]:
    """Yield what there is to say of policies beside each other. Each is held against one other, never against all.

    A script shows no organisation, only what is about to change in one.
    """
    for members in _organisations([policy for policy in policies if not policy.drafted]):
        if len(members) > 1:
            yield from _defaults(run, members)
            yield from _alike(run, members)
            yield from _namesakes(run, members)


def _organisations(policies: Sequence[Policy]) -> list[list[Policy]]:
    found: dict[tuple[str, str], list[Policy]] = {}
    for policy in policies:
        parent = _parent(str(policy.value("DistinguishedName") or ""))
        key = ("directory", parent) if parent else ("file", policy.document.path)
        found.setdefault(key, []).append(policy)
    return list(found.values())


def _parent(name: str) -> str:
    """Return where in its directory a policy stands; nothing if the name does not tell."""
    own_part = re.match(_OWN_PART, name)
    return name[own_part.end() :].casefold() if own_part and not name.endswith(_CUT_SHORT) else ""


def _defaults(run: Run, members: list[Policy]) -> Iterator[Finding]:
    """Hold what policies say of themselves against the one default that an organisation has."""
    known = run.knowledge.catalogue[_DEFAULT]
    stated = [(policy, setting) for policy in members if (setting := policy.get(_DEFAULT)) is not None]
    defaults = [(policy, setting) for policy, setting in stated if setting.value is True]
    for policy, setting in defaults[1:]:
        first, _ = defaults[0]
        if not _same(first, policy):
            ruling = run.plain("several-defaults", _named(first, policy))
            yield Finding(ruling, policy, setting.mark, known, setting.spelling, True)
    count = len({policy.identity.casefold() for policy in members})
    if count > 1 and len(stated) == len(members) and all(setting.value is False for _, setting in stated):
        policy, setting = stated[0]
        yield Finding(run.plain("no-default", str(count)), policy, setting.mark, known, setting.spelling, False)


def _alike(run: Run, members: list[Policy]) -> Iterator[Finding]:
    first: dict[tuple[object, ...], Policy] = {}
    for policy in members:
        settings = _settings(policy)
        if settings is not None:
            earlier = first.setdefault(settings, policy)
            if not _same(earlier, policy):
                yield Finding(run.plain("alike", _named(earlier, policy)), policy, policy.mark)


def _namesakes(run: Run, members: list[Policy]) -> Iterator[Finding]:
    first: dict[str, Policy] = {}
    for policy in members:
        if policy.own_name is not None:
            earlier = first.setdefault(policy.own_name.casefold(), policy)
            if not _same(earlier, policy):
                which = f"with the Guid {shorten(earlier.guid)}" if earlier.guid else "with other settings"
                yield Finding(run.plain("name-twice", which + _elsewhere(earlier, policy)), policy, policy.mark)


def _same(one: Policy, other: Policy) -> bool:
    """Tell whether two policies are one that was read twice: by their Guids, else by name and settings."""
    if one is other:
        return True
    if one.guid and other.guid:
        return one.guid == other.guid
    return one.name.casefold() == other.name.casefold() and not _differ(one, other)


def _differ(one: Policy, other: Policy) -> bool:
    """Tell whether two policies give some setting different values; what either does not show is no difference."""
    keys, _ = _setting_columns(one.layout)
    pairs = ((one.get(key), other.get(key)) for key in keys)
    return any(ours is not None and theirs is not None and ours.value != theirs.value for ours, theirs in pairs)


def _settings(policy: Policy) -> tuple[object, ...] | None:
    """Return all settings of a policy in a form that is equal where they are; None if some cannot be read."""
    keys, columns = _setting_columns(policy.layout)
    found: list[Value] = []
    for column in columns:
        reading = policy.readings[column]
        if reading is None or not reading.readable:
            return None
        found.append(reading.value)
    return (keys, *found)


@lru_cache(maxsize=64)
def _setting_columns(layout: Layout) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """List the settings of a layout, in an order that all layouts share: their keys, and their columns."""
    keys = tuple(sorted({known.key for known in layout.columns if known is not None and known.kind != "identity"}))
    return keys, tuple(layout.index[key] for key in keys)


def _named(other: Policy, policy: Policy) -> str:
    return f'policy "{shorten(other.name)}"{_elsewhere(other, policy)}'


def _elsewhere(other: Policy, policy: Policy) -> str:
    path = other.document.path
    return "" if path == policy.document.path else f" in {path}"
