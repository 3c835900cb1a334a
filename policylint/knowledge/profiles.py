"""Profiles: what benchmarks ask of the properties of a policy."""

import math
from typing import Any, NamedTuple

from policylint import values
from policylint.knowledge.catalogue import Catalogue, Property
from policylint.values import Value


class Control(NamedTuple):
    """What a benchmark asks of one property: every part of `asked` must hold.

    `asked` maps `equals`, `unequal`, `at_least` and `at_most` to values.
    """

    id: str
    known: Property
    asked: dict[str, Value]
    evidence: str
    note: str | None
    sources: tuple[str, ...]

    def is_met(self, value: Value) -> bool:
        """Tell whether a value is what the control asks for, by itself: no other setting counts."""
        return all(self._holds(part, value) for part in self.asked)

    def cure(self, value: Value) -> tuple[Property, Value] | None:
        """Return the loosest value that would meet the control; None where many would."""
        broken = [part for part in self.asked if not self._holds(part, value)]
        if not broken or "unequal" in broken:
            return None
        return self.known, self.asked[broken[0]]

    @property
    def requirement(self) -> str:
        """What is asked for, in words: `4 or more`."""
        return " and ".join(_WORDS[part].format(values.to_text(value)) for part, value in self.asked.items())

    def _holds(self, part: str, value: Value) -> bool:
        wanted = self.asked[part]
        match part:
            case "equals":
                return self.known.alike(value, wanted)
            case "unequal":
                return not self.known.alike(value, wanted)
            case "at_least":
                return _size(self.known, value) >= (values.magnitude(wanted) or 0.0)
            case _:
                return _size(self.known, value) <= (values.magnitude(wanted) or 0.0)


_WORDS = {"equals": "{}", "unequal": "anything but {}", "at_least": "{} or more", "at_most": "{} or less"}


def _size(known: Property, value: Value) -> float:
    """Return the size of a value; one that sets no limit is beyond all bounds, one that sets no minimum is 0."""
    unset = value in (known.neutral or ()) or known.is_zero_outside(value)
    if value == values.UNLIMITED or (unset and known.stricter == "lower"):
        return math.inf
    return values.magnitude(value) or 0.0


class Profile(NamedTuple):
    """A benchmark, by its id here and by its title with version and level, and its controls."""

    id: str
    title: str
    sources: tuple[str, ...]
    controls: tuple[Control, ...]


def profile_of(entry: dict[str, Any], catalogue: Catalogue) -> Profile:
    """Build a profile from its compiled entry."""
    controls = tuple(_control_of(each, catalogue) for each in entry["controls"])
    return Profile(entry["id"], entry["title"], tuple(entry["sources"]), controls)


def _control_of(entry: dict[str, Any], catalogue: Catalogue) -> Control:
    known = catalogue[entry["property"]]
    asked = {part: known.written(entry[part]) for part in _WORDS if part in entry}
    return Control(entry["id"], known, asked, entry["evidence"], entry.get("note"), tuple(entry["sources"]))
