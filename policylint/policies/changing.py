"""Policies that nobody exported: one with other values in some settings, or one that is made anew."""

from collections.abc import Mapping, Sequence

from policylint.exports.record import Record
from policylint.knowledge.catalogue import Catalogue, Property
from policylint.knowledge.nearest import did_you_mean
from policylint.policies.policy import Layout, Policy, Reading
from policylint.policies.reading import reading_of
from policylint.usage import UsageError
from policylint.values import Value


def changed(policy: Policy, values: Mapping[str, Value], catalogue: Catalogue) -> Policy:
    """Return a policy in which some properties, by key, have these values; those it did not show are added to it."""
    return _changed(policy, values, catalogue, policy)


def _changed(policy: Policy, values: Mapping[str, Value], catalogue: Catalogue, origin: Policy) -> Policy:
    """Do so; what is added stands where `origin` has it."""
    layout, record = policy.layout, policy.record
    readings = list(policy.readings)
    added = []
    for key, value in values.items():
        known = catalogue[key]
        reading = Reading(value, known.is_neutral(value))
        column = layout.index.get(known.key)
        if column is None:
            added.append((known, reading))
        else:
            readings[column] = reading
    first = len(layout.names)
    stated = [origin.get(known.key) for known, _ in added]
    names = (*layout.names, *(policy.spell(known) for known, _ in added))
    return Policy(
        policy.document,
        Record(
            record.type_name,
            record.text,
            names,
            (*record.values, *(None for _ in added)),
            [*record.marks, *(setting.mark if setting else record.mark for setting in stated)],
            record.mark,
        ),
        Layout(
            names,
            (*layout.columns, *(known for known, _ in added)),
            {**layout.index, **{known.key: first + number for number, (known, _) in enumerate(added)}},
            layout.twice,
            layout.dialect,
            True,
            tuple(known for known in layout.missing if known.key not in values),
        ),
        (*readings, *(reading for _, reading in added)),
        [problem for problem in policy.problems if problem.property is None or problem.property.key not in values],
        policy.complete,
    )


def fresh(policy: Policy, name: str, values: Mapping[str, Value], catalogue: Catalogue) -> Policy:
    """Return a new policy in the spelling of another, with these values and nothing else."""
    record = policy.record
    empty = Policy(
        policy.document,
        Record(record.type_name, None, (), (), [], record.mark),
        Layout((), (), {}, (), policy.layout.dialect, True),
        (),
        complete=True,
    )
    return _changed(empty, {"Name": name, **values}, catalogue, policy)


def asked_values(texts: Sequence[str], catalogue: Catalogue) -> dict[str, Value]:
    """Read `PROPERTY=VALUE`, by any name of a property and as PowerShell writes values; returns values by key.

    Raises `UsageError` for what is no setting, cannot be read, or is taken by no Exchange.
    """
    found: dict[str, Value] = {}
    for text in texts:
        name, equals, written = text.partition("=")
        known = catalogue.named(name.strip())
        if not equals:
            raise UsageError(f"--set {text}: write it as PROPERTY=VALUE, such as MinPasswordLength=8")
        if known is None or known.kind == "identity":
            hint = did_you_mean(catalogue.nearest(name.strip())[:1])
            raise UsageError(f"--set {text}: {name.strip()!r} is no setting of a mailbox policy{hint}")
        if known.key in found:
            raise UsageError(f"--set {text}: {name.strip()} is set twice")
        found[known.key] = _value(known, written.strip(), text)
    return found


def _value(known: Property, written: str, text: str) -> Value:
    is_null = written.casefold() == "$null"
    reading = reading_of(
        known, None if is_null else tuple(written.split(",")) if known.type == "string-list" else written
    )
    if not reading.readable or reading.problem == "out-of-range":
        cannot_be = f"{known.key} cannot be empty"
        raise UsageError(f"--set {text}: {reading.detail or cannot_be}")
    return reading.value
