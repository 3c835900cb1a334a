"""The values of one property in a merge, and the stricter of two: the `stricter` of the catalogue as a join.

Only values that ask for something take part; a value that asks for nothing is simply absent, and changes nothing in a
join. An application list without entries is therefore present only where nothing is allowed any more.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from policylint import values
from policylint.knowledge.catalogue import Property
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
