"""The published shapes of merges, as pydantic models."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from policylint.schemas.report import Count, FindingEntry, Line, Model, Tool, Value, VerdictEntry


class AccountEntry(Model):
    """An account. `gate` is its AllowNonProvisionableDevices, or what was assumed where the export lacks it."""

    account: str
    policy: str
    path: str
    gate: bool | None


class ShareEntry(Model):
    """What one account contributes to a setting: the value its export prints, and how that stands."""

    account: str
    value: Value
    state: Literal["decides", "same", "looser", "gated-off", "not-set", "hidden"]


class SettingEntry(Model):
    """One property over all accounts. `effective` is null where a property is not merged, or nobody sets it.

    `from` names the accounts that decided. `nothing_allowed` marks an application list of which nothing is left;
    `conflicting` lists values that exclude each other. It is not `certain` where an account hides what it asks, and
    something stricter exists.
    """

    property: str
    scope: Literal["device", "account", "server"]
    effective: Value
    from_: Annotated[list[str], Field(alias="from")]
    accounts: list[ShareEntry]
    certain: bool
    conflict: bool
    conflicting: list[Value]
    nothing_allowed: bool
    matters: bool
    note: str | None


class DeviceEntry(Model):
    """What is known of how some targets merge: `merged` lists the properties, `sources` ids."""

    targets: list[str]
    assumed: bool
    merged: list[str]
    text: str
    sources: list[str]


class AdmissionEntry(Model):
    """Whether the server of one account would let each target in with the merged set."""

    account: str
    gate: bool | None
    verdicts: list[VerdictEntry]


class AccountFindingEntry(FindingEntry):
    """A finding on the merged set as in a report, without a fix, and the accounts whose servers it concerns."""

    accounts: list[str]


class SeveritySummary(Model):
    """Counts of findings."""

    errors: Count
    warnings: Count
    notes: Count


class MergedBody(Model):
    """One merge."""

    accounts: list[AccountEntry]
    stricter_than_every_account: bool
    contributors: list[str]
    settings: list[SettingEntry]
    admissions: list[AdmissionEntry]
    findings: list[AccountFindingEntry]


class RunHead(Model):
    """What all merges of a run have in common. Without devices, `targets` and `devices` are empty."""

    tool: Tool
    targets: list[str]
    server: str | None
    devices: list[DeviceEntry]


class MergeDocument(RunHead, MergedBody):
    """policylint/merge/1: several accounts of one device."""

    schema_: Annotated[Literal["policylint/merge/1"], Field(alias="schema")]
    summary: SeveritySummary


class UserEntry(Model):
    """One user: what the list calls the accounts, in the order of the set's, and the index of the set.

    `line` is where the list first names the user.
    """

    user: str
    accounts: list[str]
    set: Annotated[int, Field(ge=0)]
    line: Line


class MergeUsersDocument(RunHead):
    """policylint/merge-users/1: many users, and each distinct set of policies once."""

    schema_: Annotated[Literal["policylint/merge-users/1"], Field(alias="schema")]
    sets: list[MergedBody]
    users: list[UserEntry]


DOCUMENTS: dict[str, type[BaseModel]] = {"merge": MergeDocument, "merge-users": MergeUsersDocument}
"""The documents by the name of their schema."""
