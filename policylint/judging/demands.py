"""The demands of a policy, and which of them count on one target: the design, section 2b."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policylint.judging.cells import CLOSED, CLOSED_FOR_SOME, OPEN, counts, must_be_broken
from policylint.knowledge.catalogue import Catalogue, Property
from policylint.knowledge.families import Cell, Target
from policylint.policies.policy import Policy, Setting
from policylint.values import Value

AS_GOOD = ("enforced", "accepted")
"""Support that meets a demand, as far as is known."""


class Demand(NamedTuple):
    """A demand that counts on a target, and what the data has of it there, whatever was observed."""

    known: Property
    value: Value
    cell: Cell


def demands_of(policy: Policy) -> list[tuple[Setting, str]]:
    """List the settings of a policy away from neutral, each with how its own gate stands."""
    found = []
    for key in policy.demanded():
        setting = policy.get(key)
        if setting is not None and setting.property.kind == "device":
            found.append((setting, _gate_of(policy, setting.property)))
    return found


def _gate_of(policy: Policy, known: Property) -> str:
    # A switch that the export lacks is not known to be off: better a word too many than a refusal unseen.
    if known.gate is None or policy.gate_of(known) != "closed":
        return OPEN
    return CLOSED if known.gate.basis == "protocol" else CLOSED_FOR_SOME


def demands_on(target: Target, demands: Sequence[tuple[Setting, str]]) -> Iterator[Demand]:
    """Yield the demands that count on a target; a flag that is asked for under both of its names counts once."""
    asked = {setting.property.key: setting.property for setting, _ in demands}
    seconds = {known.same_flag_as: known for known in asked.values() if known.same_flag_as in asked}
    for setting, gate in demands:
        known = setting.property
        if known.same_flag_as in asked:
            continue
        second = seconds.get(known.key)
        if second is not None and target.cell(second.key).support in AS_GOOD:
            known = second
        cell = target.cell(known.key)
        if counts(cell, known, setting.value, gate):
            yield Demand(known, setting.value, cell)


def broken_must_be(target: Target, policy: Policy, catalogue: Catalogue) -> Iterator[Property]:
    """Yield the properties, the gate among them, that a target takes at one value only, and the policy has another."""
    for known in catalogue.properties:
        cell = target.cell(known.key)
        if cell.support != "must-be":
            continue
        setting = policy.get(known.key)
        if setting is not None:
            value = setting.value
        elif policy.complete and known.kind == "device" and known.neutral:
            value = known.neutral[0]
        else:
            continue
        if must_be_broken(cell, known, value):
            yield known
