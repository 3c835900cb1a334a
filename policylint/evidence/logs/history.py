"""The history of each device: the first row of the table that holds.

N is `refused_hours`. *Since* means later than the last success (all, where there is none), for hours: later than its
hour. *Over* means that the last line of any device is 24 hours or more after it.

| history | when |
| --- | --- |
| `client-fault` | a client fault since |
| `broken-by-policy` | refusals in at least N different hours since |
| `refresh-dead` | a refresh since, and either refreshes in at least N different hours since, or it is over |
| `blocked-otherwise` | an other block since |
| `gave-up` | a refusal or stale key since, and it is over |
| `policy-edit` | a refusal or stale key in an edit hour, and the last success is later than the last of both |
| `onboarding` | a refusal, and the first success comes after the first one |
| `syncing` | a success |
| `unknown` | nothing of these |

An hour is an edit hour when at least five devices, and at least a fifth of those with any line that day, have a refusal
or stale key in it: that is when the policy was changed, and all were asked to provision again.
"""

from collections.abc import Callable, Collection
from typing import Final, Literal, NamedTuple

from policylint.evidence.logs.kinds import Kind
from policylint.evidence.logs.lines import short_name
from policylint.evidence.logs.reading import Reading
from policylint.evidence.logs.state import DAY, HOUR, State

History = Literal[
    "client-fault",
    "broken-by-policy",
    "refresh-dead",
    "blocked-otherwise",
    "gave-up",
    "policy-edit",
    "onboarding",
    "syncing",
    "unknown",
]

REFUSED_HOURS: Final = 3
_EDITED_DEVICES: Final = 5
_EDITED_SHARE: Final = 5
"""One device in so many."""


class Row(NamedTuple):
    """A device of a person: its history, all it amounts to, and every spelling that lines had of the person.

    `device` and `user` are one spelling each, `user` is "" where no line of the device names one.
    """

    device: str
    user: str
    history: History
    state: State
    spellings: frozenset[str]


def histories(
    reading: Reading, refused_hours: int = REFUSED_HOURS, person: Callable[[str], str] = short_name
) -> list[Row]:
    r"""Return the history of each device and person, in the order of their names.

    `person` tells who a spelling of a user is: two spellings with the same answer are one. A directory knows; without
    one it is what follows `\` or comes before `@`, in lower case. Lines that name no user belong to the one person of
    their device, if there is just one.
    """
    judge = Judge(reading, refused_hours)
    rows = []
    for state, spellings in _persons(reading, person):
        rows.append(Row(state.device, state.user, judge.history(state), state, spellings))
    return sorted(rows, key=lambda row: (row.device.lower(), row.user.lower()))


class Judge:
    """Tells the histories of devices by what all logs show: their end, and the hours in which a policy was changed."""

    def __init__(self, reading: Reading, refused_hours: int = REFUSED_HOURS) -> None:
        self._end = max((state.last for state in reading.states.values() if state.last is not None), default=0)
        self._edits = edit_hours(reading)
        self._refused_hours = refused_hours

    def history(self, state: State) -> History:
        """Return the history of a device whose lines amount to this."""
        return _history(state, self._refused_hours, self._end, self._edits)


def missing_days(reading: Reading) -> list[int]:
    """Return the days (since 1970) without any line between the first and the last one."""
    days = {day for state in reading.states.values() for day in state.days}
    return sorted(set(range(min(days), max(days))) - days) if days else []


def edit_hours(reading: Reading) -> set[int]:
    """Return the hours (since 1970) in which a policy was changed."""
    asked: dict[int, set[str]] = {}
    active: dict[int, set[str]] = {}
    for (device, _), state in reading.states.items():
        for hour in _asked(state):
            asked.setdefault(hour, set()).add(device)
        for day in state.days:
            active.setdefault(day, set()).add(device)
    return {
        hour
        for hour, devices in asked.items()
        if len(devices) >= _EDITED_DEVICES and _EDITED_SHARE * len(devices) >= len(active.get(hour * HOUR // DAY, ()))
    }


def _persons(reading: Reading, person: Callable[[str], str]) -> list[tuple[State, frozenset[str]]]:
    """Merge the states of one person's spellings on each device."""
    of: dict[str, dict[str, tuple[State, set[str]]]] = {}
    for (device, user), state in reading.states.items():
        persons = of.setdefault(device, {})
        merged, spellings = persons.setdefault(person(user) if user else "", (State(state.device, ""), set()))
        merged.merge(state)
        spellings.add(state.user)
    found = []
    for persons in of.values():
        nobody = persons.pop("", None) if len(persons) == 2 else None
        for merged, spellings in persons.values():
            if nobody:
                merged.merge(nobody[0])
            merged.user = _best(spellings)
            found.append((merged, frozenset(spellings - {""})))
    return found


def _best(spellings: Collection[str]) -> str:
    r"""Choose an address, else a name with its domain, else any: always the same of the same ones."""
    return min(spellings, key=lambda name: ("@" not in name, "\\" not in name, name.lower(), name))


def _history(state: State, refused_hours: int, end: int, edits: set[int]) -> History:
    succeeded = state.lasts.get("success")

    def last(*kinds: Kind) -> int | None:
        """Return the time of the last line of these kinds, if it is later than the last success."""
        time = max((state.lasts[kind] for kind in kinds if kind in state.lasts), default=None)
        return time if time is not None and (succeeded is None or time > succeeded) else None

    def hours(kind: Kind) -> int:
        seen = state.hours.get(kind, ())
        return sum(succeeded is None or hour > succeeded // HOUR for hour in seen)

    def over(time: int | None) -> bool:
        return time is not None and end - time >= DAY

    if last("client-fault") is not None:
        return "client-fault"
    if hours("refusal") >= refused_hours:
        return "broken-by-policy"
    if last("refresh") is not None and (hours("refresh") >= refused_hours or over(last("refresh"))):
        return "refresh-dead"
    if last("other-block") is not None:
        return "blocked-otherwise"
    if over(last("refusal", "stale-key")):
        return "gave-up"
    if succeeded is None:
        return "unknown"
    if not edits.isdisjoint(_asked(state)) and _later(succeeded, state):
        return "policy-edit"
    if (
        state.first_refusal is not None
        and state.first_success is not None
        and state.first_success > state.first_refusal
    ):
        return "onboarding"
    return "syncing"


def _asked(state: State) -> set[int]:
    return state.hours.get("refusal", set()) | state.hours.get("stale-key", set())


def _later(succeeded: int, state: State) -> bool:
    """Tell whether the success is later than the last refusal and stale key."""
    return all(succeeded > state.lasts[kind] for kind in ("refusal", "stale-key") if kind in state.lasts)
