"""The shape of rules/evidence/*.toml: what the columns of evidence on a fleet mean."""

from typing import Annotated, Literal

from pydantic import Field

from policylint.knowledge.pack.schema.base import Model, Sources, Text

Names = Annotated[list[Text], Field(min_length=1)]
EvidenceKind = Literal["devices", "assignments", "accounts"]
Meaning = Literal[
    "id",
    "identity",
    "device-name",
    "type",
    "os",
    "model",
    "agent",
    "client-type",
    "eas-version",
    "state",
    "reason",
    "status",
    "applied",
    "first-sync",
    "last-success",
    "last-policy-update",
    "policy",
    "enabled",
    "admin-count",
    "protected",
    "descriptor",
    "address",
    "principal",
    "addresses",
    "login",
    "alias",
    "user",
    "dn",
    "guid",
    "nothing",
]
WordMeaning = Literal["state", "reason", "status", "no-id", "none"]


class Column(Model):
    """One [[columns]] table: names of columns that mean one thing, the most telling first.

    `generic` names are too common to make a table evidence. What means `nothing` is not read; `instead_of` says what
    it must not be taken for.
    """

    means: Meaning
    names: Names
    generic: bool = False
    instead_of: Meaning | None = None
    note: Text | None = None
    sources: Sources


class Words(Model):
    """One [[words]] table: the words that a value may be, or those that stand for no value."""

    means: WordMeaning
    words: Names
    note: Text | None = None
    sources: Sources


class ClientType(Model):
    """One [[client_types]] table: a ClientType that says as much as a DeviceType."""

    client_type: Text
    device_type: Text
    sources: Sources


class EvidenceFile(Model):
    """One file: a kind of evidence, what it gives, what is lost without it, and the commands that export it."""

    kind: EvidenceKind
    title: Text
    gives: Text
    costs: Text
    commands: dict[Text, Text]
    columns: Annotated[list[Column], Field(min_length=1)]
    words: list[Words] = []
    client_types: list[ClientType] = []
