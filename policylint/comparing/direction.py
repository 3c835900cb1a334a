"""Whether a change asks more of a device or less: the order of the catalogue, over what counts of each policy."""

from policylint import values
from policylint.comparing.model import Direction
from policylint.knowledge.catalogue import Catalogue, Property
from policylint.merging.merge import NO_NEEDS
from policylint.merging.normal import contribution, gate_closed, is_joined
from policylint.policies.policy import Policy
from policylint.strictness import Joined, join

_UNORDERED = ("none", "flat")


def direction_of(known: Property, old: Policy, new: Policy, catalogue: Catalogue) -> tuple[Direction, str | None]:
    """Compare what two policies ask by a property of which both show a value; a note tells what is not plain to see."""
    was_closed, is_closed = gate_closed(known, old), gate_closed(known, new)
    if was_closed and is_closed:
        return "neither", f"gated off: {_switch(known, new)}"
    if known.stricter in _UNORDERED:
        return "neither", None
    before, after = _asked(known, old, catalogue), _asked(known, new, catalogue)
    if before == after:
        return "neither", "asks the same of a device"
    if before is None:
        return "stricter", f"did not count before: {_switch(known, old)}" if was_closed else None
    if after is None:
        return "looser", f"does not count any more: {_switch(known, new)}" if is_closed else None
    joined = join(known, before, after)
    if joined not in (before, after):
        disputed = "the cmdlets' pages count it in different units"
        return "neither", disputed if known.unit_disputed else "neither value takes in the other"
    return ("stricter" if joined == after else "looser"), None


def _asked(known: Property, policy: Policy, catalogue: Catalogue) -> Joined | None:
    """Return what a policy asks by a property; None for nothing."""
    if is_joined(known):
        return contribution(policy, catalogue, NO_NEEDS).counted.get(known.key)
    value = policy.value(known.key)
    return None if known.neutral is not None and known.is_neutral(value) else value


def _switch(known: Property, policy: Policy) -> str:
    """Say how the switch stands that keeps a property of a policy from counting."""
    gate = known.gate
    setting = policy.get(gate.property) if gate is not None else None
    if gate is None or setting is None:
        return ""
    some = "; some clients may act on it all the same" if gate.basis == "per-client" else ""
    return f"{setting.spelling} is {values.to_text(setting.value)}{some}"
