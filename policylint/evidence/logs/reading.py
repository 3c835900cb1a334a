"""What lines amount to: the states of all devices and the tallies of all servers, and how readings become one."""

from typing import Any, NamedTuple

from policylint.evidence.logs.lines import Fields, short_name
from policylint.evidence.logs.names import Rename
from policylint.evidence.logs.report import FileReport
from policylint.evidence.logs.state import State
from policylint.evidence.logs.tally import Tally

Key = tuple[str, str]
"""Device id and spelling of the user, both in lower case; the user is "" where no line names one."""


class Reading:
    """states: of each device and user; front, back: tallies of lines of front ends and of back ends."""

    __slots__ = ("back", "front", "states")

    def __init__(self) -> None:
        self.states: dict[Key, State] = {}
        self.front = Tally()
        self.back = Tally()

    def state(self, device: str, user: str) -> State:
        """Return the state of a device of a user, a new one if it was not seen before."""
        return self.at((device.lower(), user.lower()), device, user)

    def at(self, key: Key, device: str, user: str) -> State:
        """Return the state under a key that is known already."""
        state = self.states.get(key)
        if state is None:
            state = self.states[key] = State(device, user)
        elif device < state.device or user < state.user:  # each by itself: the other may be larger
            state.device, state.user = min(state.device, device), min(state.user, user)
        return state

    def merge(self, other: "Reading", counts: bool = True) -> None:
        """Take in what `other` read. Without `counts` its lines were counted already, under another name."""
        for key, state in other.states.items():
            mine = self.states.get(key)
            if mine is None:
                mine = self.states[key] = State(state.device, state.user)
            mine.merge(state)
        if counts:
            self.front.merge(other.front)
            self.back.merge(other.back)

    def renamed(self, rename: Rename) -> "Reading":
        """Return the same with other names; all spellings of a user become one, by the name that they share."""
        reading = Reading()
        for (device, user), state in self.states.items():
            key = rename("device", device), user and rename("user", short_name(user))
            reading.at(key, *key).merge(state.renamed(*key))
        reading.front, reading.back = self.front.renamed(rename), self.back.renamed(rename)
        return reading

    def as_json(self) -> dict[str, Any]:
        """Return the reading as plain values, in one order whatever the files came in."""
        return {
            "states": [self.states[key].as_json() for key in sorted(self.states)],
            "front": self.front.as_json(),
            "back": self.back.as_json(),
        }

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "Reading":
        """Read what `as_json` returned."""
        reading = cls()
        for one in said["states"]:
            state = State.from_json(one)
            reading.states[state.device.lower(), state.user.lower()] = state
        reading.front, reading.back = Tally.from_json(said["front"]), Tally.from_json(said["back"])
        return reading


class Piece(NamedTuple):
    """What one task read: a file, or a range of a large one. `fields` are those in force at its end."""

    path: str
    content: str
    start: int
    reading: Reading
    report: FileReport
    fields: Fields


def joined(one: Piece, other: Piece) -> Piece:
    """Join two parts of the same file, in either order."""
    one.reading.merge(other.reading)
    one.report.merge(other.report)
    return one
