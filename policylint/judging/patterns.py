"""Rules that are patterns: conditions on the values of a policy, written as data in rules/checks/."""

from typing import Any, NamedTuple

from policylint import values
from policylint.knowledge.catalogue import Catalogue, Property
from policylint.policies.policy import Policy
from policylint.values import Value

_UNSET = object()


class Pattern(NamedTuple):
    """One condition on one property; every part given must hold.

    A property that the export lacks fulfils nothing but `present` False.
    """

    known: Property
    equals: Any = _UNSET
    unequal: Any = _UNSET
    above: float | None = None
    below: float | None = None
    demanded: bool | None = None
    present: bool | None = None
    ignore_case: bool = False

    def holds(self, policy: Policy) -> bool:
        """Tell whether the condition holds for a policy."""
        reading = policy.reading(self.known.key)
        if reading is None or self.present is False:
            return reading is None and self.present is False
        value = reading.value
        if self.demanded is not None and self.known.is_neutral(value) == self.demanded:
            return False
        if self.equals is not _UNSET and not self._same(self.equals, value):
            return False
        if self.unequal is not _UNSET and self._same(self.unequal, value):
            return False
        size = values.magnitude(value)
        if self.above is not None and not (size is not None and size > self.above):
            return False
        return self.below is None or (size is not None and size < self.below)

    def _same(self, wanted: Value, value: Value) -> bool:
        if self.ignore_case and isinstance(wanted, str) and isinstance(value, str):
            return wanted.casefold() == value.casefold()
        return wanted == value


def pattern_of(entry: dict[str, Any], catalogue: Catalogue) -> Pattern:
    """Make a condition out of its entry in a rule file."""
    known = catalogue[entry["property"]]
    parts: dict[str, Any] = {name: entry[name] for name in ("demanded", "present", "ignore_case") if name in entry}
    parts |= {name: known.written(entry[name]) for name in ("equals", "unequal") if name in entry}
    parts |= {name: values.magnitude(known.written(entry[name])) for name in ("above", "below") if name in entry}
    return Pattern(known, **parts)
