"""From the records of an export to policies, by the catalogue: what names and values mean, and what is wrong there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from policylint import values
from policylint.exports.detect import COMMANDS
from policylint.exports.record import Document, Enum, Raw, Record
from policylint.exports.wanted import Wanted
from policylint.knowledge.catalogue import Catalogue, Property
from policylint.policies.policy import Layout, Policy, Problem, Reading
from policylint.values import Value

_TYPES = ("SystemConfiguration.MobileMailboxPolicy", "SystemConfiguration.ActiveSyncMailboxPolicy")
"""The .NET types of a policy, which stand before its properties: an export that was cut off early may hold no more."""


class PolicyReader:
    """Turns the records of exports into policies, by the catalogue. Keeps what many policies share."""

    def __init__(self, catalogue: Catalogue, *, assume_complete: bool = False):
        """Prepare to read; with `assume_complete`, what policies do not show is taken to ask nothing."""
        self._catalogue = catalogue
        self._complete = assume_complete
        self._layouts: dict[tuple[str, ...], Layout] = {}
        self._moved: dict[tuple[Layout, tuple[int, ...]], Layout] = {}
        self._readings: dict[tuple[str, type, Raw], Reading] = {}
        names = [(name, known.makes_a_policy) for known in catalogue for name in known.spellings]
        self.wanted = Wanted((name for name, _ in names), (name for name, is_mark in names if is_mark), _TYPES)

    def policies(self, document: Document) -> list[Policy]:
        """Return the mailbox policies among the records of a document.

        Raises `ExportError` where a script sets policies and none of its commands can be read.
        """
        if document.format in COMMANDS:
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
            # 1 and True are equal, and so are lists of them: the type is part of the key, or the whole text
            key = (known.key, raw.__class__, raw if raw.__class__ in _TOLD_BY_TYPE else repr(raw))
            reading = shared.get(key)
            if reading is None:
                reading = shared[key] = reading_of(known, raw)
            troubled = troubled or reading.problem is not None
            readings.append(reading)
        if layout.twice:
            layout = self._telling(layout, record)
        policy = Policy(document, record, layout, tuple(readings), complete=self._complete)
        if troubled or None in readings or layout.twice:
            _find_problems(policy)
        return policy

    def _telling(self, layout: Layout, record: Record) -> Layout:
        """Return a layout whose properties stand in the first of their columns that is not empty in a record."""
        moved = tuple(
            next((column for column in columns if not _is_empty(record.values[column])), columns[0])
            for columns in layout.twice
        )
        if moved == tuple(columns[0] for columns in layout.twice):
            return layout
        found = self._moved.get((layout, moved))
        if found is None:
            keys = (known.key for column in moved if (known := layout.columns[column]) is not None)
            index = {**layout.index, **dict(zip(keys, moved, strict=True))}
            found = self._moved[layout, moved] = replace(layout, index=index)
        return found


# Values that are equal only where they read alike, as long as they are of one type.
_TOLD_BY_TYPE = frozenset((str, bool, int, type(None), Enum, timedelta))


def _is_empty(raw: Raw) -> bool:
    """Tell whether a field says nothing, so that another spelling of its property may."""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def _layout(names: tuple[str, ...], catalogue: Catalogue) -> Layout:
    columns = tuple(catalogue.named(name) for name in names)
    index: dict[str, int] = {}
    twice: dict[str, list[int]] = {}
    votes = {"activesync": 0, "mobiledevice": 0}
    for column, (name, known) in enumerate(zip(names, columns, strict=True)):
        if known is None:
            continue
        if known.key in index:
            twice.setdefault(known.key, [index[known.key]]).append(column)
        else:
            index[known.key] = column
        if known.activesync != known.mobiledevice:
            for dialect in votes:
                votes[dialect] += name.casefold() == (getattr(known, dialect) or "").casefold()
    preferred = max(votes, key=lambda each: votes[each]) if any(votes.values()) else None
    is_policy = any(known is not None and known.makes_a_policy for known in columns)
    missing = tuple(known for known in catalogue.properties if known.kind == "device" and known.key not in index)
    return Layout(names, columns, index, tuple(map(tuple, twice.values())), preferred, is_policy, missing)


def reading_of(known: Property, raw: Raw) -> Reading:
    """Read one value of a property; what is wrong with it stands in the reading."""
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
    foreign = values.foreign_boolean(raw) if known.type == "bool" else None
    if foreign is not None:
        return "odd", f"{values.raw_text(raw)} is what {foreign[1]} write for it"
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
    told_elsewhere = {column for columns in layout.twice for column in _empty_beside_told(columns, record)}
    for column, (known, reading) in enumerate(zip(layout.columns, policy.readings, strict=False)):
        mark, name, raw = record.marks[column], layout.names[column], record.values[column]
        if known is None:
            policy.problems.append(Problem("unknown-property", name, "", mark, raw=raw))
        elif reading is not None and reading.problem and column not in told_elsewhere:
            policy.problems.append(Problem(reading.problem, name, reading.detail, mark, known, raw))
    for columns in layout.twice:
        _find_conflict(policy, [column for column in columns if column not in told_elsewhere])


def _empty_beside_told(columns: tuple[int, ...], record: Record) -> list[int]:
    """List those of the columns of a property that are empty where another is not."""
    empty = [column for column in columns if _is_empty(record.values[column])]
    return empty if len(empty) < len(columns) else []


def _find_conflict(policy: Policy, columns: Sequence[int]) -> None:
    """Believe none of several columns of one property whose values differ."""
    layout, record = policy.layout, policy.record
    told = [(column, reading) for column in columns if (reading := policy.readings[column]) is not None]
    differing = [column for column, reading in told if reading.value != told[0][1].value]
    if not differing:
        return
    first, known = columns[0], layout.columns[columns[0]]
    for column in differing:
        detail = f"{_told(policy, first)} and {_told(policy, column)}"
        mark, raw = record.marks[column], record.values[column]
        policy.problems.append(Problem("conflict", layout.names[column], detail, mark, known, raw))
    blank = Reading(None, problem="conflict", readable=False)
    policy.readings = tuple(blank if column in columns else reading for column, reading in enumerate(policy.readings))


def _told(policy: Policy, column: int) -> str:
    reading = policy.readings[column]
    readable = reading is not None and reading.readable
    text = values.to_text(reading.value) if reading and readable else values.raw_text(policy.record.values[column])
    return f"{policy.layout.names[column]} is {text}"
