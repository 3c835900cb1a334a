"""What one account's policy really asks for, before it meets the others: gates first, then only what counts.

Joining the printed values and applying the gates afterwards gives wrong answers: exports print password details even
where no password is required.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from policylint.knowledge.catalogue import Catalogue, Property
from policylint.policies.policy import Policy
from policylint.strictness import Joined, Measured, entries, plain
from policylint.values import Value


@dataclass(frozen=True, slots=True, eq=False)
class Contribution:
    """What a policy brings into a merge: the values that count, by key, and the keys of those a gate keeps out.

    `folded` are the keys of flags that count because the same flag is set under its other name.
    """

    counted: Mapping[str, Joined]
    gated: frozenset[str]
    folded: frozenset[str]


def normalise(policy: Policy, catalogue: Catalogue, needs: Mapping[str, str] | None = None) -> dict[str, Value]:
    """Return the values of a policy that count, by key; what asks for nothing is absent.

    `needs` names for some properties another one that must be True in the same policy for them to count.
    """
    return {key: plain(value) for key, value in contribution(policy, catalogue, needs or {}).counted.items()}


def contribution(policy: Policy, catalogue: Catalogue, needs: Mapping[str, str]) -> Contribution:
    """Return what a policy brings into a merge. It is worked out once for each policy."""
    return _contribution(policy, catalogue, tuple(sorted(needs.items())))


@lru_cache(maxsize=4096)
def _contribution(policy: Policy, catalogue: Catalogue, needs: tuple[tuple[str, str], ...]) -> Contribution:
    counted: dict[str, Joined] = {}
    gated = set()
    for known in catalogue:
        setting = policy.get(known.key) if is_joined(known) else None
        if setting is None or not _asks(known, setting.value, policy):
            continue
        if gate_closed(known, policy):
            gated.add(known.key)
        else:
            counted[known.key] = _canonical(known, setting.value, policy)
    for key, needed in needs:
        if key in counted and counted.get(needed) is not True:
            del counted[key]
            gated.add(key)
    return Contribution(counted, frozenset(gated), frozenset(_fold(counted, catalogue)))


def is_joined(known: Property) -> bool:
    """Tell whether the values of several accounts can be joined: demands on a device can, if they have an order."""
    return known.kind == "device" and known.stricter != "none"


def _asks(known: Property, value: Value, policy: Policy) -> bool:
    if known.stricter == "flat" and known.is_neutral(value):
        # by itself it asks for nothing; together with the demand it belongs to, it is an exact demand
        return value is not None and any(_demanded(moot.property, policy, moot.equals) for moot in known.moot_with)
    return not known.is_neutral(value) and not known.is_zero_outside(value)


def _demanded(key: str, policy: Policy, off: bool) -> bool:
    switch = policy.get(key)
    return switch is not None and switch.value is not None and switch.value != off


def gate_closed(known: Property, policy: Policy) -> bool:
    """Tell whether the policy itself keeps a value from counting; a switch that the export lacks is not known to."""
    switch = policy.get(known.gate.property) if known.gate else None
    return known.gate is not None and switch is not None and switch.value != known.gate.equals


def _canonical(known: Property, value: Value, policy: Policy) -> Joined:
    if isinstance(value, tuple):
        return entries(value)
    if isinstance(value, int) and known.unit_disputed:
        # nothing at all is the same in any unit
        return Measured(value, policy.layout.dialect if value else None)
    return value


def _fold(counted: dict[str, Joined], catalogue: Catalogue) -> list[str]:
    """Let a flag that goes by two names count under both, and list the names that were added."""
    added = []
    for known in catalogue:
        if known.same_flag_as is None:
            continue
        for here, there in ((known.key, known.same_flag_as), (known.same_flag_as, known.key)):
            if here in counted and there not in counted:
                counted[there] = counted[here]
                added.append(there)
    return added
