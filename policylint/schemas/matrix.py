"""The published shapes of matrices, as pydantic models."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from policylint.schemas.report import Evidence, FindingEntry, InputFile, Model, SourceRef, Tool, Value, VerdictEntry

Support = Literal[
    "enforced",
    "accepted",
    "partial",
    "ignored",
    "blocks",
    "unmet",
    "not-sent",
    "must-be",
    "server",
    "not-applicable",
    "unknown",
]
Bound = int | str | None


class PolicyEntry(Model):
    """A policy of the matrix. `policy` is its name, or one made unique where names repeat: the cells use it."""

    policy: str
    name: str
    guid: str | None
    path: str


class MatrixDocument(Model):
    """policylint/matrix/1: a cell for every policy and target, policy by policy.

    `server` is the one the policies were judged on, if one was named.
    """

    schema_: Annotated[Literal["policylint/matrix/1"], Field(alias="schema")]
    tool: Tool
    inputs: list[InputFile]
    targets: list[str]
    server: str | None
    policies: list[PolicyEntry]
    findings: list[FindingEntry]
    cells: list[VerdictEntry]


class Spellings(Model):
    """What the property is called by the two cmdlets, and by a phone vendor's list."""

    activesync: str | None
    mobiledevice: str | None
    phone: str | None


class ConditionEntry(Model):
    """When a cell refuses: every part that is not null must hold."""

    equals: list[Value] | None
    above: Bound
    below: Bound
    hardware: str | None


class LimitsEntry(Model):
    """The values a target takes, ends included."""

    min: Bound = None
    max: Bound = None
    unit: str | None = None


class SupportEntry(Model):
    """What one target does with the property; `sources` are ids.

    `value` is the one value a `must-be` cell works with, `$null` for not set. A target whose `provisioning` is `none`
    never takes a policy at all, whatever its support.
    """

    target: str
    support: Support
    value: Value
    evidence: Evidence | None
    condition: ConditionEntry | None
    limits: LimitsEntry | None
    scope: str | None
    meaning: str | None
    ungated: bool
    provisioning: Literal["none", "all-or-nothing", "partial-answer", "claims-all", "unknown"]
    note: str | None
    sources: list[str]


class PropertyMatrixDocument(Model):
    """policylint/property-matrix/1: a cell for every target."""

    schema_: Annotated[Literal["policylint/property-matrix/1"], Field(alias="schema")]
    tool: Tool
    property: str
    spellings: Spellings
    targets: list[str]
    sources: list[SourceRef]
    cells: list[SupportEntry]


DOCUMENTS: dict[str, type[BaseModel]] = {"matrix": MatrixDocument, "property-matrix": PropertyMatrixDocument}
"""The documents by the name of their schema."""
