"""The values that lie between what a policy demands and nothing: the ones at which a device may change its mind."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from policylint import values
from policylint.judging.cells import UNITS
from policylint.knowledge.catalogue import Catalogue, Property
from policylint.knowledge.families import Cell, Target
from policylint.policies.policy import Policy
from policylint.strictness import rank
from policylint.values import Unreadable, Value


def looser(known: Property, value: Value, targets: Iterable[Target]) -> list[Value]:
    """List the values of a property that ask for less than one, and for something; the strictest first.

    Of numbers, only those count at which some target's cell draws a line.
    """
    if known.stricter == "ordered":
        found = list(known.order[known.order.index(str(value)) + 1 :])
        return [each for each in found if not known.is_neutral(each)]
    if known.stricter not in ("higher", "lower") or values.magnitude(value) is None:
        return []
    lines = {line for target in targets for line in _lines(known, value, target.cell(known.key))}
    between = [
        line
        for line in lines
        if rank(known, line) < rank(known, value)
        and not known.is_neutral(line)
        and (known.range is None or known.range.holds(line))
    ]
    return sorted(between, key=lambda line: rank(known, line), reverse=True)


def _lines(known: Property, value: Value, cell: Cell) -> Iterator[Value]:
    if cell.blocks is not None:
        for bound in (cell.blocks.above, cell.blocks.below):
            if bound is not None:
                yield known.written(bound)
    if cell.limits:
        for end in ("min", "max"):
            if end in cell.limits:
                yield from _in_unit(known, value, cell.limits[end], cell.limits.get("unit"))


def _in_unit(known: Property, value: Value, bound: Any, unit: str | None) -> Iterator[Value]:
    if isinstance(value, timedelta):
        yield bound * UNITS[unit or "seconds"]
    else:
        try:
            yield known.written(bound)
        except Unreadable:
            return


def other_names(known: Property, catalogue: Catalogue) -> list[Property]:
    """List the properties that speak of the same flag under another name."""
    return [each for each in catalogue if known.key == each.same_flag_as or known.same_flag_as == each.key]


def behind(known: Property, policy: Policy, catalogue: Catalogue) -> list[Property]:
    """List the demands of a policy that count only while this property is on."""
    demanded = set(policy.demanded())
    return [
        each for each in catalogue if each.gate is not None and each.gate.property == known.key and each.key in demanded
    ]
