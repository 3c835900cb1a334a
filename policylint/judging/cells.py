"""What one support cell makes of one demand: the decision table of the design, section 2, step 3c.

An outcome is a word; the rule that reports it is the one whose file names it.
"""

from datetime import timedelta
from typing import Any

from policylint import values
from policylint.knowledge.catalogue import Property
from policylint.knowledge.families import Cell, Condition
from policylint.values import Value

# How the gate of a setting stands: open, closed for every client, or closed for those clients that have it.
OPEN = "open"
CLOSED = "closed"
CLOSED_FOR_SOME = "closed-for-some"

UNITS = {"seconds": timedelta(seconds=1), "minutes": timedelta(minutes=1), "days": timedelta(days=1)}
"""The units in which the limits of a cell are written."""


def refusal(cell: Cell, known: Property, value: Value) -> str | None:
    """Return how a cell refuses a value: `blocks`, `blocks-some` (on some hardware), or None if it does not."""
    if cell.blocks is not None and holds(cell.blocks, known, value):
        return "blocks-some" if cell.blocks.hardware else "blocks"
    return "blocks" if cell.support == "not-sent" or (cell.support == "blocks" and cell.blocks is None) else None


def could_refuse(cell: Cell) -> bool:
    """Tell whether a cell refuses some value."""
    seen = any(each.support == "blocks" for each in cell.observed)
    return cell.support in ("blocks", "not-sent") or cell.blocks is not None or seen


def counts(cell: Cell, known: Property, value: Value, gate: str) -> bool:
    """Tell whether a target is concerned with a demand whose own gate stands like this."""
    if cell.support == "not-applicable":
        return False
    return gate == OPEN or cell.ungated or (gate == CLOSED_FOR_SOME and refusal(cell, known, value) is not None)


def met(cell: Cell, known: Property, value: Value) -> str:
    """Return how far a target that fetches the policy meets a demand: `met`, `partly`, `not` or `unknown`."""
    refused = refusal(cell, known, value)
    if refused == "blocks" or cell.support in ("ignored", "unmet"):
        return "not"
    if cell.support == "must-be" and must_be_broken(cell, known, value):
        return "not"
    if refused == "blocks-some" or cell.support == "partial":
        return "partly"
    return "unknown" if cell.support == "unknown" else "met"


def outcome_of(cell: Cell, known: Property, value: Value, gate: str) -> str | None:
    """Return the outcome for a demand, or None where the target takes it without a word.

    `blocks` and `blocks-some` mean that the client says it cannot; what follows is up to the provisioning gate.
    """
    support = cell.support
    if support in ("server", "must-be") or not counts(cell, known, value, gate):
        return None
    refused = refusal(cell, known, value)
    if refused is not None:
        return refused
    if support in ("ignored", "partial", "unknown", "unmet"):
        return support
    if gate != OPEN and support != "blocks":
        return "acts-ungated"
    return "beyond-limits" if cell.limits and _beyond(cell.limits, value) else None


def holds(condition: Condition, known: Property, value: Value) -> bool:
    """Tell whether the value fulfils the part of a condition that speaks of it; hardware is not looked at."""
    if condition.equals is not None and value not in [known.written(each) for each in condition.equals]:
        return False
    size = values.magnitude(value)
    if condition.above is not None and not (size is not None and size > _size(known, condition.above)):
        return False
    return condition.below is None or (size is not None and size < _size(known, condition.below))


def _size(known: Property, written: Any) -> float:
    return values.magnitude(known.written(written)) or 0.0


def _beyond(limits: dict[str, Any], value: Value) -> bool:
    size = values.magnitude(value)
    unit = UNITS[limits["unit"]].total_seconds() if "unit" in limits else 1
    low, high = limits.get("min"), limits.get("max")
    return size is not None and ((low is not None and size < low * unit) or (high is not None and size > high * unit))


def must_be_broken(cell: Cell, known: Property, value: Value) -> bool:
    """Tell whether a value differs from the only one a target can live with."""
    return not known.alike(value, known.written(cell.value))
