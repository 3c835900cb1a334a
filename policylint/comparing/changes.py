"""What differs between two readings of one policy: setting by setting, by property and read value.

Spellings, formats and the order of a file are no difference; nor is what identifies a policy, such as its dates.
"""

from functools import lru_cache

from policylint import values
from policylint.comparing.model import Change, Direction, Sight
from policylint.knowledge.catalogue import Catalogue, Property
from policylint.policies.policy import Layout, Policy
from policylint.strictness import Joined, contribution, gate_closed, is_joined, join
from policylint.values import Value, raw_text

_UNORDERED = ("none", "flat")


def direction_of(known: Property, old: Policy, new: Policy, catalogue: Catalogue) -> tuple[Direction, str | None]:
    """Compare what two policies ask by a property of which both show a value; a note tells what is not plain to see."""
    was_closed, is_closed = gate_closed(known, old), gate_closed(known, new)
    if was_closed and is_closed:
        return "neither", f"gated off: {_switch(known, new)}"
    if known.stricter in _UNORDERED:
        return "neither", None
    before, after = _asked(known, old, catalogue), _asked(known, new, catalogue)
    if before == after:
        return "neither", "asks the same of a device"
    if before is None:
        return "stricter", f"did not count before: {_switch(known, old)}" if was_closed else None
    if after is None:
        return "looser", f"does not count any more: {_switch(known, new)}" if is_closed else None
    joined = join(known, before, after)
    if joined not in (before, after):
        disputed = "the cmdlets' pages count it in different units"
        return "neither", disputed if known.unit_disputed else "neither value takes in the other"
    return ("stricter" if joined == after else "looser"), None


def _asked(known: Property, policy: Policy, catalogue: Catalogue) -> Joined | None:
    """Return what a policy asks by a property; None for nothing."""
    if is_joined(known):
        return contribution(policy, catalogue).counted.get(known.key)
    value = policy.value(known.key)
    return None if known.neutral is not None and known.is_neutral(value) else value


def _switch(known: Property, policy: Policy) -> str:
    """Say how the switch stands that keeps a property of a policy from counting."""
    gate = known.gate
    setting = policy.get(gate.property) if gate is not None else None
    if gate is None or setting is None:
        return ""
    some = "; some clients may act on it all the same" if gate.basis == "per-client" else ""
    return f"{setting.spelling} is {values.to_text(setting.value)}{some}"


_Comparable = Value | frozenset[str]


def changes(old: Policy, new: Policy, catalogue: Catalogue) -> list[Change]:
    """List what differs, in the order of the catalogue."""
    found = (_change(known, old, new, catalogue) for known in _settings(old.layout, new.layout, catalogue))
    return [change for change in found if change is not None]


def content(policy: Policy) -> frozenset[tuple[str, _Comparable, bool]]:
    """Return what a policy says, in a form that is equal where two policies say the same."""
    columns = zip(policy.layout.columns, policy.readings, strict=False)
    return frozenset(
        (known.key, _comparable(reading.value), reading.readable)
        for known, reading in columns
        if known is not None and reading is not None and known.kind != "identity"
    )


def unknown_that_differ(old: Policy, new: Policy) -> list[str]:
    """List the names of columns that both sides have, that the catalogue does not know, and that differ."""
    if not old.problems and not new.problems:
        return []
    ours, theirs = _unknown(old), _unknown(new)
    return [name for folded, (name, text) in theirs.items() if folded in ours and ours[folded][1] != text]


def _unknown(policy: Policy) -> dict[str, tuple[str, str]]:
    return {
        problem.name.casefold(): (problem.name, raw_text(problem.raw))
        for problem in policy.problems
        if problem.outcome == "unknown-property"
    }


@lru_cache(maxsize=256)
def _settings(old: Layout, new: Layout, catalogue: Catalogue) -> tuple[Property, ...]:
    """List the properties that either layout shows and that are settings."""
    return tuple(
        known for known in catalogue if known.kind != "identity" and (known.key in old.index or known.key in new.index)
    )


def _change(known: Property, old: Policy, new: Policy, catalogue: Catalogue) -> Change | None:
    before, after = _sight(old, known), _sight(new, known)
    if before is None or after is None:
        return Change(known, "now-shown" if before is None else "no-longer-shown", before, after)
    if before.unreadable is not None or after.unreadable is not None:
        same = (before.unreadable is None) == (after.unreadable is None) and before.raw == after.raw
        return None if same else Change(known, "unreadable", before, after)
    if _comparable(before.value) == _comparable(after.value):
        return None
    direction, note = direction_of(known, old, new, catalogue)
    return Change(known, "changed", before, after, direction, note)


def _sight(policy: Policy, known: Property) -> Sight | None:
    column = policy.layout.index.get(known.key)
    reading = policy.readings[column] if column is not None else None
    if column is None or reading is None:
        return None
    record = policy.record
    name, mark = policy.layout.names[column], record.marks[column]
    if reading.readable:
        return Sight(policy, name, reading.value, mark)
    why = reading.detail or "it is not set"
    return Sight(policy, name, None, mark, why, raw_text(record.values[column]))


def _comparable(value: Value) -> _Comparable:
    """Return a value in which the order of a list does not count: the directory keeps none."""
    return frozenset(value) if isinstance(value, tuple) else value
