"""What was seen of a device: one word, the first that holds, and whether it still counts.

| seen | when |
| --- | --- |
| `refused` | the access state is Blocked for the reason Policy, or the log history is `broken-by-policy` |
| `external` | the status is ExternallyManaged |
| `took-part`, `took-all` | the status is PartiallyApplied; AppliedInFull |
| `took-nothing` | the status is NotApplied, and a success is shown |
| `silent` | nothing of these |

The status is what the client claims, so `took-all` supports `accepted` and never `enforced`.
"""

from typing import Literal, NamedTuple, get_args

from policylint.evidence.fleet import Device
from policylint.evidence.logs import History, Judge
from policylint.evidence.logs.state import State
from policylint.evidence.policy_names import NamedPolicy
from policylint.evidence.spellings import GUID, NAME, spelling

Seen = Literal["refused", "external", "took-part", "took-all", "took-nothing", "silent"]
SEEN: tuple[Seen, ...] = get_args(Seen)

_BY_STATUS: dict[str, Seen] = {
    "externallymanaged": "external",
    "partiallyapplied": "took-part",
    "appliedinfull": "took-all",
}


class Observation(NamedTuple):
    """What was seen of a device, and how the logs went on; `state` is None where no log has it.

    `policy` is the policy that it belongs to. It is `stale` where that is not the one assigned now, or was changed
    since; `changed` tells the latter.
    """

    seen: Seen
    history: History | None
    state: State | None
    policy: NamedPolicy | None
    stale: bool
    changed: bool


def observe(device: Device, judge: Judge | None) -> Observation:
    """Return what was seen of a device; `judge` tells histories where there are logs."""
    state = _state(device)
    history = judge.history(state) if judge is not None and state is not None else None
    given = device.applied or device.policy
    changed = _changed_since(device, given)
    stale = changed or _is_another(device)
    return Observation(_seen(device, history, state), history, state, given, stale, changed)


def _state(device: Device) -> State | None:
    """Put together what logs have of a device, whatever they call its user."""
    found: State | None = None
    for each in device.seen:
        if found is None:
            found = State(each.device, each.user)
        assert isinstance(each.state, State)
        found.merge(each.state)
    return found


def _seen(device: Device, history: History | None, state: State | None) -> Seen:
    said = tuple((text or "").casefold() for text in (device.state, device.reason))
    if said == ("blocked", "policy") or history == "broken-by-policy":
        return "refused"
    status = (device.status or "").casefold()
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    synced = device.synced or (state is not None and "success" in state.lasts)
    return "took-nothing" if status == "notapplied" and synced else "silent"


def _changed_since(device: Device, given: NamedPolicy | None) -> bool:
    """Tell whether a policy was changed later than the device took it; a date that is not shown is no change."""
    if given is None or given.changed is None or device.last_policy_update is None:
        return False
    return given.changed.later_than(device.last_policy_update)


def _is_another(device: Device) -> bool:
    """Tell whether a device was given another policy than its user has now."""
    given, now = device.applied, device.policy
    if given is None or now is None or given is now:
        return False
    # of a Guid that no export explains it cannot be told whose it is
    return not any(each.policy is None and _is_guid(each.name) for each in (given, now))


def _is_guid(name: str) -> bool:
    return any(each.kind == GUID for each in spelling(name, NAME))
