"""The values of one property in a merge, and the stricter of two: the `stricter` of the catalogue as a join.

Only values that ask for something take part; a value that asks for nothing is simply absent, and changes nothing in a
join. An application list without entries is therefore present only where nothing is allowed any more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from policylint import values
from policylint.knowledge.catalogue import Catalogue, Property
from policylint.policies.policy import Policy
from policylint.values import Value


@dataclass(frozen=True, slots=True)
class Measured:
    """A number whose unit the sources dispute: it is compared only with numbers from the same cmdlet family."""

    number: int
    dialect: str | None


@dataclass(frozen=True, slots=True)
class Clash:
    """Values that exclude each other. It takes in whatever joins it, so that the order of joining never counts."""

    values: "frozenset[Value | Measured]"


Joined = Value | Measured | Clash


def join(known: Property, one: Joined, other: Joined) -> Joined:
    """Return what holds where two accounts ask for these values of a property."""
    if one == other:
        return one
    if isinstance(one, Clash | Measured) or isinstance(other, Clash | Measured):
        return _clash(known, _parts(one) | _parts(other))
    match known.stricter:
        case "flat":
            return Clash(frozenset((one, other)))
        case "superset":
            return entries({*_entries(one), *_entries(other)})
        case "subset":
            return entries({*_entries(one)} & {*_entries(other)})
        case _:
            return one if rank(known, one) >= rank(known, other) else other


def rank(known: Property, value: Value) -> float:
    """Return a number that is the higher, the stricter a value of an ordered property is."""
    match known.stricter:
        case "true":
            return float(value is True)
        case "false":
            return float(value is False)
        case "ordered":
            # the catalogue lists the strictest first
            return -float(known.order.index(str(value)))
        case "lower":
            return -_size(value)
        case _:
            return _size(value)


def stricter(known: Property, one: Joined, other: Joined) -> bool:
    """Tell whether a value asks for more than another and takes it in."""
    return one != other and join(known, one, other) == one


def entries(items: Iterable[str]) -> tuple[str, ...]:
    """Return a list in the one form that stands for its set: sorted, each entry once."""
    return tuple(sorted(set(items)))


def plain(value: Joined) -> Value:
    """Return a joined value as a report shows it; None for a clash, which has no winner."""
    match value:
        case Clash():
            return None
        case Measured():
            return value.number
        case _:
            return value


def clashing(value: Joined) -> tuple[Value, ...]:
    """List the values that exclude each other, in a fixed order; none where there is no clash."""
    if not isinstance(value, Clash):
        return ()
    shown = {part.number if isinstance(part, Measured) else part for part in value.values}
    return tuple(sorted(shown, key=lambda each: (values.magnitude(each) or 0.0, str(each))))


def _size(value: Value) -> float:
    size = values.magnitude(value)
    return 0.0 if size is None else size


def _entries(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _parts(value: Joined) -> "frozenset[Value | Measured]":
    return value.values if isinstance(value, Clash) else frozenset((value,))


def _clash(known: Property, parts: "frozenset[Value | Measured]") -> Joined:
    """Keep of numbers in a disputed unit the least of each cmdlet family; nothing at all is the least in any unit."""
    measured = [part for part in parts if isinstance(part, Measured)]
    if not measured:
        return Clash(parts)
    if any(part.number == 0 for part in measured):
        return Measured(0, None)
    least: dict[str | None, Measured] = {}
    for part in measured:
        kept = least.get(part.dialect)
        if kept is None or rank(known, part.number) > rank(known, kept.number):
            least[part.dialect] = part
    return next(iter(least.values())) if len(least) == 1 else Clash(frozenset(least.values()))


@dataclass(frozen=True, slots=True, eq=False)
class Contribution:
    """What a policy brings into a merge: the values that count, by key, and the keys of those a gate keeps out.

    `folded` are the keys of flags that count because the same flag is set under its other name.
    """

    counted: Mapping[str, Joined]
    gated: frozenset[str]
    folded: frozenset[str]


NO_NEEDS: Mapping[str, str] = MappingProxyType({})


def contribution(policy: Policy, catalogue: Catalogue, needs: Mapping[str, str] = NO_NEEDS) -> Contribution:
    """Return what a policy brings into a merge. It is worked out once for each policy.

    `needs` names for some properties another one that must be True in the same policy for them to count.
    """
    return _contribution(policy, catalogue, tuple(sorted(needs.items())))


@lru_cache(maxsize=4096)
def _contribution(policy: Policy, catalogue: Catalogue, needs: tuple[tuple[str, str], ...]) -> Contribution:
    counted: dict[str, Joined] = {}
    gated = set()
    for known in catalogue:
        setting = policy.get(known.key) if is_joined(known) else None
        if setting is None or not _asks(known, setting.value, policy):
            continue
        if gate_closed(known, policy):
            gated.add(known.key)
        else:
            counted[known.key] = _canonical(known, setting.value, policy)
    for key, needed in needs:
        if key in counted and counted.get(needed) is not True:
            del counted[key]
            gated.add(key)
    return Contribution(counted, frozenset(gated), frozenset(_fold(counted, catalogue)))


def is_joined(known: Property) -> bool:
    """Tell whether the values of several accounts can be joined: demands on a device can, if they have an order."""
    return known.kind == "device" and known.stricter != "none"


def _asks(known: Property, value: Value, policy: Policy) -> bool:
    if known.stricter == "flat" and known.is_neutral(value):
        # by itself it asks for nothing; together with the demand it belongs to, it is an exact demand
        return value is not None and any(_demanded(moot.property, policy, moot.equals) for moot in known.moot_with)
    return not known.is_neutral(value) and not known.is_zero_outside(value)


def _demanded(key: str, policy: Policy, off: bool) -> bool:
    switch = policy.get(key)
    return switch is not None and switch.value is not None and switch.value != off


def gate_closed(known: Property, policy: Policy) -> bool:
    """Tell whether the policy itself keeps a value from counting; a switch that is hidden is not known to."""
    return policy.gate_of(known) == "closed"


def is_strictest(known: Property, value: Joined) -> bool:
    """Tell whether nothing is stricter than a value; of what has no bound that anybody states, never."""
    match known.stricter:
        case "true" | "false":
            return value is (known.stricter == "true")
        case "ordered":
            return bool(known.order) and value == known.order[0]
        case "subset":
            return value == ()
        case "higher" | "lower":
            ends = [end for each in (known.range, *known.also_range) if each for end in (each.low, each.high)]
            return (
                bool(ends)
                and not isinstance(value, Measured | Clash)
                and all(rank(known, value) >= rank(known, end) for end in ends)
            )
        case _:
            return False


def _canonical(known: Property, value: Value, policy: Policy) -> Joined:
    if isinstance(value, tuple):
        return entries(value)
    if isinstance(value, int) and known.unit_disputed:
        # nothing at all is the same in any unit
        return Measured(value, policy.layout.dialect if value else None)
    return value


def _fold(counted: dict[str, Joined], catalogue: Catalogue) -> list[str]:
    """Let a flag that goes by two names count under both, and list the names that were added."""
    added = []
    for known in catalogue:
        if known.same_flag_as is None:
            continue
        for here, there in ((known.key, known.same_flag_as), (known.same_flag_as, known.key)):
            if here in counted and there not in counted:
                counted[there] = counted[here]
                added.append(there)
    return added
