"""The models of an export: a policy, its settings, and where they stand in the file.

Thousands of policies share names and values, so a policy holds references: to the `Layout` of its columns, and to one
shared `Reading` for each distinct value of a property. Places are found only when they are asked for.
"""

from dataclasses import dataclass, field
from typing import ClassVar, Literal, NamedTuple

from policylint.exports.record import Document, Place, Raw, Record
from policylint.knowledge.catalogue import Property
from policylint.values import Value


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What one raw value of a property means.

    `problem` names the outcome that reports what is wrong with it, `detail` says it; `readable` is False where the
    value could not be read at all, so that nothing may be concluded from it.
    """

    value: Value
    neutral: bool = True
    problem: str | None = None
    detail: str = ""
    readable: bool = True


GateState = Literal["open", "closed", "hidden"]
"""How the gate of a setting stands: its switch as the setting needs it, otherwise, or not told by the export."""


class Setting(NamedTuple):
    """A property with the value a policy gives it, and where that stands."""

    property: Property
    spelling: str
    value: Value
    mark: int


class Problem(NamedTuple):
    """Something in the export that cannot be taken as it stands: the outcome that reports it, where, and why."""

    outcome: str
    name: str
    detail: str
    mark: int
    property: Property | None = None
    raw: Raw = None


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The columns of a record: which property each holds (None: unknown), and where each property stands.

    `twice` holds the columns of each property that has several, `missing` the properties of devices that have none.
    """

    names: tuple[str, ...]
    columns: tuple[Property | None, ...]
    index: dict[str, int]
    twice: tuple[tuple[int, ...], ...]
    dialect: str | None
    is_policy: bool
    missing: tuple[Property, ...] = ()


@dataclass(slots=True, eq=False)
class Policy:
    """One mailbox policy of an export, or of a script that makes or changes it (`drafted`).

    If it is `complete`, what it does not show is taken to ask nothing. `assumed` holds the keys of the properties that
    a new policy gets by default, `stand_in` how a script writes a name that it works out. `is_name_lost` tells that
    where commands are written the name cannot be. A policy that is to be shown without its name `covers` the real one.
    """

    kind: ClassVar[str] = "policy"
    part: ClassVar[str] = "property"

    document: Document
    record: Record
    layout: Layout
    readings: tuple[Reading | None, ...]
    problems: list[Problem] = field(default_factory=list)
    complete: bool = False
    drafted: bool = False
    assumed: frozenset[str] = frozenset()
    stand_in: str | None = None
    is_name_lost: bool = False
    covers: "Policy | None" = None

    @property
    def name(self) -> str:
        """The policy's name, or a stand-in where the export has none."""
        return self.own_name or self.guid or self.stand_in or "(no name)"

    @property
    def own_name(self) -> str | None:
        """The policy's name as the export has it."""
        for key in ("Name", "Identity"):
            value = self.value(key)
            if value:
                return str(value)
        return self.record.text

    @property
    def guid(self) -> str | None:
        """The policy's Guid in lower case, if the export has it."""
        value = self.value("Guid")
        return str(value).strip("{}").casefold() if value else None

    @property
    def is_name_in_doubt(self) -> bool:
        """Whether the name may be written otherwise: letters of it were guessed, or lost when it was exported."""
        return self._is_in_doubt(self.own_name or "")

    def _is_in_doubt(self, name: str) -> bool:
        # "?" and U+FFFD stand for a letter that an encoding does not have
        return "?" in name or "\ufffd" in name or (self.document.is_guess and not name.isascii())

    @property
    def handle(self) -> str | None:
        """What a command finds the policy by: its name, or its Guid where the name is in doubt, lost or not there."""
        if self.is_name_lost:
            return self.guid
        name = self.own_name
        return name if name and not self._is_in_doubt(name) else self.guid or name or None

    @property
    def identity(self) -> str:
        """What tells this policy from others: its Guid, else its name."""
        return self.covers.identity if self.covers else self.guid or self.name

    def answers_to(self, name: str) -> bool:
        """Tell whether a reader may call it by a name: its own or its Guid, in any case."""
        if self.covers is not None and self.covers.answers_to(name):
            return True
        return name.casefold() in (self.name.casefold(), self.guid)

    def value(self, key: str) -> Value:
        """Return the value of a property; None where it is not set, absent or unreadable."""
        column = self.layout.index.get(key)
        reading = self.readings[column] if column is not None else None
        return reading.value if reading is not None else None

    def reading(self, key: str) -> Reading | None:
        """Return what the value of a property means, or None where the export lacks it or it is unreadable."""
        column = self.layout.index.get(key)
        reading = self.readings[column] if column is not None else None
        return reading if reading is not None and reading.readable else None

    def get(self, key: str) -> Setting | None:
        """Return a setting, or None where the export lacks the property or its value is unreadable."""
        reading = self.reading(key)
        if reading is None:
            return None
        column = self.layout.index[key]
        known = self.layout.columns[column]
        assert known is not None
        return Setting(known, self.layout.names[column], reading.value, self.record.marks[column])

    @property
    def hidden(self) -> tuple[Property, ...]:
        """The properties of devices whose value the export does not tell; none of a policy that is complete."""
        if self.complete:
            return ()
        if not self.problems:  # whatever cannot be read is one
            return self.layout.missing
        columns = self.layout.columns
        lost = (columns[column] for column in self.layout.index.values() if _is_lost(self.readings[column]))
        return (*self.layout.missing, *(known for known in lost if known is not None and known.kind == "device"))

    def gate_of(self, known: Property) -> GateState:
        """Tell how the gate of a property stands in this policy; one that has none is open."""
        gate = known.gate
        if gate is None:
            return "open"
        switch = self.reading(gate.property)
        if switch is None:
            # the neutral value of a switch is off
            return "closed" if self.complete else "hidden"
        return "open" if switch.value == gate.equals else "closed"

    def demanded(self) -> list[str]:
        """List the keys of the properties whose value is away from neutral, gates not considered."""
        columns = self.layout.columns
        found = [
            columns[column].key  # type: ignore[union-attr]
            for column, reading in enumerate(self.readings)
            if reading is not None and not reading.neutral
        ]
        return list(dict.fromkeys(found)) if self.layout.twice else found

    @property
    def asks_nothing(self) -> bool:
        """Whether it demands nothing of any device, and hides nothing: its gates are considered."""
        columns = self.layout.columns
        asked = (
            known
            for known, reading in zip(columns, self.readings, strict=False)
            if known is not None and known.kind == "device" and reading is not None and not reading.neutral
        )
        return not self.hidden and all(self.gate_of(known) == "closed" for known in asked)

    def spell(self, known: Property) -> str:
        """Give a property the name it has in this file, or would have."""
        column = self.layout.index.get(known.key)
        if column is not None:
            return self.layout.names[column]
        spelled = known.mobiledevice if self.layout.dialect == "mobiledevice" else known.activesync
        return spelled or known.key

    @property
    def mark(self) -> int:
        """What stands for the policy as a whole in the file: its name, else all of it."""
        named = self.get("Name")
        return named.mark if named is not None else self.record.mark

    def place(self, mark: int) -> Place:
        """Find a value by its mark."""
        return self.document.place(mark)


def _is_lost(reading: Reading | None) -> bool:
    return reading is not None and not reading.readable
