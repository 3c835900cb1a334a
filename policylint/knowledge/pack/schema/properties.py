"""The shape of properties.toml."""

from typing import Any, Literal

from policylint.knowledge.pack.schema.base import Model, SourceId, Sources, Text


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


class Reach(Model):
    """Whom a change reaches among the devices that are already in.

    `alone` is told where the setting alone becomes stricter, `others` where any changes that is sent to devices.
    """

    alone: Text
    others: Text
    sources: Sources


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


class Trial(Model):
    """How `rules experiment` tries the setting: with this `value`, or `never`, and why."""

    value: Any = None
    never: Text | None = None


class PropertyEntry(Model):
    """One [[properties]] table.

    Without `trial` a bool is tried at the value that is not neutral, and nothing else is tried. `topics` are what a
    reader may call the matter in question, in lower case: `policylint explain TOPIC` shows all of it.
    """

    key: Text
    topics: list[Text] = []
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
    reach: Reach | None = None
    server_applies: Literal["yes", "believed", "unknown"] | None = None
    absent_feature: dict[str, str] | None = None
    cal: Literal["Standard", "Enterprise"] | None = None
    first_exchange: dict[str, str] | None = None
    wire: Wire | None = None
    trial: Trial | None = None
    defaults: list[Default] = []
    notes: list[Text] = []
    sources: Sources


class Properties(Model):
    """properties.toml."""

    properties: list[PropertyEntry]
