"""The models of an export: a policy, its settings, and where they stand in the file.

Thousands of policies share names and values, so a policy holds references: to the `Layout` of its columns, and to one
shared `Reading` for each distinct value of a property. Places are found only when they are asked for.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

<<<<<<< HEAD
from policylint.exports.record import Document, Place, Raw, Record
from policylint.knowledge.catalogue import Property
=======
from policylint import values
from policylint.exports.powershell.document import ScriptDocument
from policylint.exports.record import Document, Enum, Place, Raw, Record
from policylint.knowledge.catalogue import Catalogue, Property
>>>>>>> 38bf411 (wip)
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


@dataclass(frozen=True, slots=True)
class Problem:
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
<<<<<<< HEAD
    """One mailbox policy of an export. If it is `complete`, what it does not show is taken to ask nothing."""
=======
    """One mailbox policy of an export, or of a script that makes or changes it (`drafted`).

    `assumed` holds the keys of the properties that a new policy gets by default, `stand_in` how a script writes a name
    that it works out.
    """
>>>>>>> 38bf411 (wip)

    document: Document
    record: Record
    layout: Layout
    readings: tuple[Reading | None, ...]
    problems: list[Problem] = field(default_factory=list)
<<<<<<< HEAD
    complete: bool = False
=======
    drafted: bool = False
    assumed: frozenset[str] = frozenset()
    stand_in: str | None = None
>>>>>>> 38bf411 (wip)

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
    def identity(self) -> str:
        """What tells this policy from others: its Guid, else its name."""
        return self.guid or self.name

    def value(self, key: str) -> Value:
        """Return the value of a property; None where it is not set, absent or unreadable."""
        column = self.layout.index.get(key)
        reading = self.readings[column] if column is not None else None
        return reading.value if reading is not None else None

    def get(self, key: str) -> Setting | None:
        """Return a setting, or None where the export lacks the property or its value is unreadable."""
        column = self.layout.index.get(key)
        reading = self.readings[column] if column is not None else None
        if column is None or reading is None or not reading.readable:
            return None
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
        switch = self.get(gate.property)
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


<<<<<<< HEAD
def _is_lost(reading: Reading | None) -> bool:
    return reading is not None and not reading.readable
=======
class PolicyReader:
    """Turns the records of exports into policies, by the catalogue. Keeps what many policies share."""

    def __init__(self, catalogue: Catalogue):
        self._catalogue = catalogue
        self._layouts: dict[tuple[str, ...], Layout] = {}
        self._readings: dict[tuple[str, type, Raw], Reading] = {}

    def policies(self, document: Document) -> list[Policy]:
        """Return the mailbox policies among the records of a document.

        Raises `ExportError` where a script sets policies and none of its commands can be read.
        """
        if isinstance(document, ScriptDocument):
            from policylint.policies.drafts import policies_of

            return policies_of(
                document, self._catalogue, lambda record: self._policy(document, record, self._layout(record.names))
            )
        found = []
        for record in document.records:
            layout = self._layout(record.names)
            if layout.is_policy:
                found.append(self._policy(document, record, layout))
        return found

    def _layout(self, names: tuple[str, ...]) -> Layout:
        known = self._layouts.get(names)
        if known is None:
            known = self._layouts[names] = _layout(names, self._catalogue)
        return known

    def _policy(self, document: Document, record: Record, layout: Layout) -> Policy:
        shared = self._readings
        readings: list[Reading | None] = []
        troubled = False
        for known, raw in zip(layout.columns, record.values, strict=False):
            if known is None:
                readings.append(None)
                continue
            # the type is part of the key because 1 and True are equal
            key = (known.key, raw.__class__, raw)
            reading = shared.get(key)
            if reading is None:
                reading = shared[key] = _reading(known, raw)
            troubled = troubled or reading.problem is not None
            readings.append(reading)
        policy = Policy(document, record, layout, tuple(readings))
        if troubled or None in readings or layout.twice:
            _find_problems(policy)
        return policy


def _layout(names: tuple[str, ...], catalogue: Catalogue) -> Layout:
    columns = tuple(catalogue.named(name) for name in names)
    index: dict[str, int] = {}
    twice = []
    votes = {"activesync": 0, "mobiledevice": 0}
    for column, (name, known) in enumerate(zip(names, columns, strict=True)):
        if known is None:
            continue
        if known.key in index:
            twice.append((index[known.key], column))
        else:
            index[known.key] = column
        if known.activesync != known.mobiledevice:
            for dialect in votes:
                votes[dialect] += name.casefold() == (getattr(known, dialect) or "").casefold()
    preferred = max(votes, key=lambda each: votes[each]) if any(votes.values()) else None
    is_policy = any(known is not None and known.makes_a_policy for known in columns)
    return Layout(names, columns, index, tuple(twice), preferred, is_policy)


def _reading(known: Property, raw: Raw) -> Reading:
    try:
        value = known.read(raw)
    except values.NotWritten as error:
        return Reading(None, problem="not-literal", detail=str(error), readable=False)
    except values.Lost as error:
        return Reading(None, problem="list-lost", detail=str(error), readable=False)
    except values.Truncated as error:
        return Reading(None, problem="truncated", detail=str(error), readable=False)
    except values.Unreadable as error:
        # Only settings are judged; an identity that reads oddly (a culture's date) hurts nobody.
        problem = "unreadable" if known.neutral is not None else None
        return Reading(None, problem=problem, detail=str(error), readable=False)
    if value is None and known.neutral is not None and None not in known.neutral:
        return Reading(None, problem="not-set", readable=False)
    problem, detail = _oddity(known, raw, value)
    return Reading(value, known.is_neutral(value), problem, detail)


def _oddity(known: Property, raw: Raw, value: Value) -> tuple[str | None, str]:
    """Say what is odd about a value that can be read all the same: an outcome and its detail."""
    if isinstance(raw, Enum) and raw.name and raw.number is not None and known.codes.get(raw.number, value) != value:
        return "odd", f"its number {raw.number} stands for {known.codes[raw.number]}; the name is believed"
    if value in known.odd_members:
        return "odd", "some page prints it, and the protocol has no code for it"
    if known.range is None or known.is_neutral(value) or known.range.holds(value):
        return None, ""
    low, high = values.to_text(known.range.low), values.to_text(known.range.high)
    for also in known.also_range:
        if also.holds(value):
            return (
                "odd",
                f"the newest page takes {low} to {high}, but {also.where} also {values.to_text(also.low)}",
            )
    return "out-of-range", f"Exchange takes {low} to {high}"


def _find_problems(policy: Policy) -> None:
    layout, record = policy.layout, policy.record
    for column, (known, reading) in enumerate(zip(layout.columns, policy.readings, strict=False)):
        mark, name, raw = record.marks[column], layout.names[column], record.values[column]
        if known is None:
            policy.problems.append(Problem("unknown-property", name, "", mark, raw=raw))
        elif reading is not None and reading.problem:
            policy.problems.append(Problem(reading.problem, name, reading.detail, mark, known, raw))
    for first, second in layout.twice:
        if policy.readings[first] is policy.readings[second]:
            continue
        ours, theirs = policy.readings[first], policy.readings[second]
        known = layout.columns[first]
        if known is None or ours is None or theirs is None or ours.value == theirs.value:
            continue
        detail = (
            f"{layout.names[first]} is {values.to_text(ours.value)} and "
            f"{layout.names[second]} is {values.to_text(theirs.value)}"
        )
        policy.problems.append(
            Problem("conflict", layout.names[second], detail, record.marks[second], known, record.values[second])
        )
        # neither value is believed
        blank = Reading(None, problem="conflict", detail=detail, readable=False)
        policy.readings = tuple(
            blank if column in (first, second) else reading for column, reading in enumerate(policy.readings)
        )
>>>>>>> 38bf411 (wip)
