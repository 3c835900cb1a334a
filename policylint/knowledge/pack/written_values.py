"""Whether the values that a pack writes fit the types of their properties: a run must not stumble over one of them."""

from collections.abc import Iterator
from typing import Any

from policylint import values
from policylint.knowledge.catalogue import Property
from policylint.knowledge.pack import schema
from policylint.knowledge.pack.reading import At, Entry

_SIZED = ("int", "unlimited-int", "unlimited-timespan", "unlimited-bytes")


def checked_property(entry: Entry) -> Property:
    """Build a property from its entry. Raises `PackError` where a neutral value or an end of a range does not fit."""
    try:
        return Property(entry.model.model_dump(mode="json", exclude_defaults=True))
    except values.Unreadable as error:
        raise entry.error((), f"a value of {entry.model.key} does not fit its type: {error}") from None


def check_support(entry: Entry, statement: schema.SupportEntry, at: At, known: Property) -> None:
    """Refuse a condition, a value or limits that do not fit a property."""
    for where, written in _written(statement):
        _check(entry, (*at, where), known, written)
    limits = statement.limits
    if limits is None:
        return
    if known.type not in _SIZED:
        raise entry.error((*at, "limits"), f"{known.key} has no size that limits could hold for")
    if limits.unit and known.type != "unlimited-timespan":
        raise entry.error((*at, "limits"), f"{known.key} is no time span: its limits have no unit")
    for end in (limits.min, limits.max):
        if end is not None and not isinstance(end, int):
            raise entry.error((*at, "limits"), "the ends of limits are numbers")
    if isinstance(limits.min, int) and isinstance(limits.max, int) and limits.min > limits.max:
        raise entry.error((*at, "limits"), f"the limits {limits.min} to {limits.max} hold nothing")


def _written(statement: schema.SupportEntry) -> Iterator[tuple[str, Any]]:
    if statement.support == "must-be":
        yield "value", statement.value
    if statement.blocks is not None:
        for written in statement.blocks.equals or ():
            yield "blocks", written
        for bound in (statement.blocks.above, statement.blocks.below):
            if bound is not None:
                yield "blocks", bound


def check_trial(entry: Entry, known: Property) -> None:
    """Refuse a value to try that does not fit, or that asks nothing of a device."""
    trial = entry.model.trial
    if trial is None or trial.value is None:
        return
    _check(entry, ("trial",), known, trial.value)
    if known.is_neutral(known.written(trial.value)):
        raise entry.error(("trial",), f"{trial.value!r} asks nothing of a device, so there is nothing to try")


def check_pattern(entry: Entry, pattern: schema.Pattern, at: At, known: Property) -> None:
    """Refuse a condition on a policy whose value does not fit its property."""
    for name in ("equals", "unequal", "above", "below"):
        written = getattr(pattern, name)
        if written is not None:
            _check(entry, (*at, name), known, written)


def check_control(entry: Entry, control: schema.ControlEntry, at: At, known: Property) -> None:
    """Refuse a control that asks for nothing, or for what its property cannot be."""
    if known.kind == "identity":
        raise entry.error((*at, "property"), f"{known.key} says which policy it is, and is no setting")
    asked = {
        name: written
        for name in ("equals", "unequal", "at_least", "at_most")
        if (written := getattr(control, name)) is not None
    }
    if not asked:
        raise entry.error(at, "a control asks for something: equals, unequal, at_least or at_most")
    for name, written in asked.items():
        _check(entry, (*at, name), known, written)
        if name.startswith("at_") and values.magnitude(known.written(written)) is None:
            raise entry.error((*at, name), f"{written!r} is no size that {known.key} could be held against")
    if control.evidence == "inferred" and control.note is None:
        raise entry.error(at, "an inferred control must say in its note from what")


def _check(entry: Entry, at: At, known: Property, written: Any) -> None:
    try:
        known.written(written)
    except values.Unreadable as error:
        raise entry.error(at, f"this does not fit {known.key}: {error}") from None
