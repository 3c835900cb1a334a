"""A policy with other values, to be judged before it exists."""

from collections.abc import Mapping

from policylint.exports.record import Record
from policylint.knowledge.catalogue import Catalogue
from policylint.policies.policy import Layout, Policy, Reading
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
        ),
        (*readings, *(reading for _, reading in added)),
        [problem for problem in policy.problems if problem.property is None or problem.property.key not in values],
    )


def fresh(policy: Policy, name: str, values: Mapping[str, Value], catalogue: Catalogue) -> Policy:
    """Return a new policy in the spelling of another, with these values and nothing else."""
    record = policy.record
    empty = Policy(
        policy.document,
        Record(record.type_name, None, (), (), [], record.mark),
        Layout((), (), {}, (), policy.layout.dialect, True),
        (),
    )
    return _changed(empty, {"Name": name, **values}, catalogue, policy)
