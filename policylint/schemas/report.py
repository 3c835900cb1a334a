"""The published shape of a report, as pydantic models."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Line = Annotated[int, Field(ge=1)]
Count = Annotated[int, Field(ge=0)]
Value = bool | int | str | list[str] | None
Severity = Literal["error", "warning", "note"]
Effect = Literal[
    "blocks-sync", "blocks-some", "not-enforced", "partly-enforced", "no-effect", "invalid", "unknown", "note"
]
Evidence = Literal["documented", "inferred", "observed"]
Verdict = Literal["cannot-connect", "refused", "refused-on-some", "weakened", "accepted", "unknown", "not-applicable"]
Access = Literal["cannot-connect", "not-applicable", "refused", "refused-on-some", "maybe", "let-in"]


class Model(BaseModel):
    """An object without further keys."""

    model_config = ConfigDict(extra="forbid")


class KnowledgeVersion(Model):
    """Which knowledge judged."""

    version: str
    as_of: str


class Tool(Model):
    """Which program judged."""

    version: str
    knowledge: KnowledgeVersion


class InputFile(Model):
    """A file that was read."""

    path: str
    format: str
    policies: Count


class SourceRef(Model):
    """Where a fact was read."""

    id: str
    title: str
    url: str | None
    date: str | None


class ReasonEntry(Model):
    """Why a finding holds for some of its targets; `sources` are ids."""

    targets: list[str]
    note: str | None
    evidence: Evidence | None
    sources: list[str]


class Location(Model):
    """Where a value stands: 1-based, the end column just past its last character."""

    path: str
    line: Line
    column: Line
    end_line: Line
    end_column: Line


class WaivedEntry(Model):
    """Why a finding does not count. `expires` is the last day it holds, as ISO 8601."""

    by: Literal["waiver", "baseline"]
    reason: str | None
    expires: str | None


class InsteadEntry(Model):
    """What else would bring about what some targets do not do."""

    targets: list[str]
    text: str
    evidence: Evidence
    sources: list[str]


class FindingEntry(Model):
    """One finding. `property` is the key, `spelling` the name as the file has it.

    `answer` is what the server that was named gives a client that it refuses. `key` tells apart what one rule says of
    one property: the control of a profile, or what a waiver is about.
    """

    rule: str
    name: str
    severity: Severity
    effect: Effect
    policy: str
    property: str | None
    spelling: str | None
    value: Value
    targets: list[str]
    evidence: Evidence | None
    message: str
    reasons: list[ReasonEntry]
    instead: list[InsteadEntry]
    answer: str | None
    key: str | None
    fix: str | None
    sources: list[SourceRef]
    location: Location
    fingerprint: str
    waived: WaivedEntry | None


class DemandsEntry(Model):
    """How many of the demands that count on a target it meets, meets in part or does not meet; the rest is unknown.

    All are 0 where the target cannot connect or is not concerned.
    """

    met: Count
    partly: Count
    not_: Annotated[Count, Field(alias="not")]
    unknown: Count


class VerdictEntry(Model):
    """How one policy fares on one target: whether it gets in, whether it does what is asked, and both in one word.

    `unknown` counts the demands of which nobody knows what the target does with them.
    """

    policy: str
    target: str
    verdict: Verdict
    access: Access
    demands: DemandsEntry
    errors: Count
    warnings: Count
    unknown: Count


class PassedEntry(Model):
    """A demand and the targets known to meet it: those that act on it, and those that are listed as taking it."""

    policy: str
    property: str
    spelling: str
    value: Value
    support: dict[Literal["enforced", "accepted"], list[str]]
    location: Location


class Summary(Model):
    """Counts over the whole report. Findings that are waived count as `waived` only."""

    errors: Count
    warnings: Count
    notes: Count
    unknown: Count
    waived: Count


class ReportDocument(Model):
    """policylint/report/1. `passed` is there with --show-passed."""

    schema_: Annotated[Literal["policylint/report/1"], Field(alias="schema")]
    tool: Tool
    inputs: list[InputFile]
    targets: list[str]
    server: str | None
    profiles: list[str]
    findings: list[FindingEntry]
    verdicts: list[VerdictEntry]
    passed: list[PassedEntry] = []
    summary: Summary


DOCUMENTS: dict[str, type[BaseModel]] = {"report": ReportDocument}
"""The documents by the name of their schema."""
