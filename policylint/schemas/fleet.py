"""The published shape of `policylint fleet --output json`."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from policylint.evidence.logs import History
from policylint.fleet.observing import Seen
from policylint.fleet.standing import Standing
from policylint.schemas.report import Count, FindingEntry, Model, Summary, Tool, Value


class EvidenceEntry(Model):
    """One file as one kind of evidence: its rows (of a log, the lines of ActiveSync), and how many could be used.

    `from` and `to` are the first and the last time of a log.
    """

    path: str
    kind: Literal["policies", "assignments", "devices", "accounts", "logs"]
    rows: Count
    used: Count
    from_: Annotated[str | None, Field(alias="from")]
    to: str | None


class PopulationEntry(Model):
    """How many users and devices there are, each id counted once."""

    users: Count
    devices: Count
    recognised: Count
    with_policy: Count


class LogsEntry(Model):
    """What the logs cover. `never_seen` counts devices of the inventory without any line."""

    from_: Annotated[str | None, Field(alias="from")]
    to: str | None
    refused_hours: Count
    missing_days: list[str]
    never_seen: Count
    histories: dict[History, Count]


class GroupEntry(Model):
    """The devices of one line under one policy. Verdicts that differ stand beside each other with a bar between."""

    policy: str | None
    line: str
    devices: Count
    users: Count
    predicted: str | None
    seen: dict[Seen, Count]
    standing: dict[Standing, Count]


class UserEntry(Model):
    """One user; `policy` is the assigned one, `enabled` the switch of ActiveSync, where lists tell."""

    user: str
    policy: str | None
    enabled: bool | None
    protected: Literal["protected", "probable", "leftover", "inheritance-off", "none"] | None
    devices: Count


class DeviceEntry(Model):
    """One device as one account of one user. `shared` tells that its policies are merged."""

    device: str | None
    user: str | None
    model: str | None
    policy: str | None
    applied: str | None
    targets: list[str]
    line: str
    predicted: str | None
    access: str | None
    seen: Seen
    history: History | None
    standing: Standing
    shared: bool
    last_seen: str | None


class ServerEntry(Model):
    """One server, how many devices it saw, and their share of all that were seen."""

    server: str
    devices: Count
    share: float


class LearnedEntry(Model):
    """A demand that is now known to be taken, or refused (`blocks`), at this value."""

    property: str
    value: Value
    targets: list[str]
    support: Literal["accepted", "ignored", "blocks"]
    devices: Count
    policies: Count


class SuspectsEntry(Model):
    """Demands of which one is refused; `experiment` is a policy that would tell them apart."""

    targets: list[str]
    properties: list[str]
    devices: Count
    experiment: dict[str, Value]


class FleetSummary(Summary):
    """The counts of findings, and how devices stand."""

    standing: dict[Standing, Count]


class FleetDocument(Model):
    """policylint/fleet/1. `users` and `devices` are there with `--list` only.

    In a finding `policy` is the policy or `the fleet`, `spelling` the line of devices, the server or the property.
    """

    schema_: Annotated[Literal["policylint/fleet/1"], Field(alias="schema")]
    tool: Tool
    as_of: str | None
    evidence: list[EvidenceEntry]
    population: PopulationEntry
    logs: LogsEntry | None
    groups: list[GroupEntry]
    users: list[UserEntry] | None = None
    devices: list[DeviceEntry] | None = None
    servers: list[ServerEntry]
    affinity: Literal["source-ip", "user", "none", "unknown"]
    learned: list[LearnedEntry]
    suspects: list[SuspectsEntry]
    findings: list[FindingEntry]
    notes: list[str]
    summary: FleetSummary


DOCUMENTS: dict[str, type[BaseModel]] = {"fleet": FleetDocument}
"""The documents by the name of their schema."""
