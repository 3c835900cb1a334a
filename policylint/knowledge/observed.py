"""What devices of one's own organisation were seen to do, laid over what is documented.

An observation holds within bounds: a length of 6 that was taken says nothing of 12. It never overrides a documented
cell; `settled` is the one table of what it makes of a cell.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from policylint import values
from policylint.knowledge.catalogue import Property
from policylint.values import Value

EVIDENCE = "observed"


class Within(NamedTuple):
    """The values that an observation holds for, as a pack writes them: every part given must hold."""

    min: Any = None
    max: Any = None
    equals: tuple[Any, ...] | None = None

    def holds(self, known: Property, value: Value) -> bool:
        """Tell whether a value lies within."""
        if self.equals is not None and not any(known.alike(value, known.written(each)) for each in self.equals):
            return False
        size = values.magnitude(value)
        for end, low in ((self.min, True), (self.max, False)):
            if end is None:
                continue
            bound = values.magnitude(known.written(end))
            if size is None or bound is None or (size < bound if low else size > bound):
                return False
        return True

    @property
    def entry(self) -> dict[str, Any]:
        """The parts that are given."""
        found = {"min": self.min, "max": self.max}
        found = {name: end for name, end in found.items() if end is not None}
        return found if self.equals is None else {**found, "equals": list(self.equals)}


class Observed(NamedTuple):
    """What was seen of a property on a release: `support` for the values `within`, on so many devices and policies."""

    support: str
    within: Within
    devices: int
    policies: int
    as_of: str
    note: str
    source: str


def settled(support: str, evidence: str | None, *, taken: bool) -> str | None:
    """Return the support of a cell after a value was seen taken (or refused), or None where it stays as it was."""
    match support:
        case "unknown":
            return "accepted" if taken else "blocks"
        case "unmet":
            return "ignored" if taken else "blocks"
        case "enforced" | "accepted" | "partial" | "ignored":
            return "blocks" if not taken and evidence == "inferred" else None
        case "blocks" | "not-sent":
            return "accepted" if taken and evidence == "inferred" else None
        case _:
            return None


def bounds(known: Property, value: Any, *, taken: bool) -> Within:
    """Return the values that an observation of one value speaks of; `value` is as a pack writes it.

    What was taken holds at this value and looser ones, what was refused at this value and stricter ones. Where values
    have no order, at this value only.
    """
    match known.stricter:
        case "higher":
            return Within(max=value) if taken else Within(min=value)
        case "lower":
            return Within(min=value) if taken else Within(max=value)
        case "ordered":
            at = known.order.index(str(value))
            beside = known.order[at:] if taken else known.order[: at + 1]
            return Within(equals=tuple(each for each in beside if not known.is_neutral(known.written(each))))
        case _:
            return Within(equals=(value,))


def observed_of(entries: Iterable[dict[str, Any]]) -> tuple[Observed, ...]:
    """Build the observations of a cell from their compiled entries."""
    return tuple(
        Observed(
            entry["support"],
            Within(
                entry["within"].get("min"),
                entry["within"].get("max"),
                tuple(entry["within"]["equals"]) if "equals" in entry["within"] else None,
            ),
            entry["devices"],
            entry["policies"],
            entry["as_of"],
            entry["note"],
            entry["source"],
        )
        for entry in entries
    )
