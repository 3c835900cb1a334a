"""What all lines of one user on one device amount to: a small value whose merge knows no order.

Everything in it is a set, a smallest or a largest. So `merge` is associative and commutative, and what comes twice
(front and back end, overlapping files, a file given again) changes nothing. Times are seconds since 1970 (UTC),
hours and days are numbered from there.
"""

from collections.abc import Iterable
from typing import Any, Final, TypeVar

from policylint.evidence.logs.kinds import Kind

HOUR: Final = 3600
DAY: Final = 86_400

HOURLY: Final[tuple[Kind, ...]] = ("refusal", "refresh", "stale-key")
"""The kinds whose clock hours are kept."""

NEWEST: Final = 16
"""How many reasons, agents, types and systems of a device are kept: the newest. Else a hostile log fills memory."""

Name = TypeVar("Name", bound=str)


class State:
    """One device of one user, as the logs show it.

    device, user: a spelling of each (the smallest, so that no order matters); the user is "" where no line names one
    days: the days with any line; first, last: the times of the first and the last line
    hours: of each kind in `HOURLY`, the clock hours with such a line
    first_refusal, first_success: times, None without one
    lasts: of each kind but `nothing`, the time of the last such line
    reasons: of each reason of a kind, the time it last held
    agents, types, systems: of each User-Agent, DeviceType and reported system, the time it was last seen
    """

    __slots__ = (
        "agents", "days", "device", "first", "first_refusal", "first_success", "hours", "last", "lasts", "reasons",
        "systems", "types", "user",
    )  # fmt: skip

    def __init__(self, device: str, user: str) -> None:
        self.device = device
        self.user = user
        self.first: int | None = None
        self.last: int | None = None
        self.days: set[int] = set()
        self.hours: dict[Kind, set[int]] = {}
        self.first_refusal: int | None = None
        self.first_success: int | None = None
        self.lasts: dict[Kind, int] = {}
        self.reasons: dict[str, int] = {}
        self.agents: dict[str, int] = {}
        self.types: dict[str, int] = {}
        self.systems: dict[str, int] = {}

    def add(self, kind: Kind, reason: str, time: int) -> None:
        """Take in what kind of line there was; that there was one is taken in by `span`."""
        if kind == "nothing":
            return
        if self.lasts.get(kind, -1) < time:
            self.lasts[kind] = time
        if kind == "success":
            self.first_success = _earlier(self.first_success, time)
            return
        if kind in HOURLY:
            self.hours.setdefault(kind, set()).add(time // HOUR)
        if kind == "refusal":
            self.first_refusal = _earlier(self.first_refusal, time)
        if self.reasons.get(reason, -1) < time:
            self.reasons[reason] = time
            if len(self.reasons) > 2 * NEWEST:
                _keep_newest(self.reasons)

    def span(self, first: int, last: int, days: Iterable[int]) -> None:
        """Take in that there were lines, from `first` to `last`, on these days."""
        self.first = _earlier(self.first, first)
        self.last = last if self.last is None or last > self.last else self.last
        self.days.update(days)

    def seen_as(self, time: int, agent: str, kind: str, system: str) -> None:
        """Take in what the device called itself at that time; what is empty was not said."""
        for known, name in ((self.agents, agent), (self.types, kind), (self.systems, system)):
            if name and known.get(name, -1) < time:
                known[name] = time
                if len(known) > 2 * NEWEST:
                    _keep_newest(known)

    def merge(self, other: "State") -> None:
        """Take in all that `other` knows."""
        self.device = min(self.device, other.device)
        self.user = min(self.user, other.user)
        if other.first is not None and other.last is not None:
            self.span(other.first, other.last, other.days)
        for kind, hours in other.hours.items():
            self.hours.setdefault(kind, set()).update(hours)
        self.first_refusal = _earlier(self.first_refusal, other.first_refusal)
        self.first_success = _earlier(self.first_success, other.first_success)
        for kind, time in other.lasts.items():
            _latest(self.lasts, kind, time)
        for name in _BOUNDED:
            mine: dict[str, int] = getattr(self, name)
            for text, time in getattr(other, name).items():
                _latest(mine, text, time)
            _keep_newest(mine)

    def renamed(self, device: str, user: str) -> "State":
        """Return the same under other names."""
        state = State(device, user)
        state.merge(self)
        state.device, state.user = device, user
        return state

    def as_json(self) -> dict[str, Any]:
        """Return the state as plain values, in one order whatever the lines came in."""
        for name in _BOUNDED:
            _keep_newest(getattr(self, name))
        return {
            "device": self.device,
            "user": self.user,
            "first": self.first,
            "last": self.last,
            "days": sorted(self.days),
            "hours": {kind: sorted(self.hours[kind]) for kind in sorted(self.hours)},
            "first_refusal": self.first_refusal,
            "first_success": self.first_success,
            **{name: dict(sorted(getattr(self, name).items())) for name in _TIMES},
        }

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "State":
        """Read what `as_json` returned."""
        state = cls(said["device"], said["user"])
        for name in ("first", "last", "first_refusal", "first_success", *_TIMES):
            setattr(state, name, said[name])
        state.days = set(said["days"])
        state.hours = {kind: set(hours) for kind, hours in said["hours"].items()}
        return state

    def __eq__(self, other: object) -> bool:
        return isinstance(other, State) and self.as_json() == other.as_json()

    __hash__ = None  # type: ignore[assignment]


_BOUNDED = ("reasons", "agents", "types", "systems")
_TIMES = ("lasts", *_BOUNDED)


def _earlier(known: int | None, time: int | None) -> int | None:
    return known if time is None else time if known is None else min(known, time)


def _latest(times: dict[Name, int], name: Name, time: int) -> None:
    if times.get(name, -1) < time:
        times[name] = time


def _keep_newest(times: dict[str, int]) -> None:
    """Keep the newest few. What is among the newest of all is so in each part, so parts may forget the others."""
    if len(times) > NEWEST:
        for name in sorted(times, key=lambda name: (times[name], name))[:-NEWEST]:
            del times[name]
