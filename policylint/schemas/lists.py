"""The published shapes of lists of what is known, as pydantic models: of `devices`, `rules`, and the site's files.

Sources are ids of the list of sources, but in the lists of devices and of rules, which hold them.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from policylint.schemas.matrix import LimitsEntry, Support
from policylint.schemas.report import Access, Effect, Evidence, Model, Severity, SourceRef, Value

Ability = Literal["none", "all-or-nothing", "partial-answer", "claims-all", "unknown"]


class DeviceRow(Model):
    """A release that a query selects, and where it was read what it does when asked to provision."""

    target: str
    family: str
    version: str
    name: str
    date: str | None
    current: bool
    provisioning: Ability
    aliases: list[str]
    sources: list[SourceRef]


class RuleRow(Model):
    """A rule, with what it means, why it matters, and what to do."""

    id: str
    name: str
    severity: Severity
    effect: Effect
    meaning: str
    why: str
    fix: str
    sources: list[SourceRef]


class PropertyRow(Model):
    """A property: its names, the values it takes, and those that ask nothing of a device (null: none is concerned)."""

    key: str
    kind: Literal["device", "server", "identity"]
    scope: Literal["device", "account", "server"]
    activesync: str | None
    mobiledevice: str | None
    phone_name: str | None
    type: str
    members: list[str]
    neutral: list[Value] | None
    stricter: Literal["true", "false", "higher", "lower", "ordered", "superset", "subset", "flat", "none"]
    summary: str | None
    topics: list[str]
    sources: list[str]


class ReleaseRow(Model):
    """A release, what it does when asked to provision, and what it does with the gate open."""

    version: str
    date: str | None
    current: bool
    provisioning: Ability
    gate_open: Literal["enforces-what-it-can", "no-policy", "unknown"]
    evidence: Evidence | None
    sources: list[str]


class ClientRow(Model):
    """A family of clients, its releases oldest first."""

    family: str
    name: str
    product: str | None
    aliases: list[str]
    tags: list[str]
    common: bool
    releases: list[ReleaseRow]


class FactRow(Model):
    """Something that a source says."""

    text: str
    evidence: Evidence
    sources: list[str]


class MinimumRow(FactRow):
    """The lowest version of the protocol that a server talks to."""

    version: str


class ServerRow(Model):
    """A server end, and what it decides whatever the policy says."""

    id: str
    name: str
    aliases: list[str]
    on_premises: bool
    minimum_eas: MinimumRow | None
    refused_answer: FactRow | None
    no_policy_key: FactRow | None
    notes: list[FactRow]
    facts: list[FactRow]


class CellRow(Model):
    """What some releases of a family do with a property, and the two answers: access by the gate, and the demand.

    `demand` is null where it does not count. Clients that never take a policy have the support `no policy at all`.
    """

    property: str
    family: str
    releases: list[str]
    support: Support | Literal["no policy at all"]
    evidence: Evidence | None
    condition: str | None
    limits: LimitsEntry | None
    note: str | None
    access_closed: Access
    access_open: Access
    demand: Literal["met", "partly", "not", "unknown"] | None
    says: str
    sources: list[str]


class DevicesDocument(Model):
    """policylint/devices/1."""

    schema_: Annotated[Literal["policylint/devices/1"], Field(alias="schema")]
    devices: list[DeviceRow]


class RulesDocument(Model):
    """policylint/rules/1."""

    schema_: Annotated[Literal["policylint/rules/1"], Field(alias="schema")]
    rules: list[RuleRow]


class PropertiesDocument(Model):
    """policylint/properties/1."""

    schema_: Annotated[Literal["policylint/properties/1"], Field(alias="schema")]
    properties: list[PropertyRow]


class ClientsDocument(Model):
    """policylint/clients/1."""

    schema_: Annotated[Literal["policylint/clients/1"], Field(alias="schema")]
    clients: list[ClientRow]


class ServersDocument(Model):
    """policylint/servers/1."""

    schema_: Annotated[Literal["policylint/servers/1"], Field(alias="schema")]
    servers: list[ServerRow]


class SourcesDocument(Model):
    """policylint/sources/1."""

    schema_: Annotated[Literal["policylint/sources/1"], Field(alias="schema")]
    sources: list[SourceRef]


class CellsDocument(Model):
    """policylint/cells/1."""

    schema_: Annotated[Literal["policylint/cells/1"], Field(alias="schema")]
    cells: list[CellRow]


DOCUMENTS: dict[str, type[BaseModel]] = {
    "devices": DevicesDocument,
    "rules": RulesDocument,
    "properties": PropertiesDocument,
    "clients": ClientsDocument,
    "servers": ServersDocument,
    "sources": SourcesDocument,
    "cells": CellsDocument,
}
"""The documents by the name of their schema."""
