"""The shape of a data pack, as pydantic models: one for each kind of TOML file under `rules/`.

These models are used where data is written and checked. A run of the program reads the compiled form
(`compiled.py`), which was made through them. Shapes and words follow rules/README.md.
"""

import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(min_length=1)]
SourceId = Text
Sources = Annotated[list[SourceId], Field(min_length=1)]
Evidence = Literal["documented", "inferred"]
Versions = Text | list[Text] | None

NULL = "$null"
"""How a pack writes a value that is not set: TOML has no null, and PowerShell spells it so."""


class Model(BaseModel):
    """A table in which every key is known: a misspelt key is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Pack(Model):
    """pack.toml: what this pack is."""

    name: Text
    version: Text
    as_of: datetime.date


class Source(Model):
    """One table of sources.toml."""

    title: Text
    url: str | None = None
    repository: str | None = None
    path: str | None = None
    commit: str | None = None
    date: str | None = None


# --- properties.toml


class Range(Model):
    """The values Exchange accepts, both ends included; time spans as d.hh:mm:ss."""

    min: int | str
    max: int | str
    sources: Sources


class AlsoRange(Range):
    """A wider range that some other page prints."""

    where: Text


class Gate(Model):
    """The setting counts only where `property` equals `equals` in the same policy."""

    property: Text
    equals: bool
    basis: Literal["protocol", "per-client"]
    requirement: str | None = None
    note: Text


class Moot(Model):
    """Advice: the setting is pointless where `property` equals `equals`."""

    property: Text
    equals: bool
    note: Text


class Wire(Model):
    """How the setting travels: the element of the EASProvisionDoc and what its text means."""

    element: Text
    section: Text
    type: Text
    since: Text
    eas25: str | None = None
    if_absent: dict[str, Any] | None = None
    codes: dict[str, Any]


class Default(Model):
    """A default that some page prints. Defaults conflict and are never assumed."""

    value: Any
    where: Text
    source: SourceId


class PropertyEntry(Model):
    """One [[properties]] table."""

    key: Text
    kind: Literal["device", "server", "identity"]
    scope: Literal["device", "account", "server"]
    activesync: str | None = None
    mobiledevice: str | None = None
    same_flag_as: str | None = None
    phone_name: dict[str, Any] | None = None
    summary: str | None = None
    type: Literal[
        "bool", "int", "unlimited-int", "unlimited-timespan", "unlimited-bytes", "enum",
        "string-list", "string", "datetime", "guid",
    ]  # fmt: skip
    unit: str | None = None
    members: list[str] = []
    odd_members: list[str] = []
    nullable: bool = False
    range: Range | None = None
    also_range: list[AlsoRange] = []
    neutral: list[Any] | None = None
    stricter: Literal["true", "false", "higher", "lower", "ordered", "superset", "subset", "flat", "none"]
    order: list[str] = []
    gate: Gate | None = None
    moot_with: list[Moot] = []
    server_applies: Literal["yes", "believed", "unknown"] | None = None
    absent_feature: dict[str, str] | None = None
    cal: Literal["Standard", "Enterprise"] | None = None
    first_exchange: dict[str, str] | None = None
    wire: Wire | None = None
    defaults: list[Default] = []
    notes: list[Text] = []
    sources: Sources


class Properties(Model):
    """properties.toml."""

    properties: list[PropertyEntry]


# --- devices/*.toml


class ReleaseEntry(Model):
    """One version a query can resolve to."""

    version: Text
    date: str | None = None
    current: bool = False


class SpanEntry(Model):
    """A stretch of versions that are told apart from their neighbours, with its releases."""

    versions: Text
    name: Text
    releases: Annotated[list[ReleaseEntry], Field(min_length=1)]
    note: str | None = None
    sources: list[SourceId] = []
    device_types: list[str] = []
    user_agents: list[str] = []
    constraints: list[str] = []


class Statement(Model):
    """A fact that holds for some versions of the family, or for all where `versions` is left out."""

    versions: Versions = None


class Eas(Statement):
    """The EAS versions seen, and the highest known."""

    speaks: list[str] = []
    max: str | None = None
    used: bool | Literal["on-premises"] | None = None
    evidence: Evidence | None = None
    note: str | None = None
    sources: list[SourceId] = []


class Provisioning(Statement):
    """What the client does when a server asks it to provision; see `ability` in the design."""

    ability: Literal["none", "all-or-nothing", "partial-answer", "claims-all", "unknown"]
    gate_open: Literal["enforces-what-it-can", "no-policy", "unknown"]
    evidence: Evidence | None = None
    note: str | None = None
    sources: list[SourceId] = []


class Fact(Statement):
    """Something else known of a span: free keys beside its sources."""

    model_config = ConfigDict(extra="allow", frozen=True)
    evidence: Evidence | None = None
    sources: Sources


class Condition(Model):
    """When a cell refuses: all keys given must hold."""

    equals: list[Any] | None = None
    above: int | str | None = None
    below: int | str | None = None
    hardware: str | None = None


class Limits(Model):
    """The range in which the support is known; `unit` only where it is not the property's own."""

    min: int | str | None = None
    max: int | str | None = None
    unit: Literal["seconds", "minutes", "days"] | None = None


class SupportEntry(Statement):
    """One [[support]] table: what the client does with some properties."""

    properties: Annotated[list[Text], Field(min_length=1)]
    support: Literal[
        "enforced", "accepted", "partial", "ignored", "blocks", "not-sent", "must-be", "server",
        "not-applicable", "unknown",
    ]  # fmt: skip
    evidence: Evidence | None = None
    value: Any = None
    blocks: Condition | None = None
    limits: Limits | None = None
    ungated: bool = False
    meaning: str | None = None
    scope: Literal["app"] | None = None
    note: str | None = None
    sources: Sources


class FamilyFile(Model):
    """One file of devices/: a client line."""

    family: Text
    name: Text
    tags: list[Text] = []
    note: str | None = None
    aliases: dict[str, Text] = {}
    spans: Annotated[list[SpanEntry], Field(min_length=1)]
    eas: list[Eas] = []
    provisioning: list[Provisioning]
    accounts: list[Fact] = []
    certificates: list[Fact] = []
    wipe: list[Fact] = []
    compliance: list[Fact] = []
    irm: list[Fact] = []
    password_levels: list[Fact] = []
    level_tables: list[Fact] = []
    servers: list[Fact] = []
    known_bugs: list[Fact] = []
    support: list[SupportEntry] = []


# --- checks/*.toml


class Pattern(Model):
    """One condition of a rule on one property of a policy; all keys given must hold."""

    property: Text
    equals: Any = None
    unequal: Any = None
    above: int | str | None = None
    below: int | str | None = None
    demanded: bool | None = None
    present: bool | None = None
    ignore_case: bool = False


class Example(Model):
    """A policy that the rule speaks of, or does not: at once a test and a part of the rule's page.

    `settings` makes a policy of these properties; `export` is the text of a whole export instead. `finds` lists the
    properties (or unreadable names) at which the rule must fire: none of them means that it must stay silent.
    """

    title: Text
    device: str = "all"
    settings: dict[str, Any] | None = None
    export: str | None = None
    finds: list[str] = []
    targets: list[str] | None = None


class RuleFile(Model):
    """One file of checks/: a rule. Exactly one of `outcome` (the engine decides) and `when` (a pattern)."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3,}\d{3}$")]
    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    severity: Literal["error", "warning", "note"]
    effect: Literal[
        "blocks-sync",
        "blocks-some",
        "not-enforced",
        "partly-enforced",
        "no-effect",
        "invalid",
        "unknown",
        "note",
    ]
    outcome: str | None = None
    when: list[Pattern] = []
    at: str | None = None
    message: Text
    meaning: Text
    why: Text
    fix: Text
    sources: Sources
    examples: Annotated[list[Example], Field(min_length=2)]
