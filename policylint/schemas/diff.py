"""The published shape of a comparison, as pydantic models."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from policylint.schemas.report import (
    Access,
    Count,
    DemandsEntry,
    FindingEntry,
    InputFile,
    Location,
    Model,
    Tool,
    Value,
    Verdict,
)


class SideEntry(Model):
    """One side: what it is called, and the files that were read."""

    name: str
    inputs: list[InputFile]


class IdentityEntry(Model):
    """A policy as one side has it."""

    name: str
    guid: str | None
    path: str


class UnreadableEntry(Model):
    """Why a value could not be read, and the text that stands in its place."""

    why: str
    text: str


class SightEntry(Model):
    """How one side shows a setting. `value` is null, too, where it is `unreadable`."""

    spelling: str
    value: Value
    unreadable: UnreadableEntry | None
    location: Location


class ChangeEntry(Model):
    """One setting that differs. `direction` is null where there are not two values to compare.

    A side that does not show the setting is null: nothing is concluded from that.
    """

    property: str
    kind: Literal["changed", "now-shown", "no-longer-shown", "unreadable"]
    direction: Literal["stricter", "looser", "neither"] | None
    old: SightEntry | None
    new: SightEntry | None
    note: str | None


class RemarkEntry(Model):
    """Something to know about the change of a policy; `sources` are ids."""

    text: str
    sources: list[str]


class MoveEntry(Model):
    """Targets whose verdict is another one. An added policy has no old verdict.

    With `as_far_as_shown` it is a better one, and the new side hides something that the old one demanded.
    """

    old: Verdict | None
    new: Verdict
    targets: list[str]
    as_far_as_shown: bool


class AnswersEntry(Model):
    """Whether targets get in, and how much of what is asked they do."""

    access: Access
    demands: DemandsEntry


class ShiftEntry(Model):
    """Targets whose verdict is the same on both sides, and whose access or demands are not."""

    old: AnswersEntry
    new: AnswersEntry
    targets: list[str]


class ImpactEntry(FindingEntry):
    """A finding as in a report, for the targets to which it is new or that lost it; of the old side where it is lost.

    `no-longer-seen`: the new side does not show what the finding depends on, so nothing is cured. `cause` is the
    property whose change it comes from. `known_before` is false where the old side does not show what it depends on.
    """

    kind: Literal["newly-refused", "newly-unenforced", "cured", "no-longer-seen"]
    cause: str | None
    known_before: bool


class HiddenEntry(Model):
    """The properties of devices, by key, whose values each side does not tell."""

    old: list[str]
    new: list[str]


class NotToldEntry(FindingEntry):
    """A finding as in a report on what an export hides, or nobody can read; of `old` only what is not so in `new`."""

    side: Literal["old", "new"]


class PolicyEntry(Model):
    """One policy that differs. What it was recognised by is null where one side lacks it."""

    policy: str
    status: Literal["added", "removed", "changed"]
    matched_by: Literal["guid", "name"] | None
    old: IdentityEntry | None
    new: IdentityEntry | None
    renamed: bool
    changes: list[ChangeEntry]
    remarks: list[RemarkEntry]
    verdicts: list[MoveEntry]
    answers: list[ShiftEntry]
    hidden: HiddenEntry
    impacts: list[ImpactEntry]


class DiffSummary(Model):
    """Counts: policies, changes by direction, and impacts by kind. `waived` counts what would be worse otherwise."""

    changed: Count
    added: Count
    removed: Count
    renamed: Count
    unchanged: Count
    stricter: Count
    looser: Count
    neither: Count
    not_compared: Count
    newly_refused: Count
    newly_unenforced: Count
    cured: Count
    no_longer_seen: Count
    waived: Count


class DiffDocument(Model):
    """policylint/diff/1: the policies that differ between two sides."""

    schema_: Annotated[Literal["policylint/diff/1"], Field(alias="schema")]
    tool: Tool
    old: SideEntry
    new: SideEntry
    targets: list[str]
    server: str | None
    notes: list[str]
    policies: list[PolicyEntry]
    findings: list[NotToldEntry]
    summary: DiffSummary


DOCUMENTS: dict[str, type[BaseModel]] = {"diff": DiffDocument}
"""The documents by the name of their schema."""
