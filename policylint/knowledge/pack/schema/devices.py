"""The shape of a file in devices/."""

from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from policylint.knowledge.pack.schema.base import Evidence, Model, SourceId, Sources, Text, Versions
from policylint.knowledge.pack.schema.rules import Pattern


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


class Certificates(Statement):
    """What is known of the client and the certificates that it is shown.

    `incomplete`: what became of a chain without its intermediate, in the note. `roots` are names of the roots that it
    shipped with, as of `roots_as_of`. `refuses` are hashes of signatures, or kinds of keys, that it does not take.
    """

    incomplete: Literal["fails", "worked", "unknown"] | None = None
    roots: list[Text] = []
    roots_as_of: str | None = None
    refuses: list[Literal["md5", "sha1", "sha224", "sha256", "sha384", "sha512", "rsa", "ec", "dsa", "ed25519"]] = []
    symptom: str | None = None
    untrusted: str | None = None
    client_certificates: str | None = None
    note: str | None = None
    evidence: Evidence | None = None
    sources: Sources

    @model_validator(mode="after")
    def _can_be_told(self) -> Self:
        """Refuse a statement that a finding could not put into words."""
        judged = [name for name in ("incomplete", "roots", "refuses") if getattr(self, name)]
        if judged and not (self.evidence and self.note):
            raise ValueError(f"{judged[0]} needs a note and its evidence")
        if len(judged) > 1:
            raise ValueError(f"{' and '.join(judged)} are told apart: a statement with sources each")
        return self


class KnownFact(Statement):
    """One [[facts]] table: what no other table has a place for; `about` says what it speaks of."""

    about: Literal["support", "provisioning", "accounts", "wipe", "identification", "releases", "protocol", "reading"]
    text: Text
    evidence: Evidence
    sources: Sources


class KnownBug(Statement):
    """One [[known_bugs]] table: a fault of these releases.

    With `when` it shows only under policies that meet every condition, with `server` only at that server end; then
    `check` speaks of it, and `fix` says what helps.
    """

    text: Text
    when: list[Pattern] = []
    server: Text | None = None
    fix: Text | None = None
    evidence: Evidence
    sources: Sources


class Instead(Statement):
    """One [[instead]] table: what else brings about what some settings, or all, do not make the client do."""

    properties: list[Text] = []
    text: Text
    evidence: Evidence
    sources: Sources


class Voice(Model):
    """What one side of a conflict says."""

    says: Text
    sources: list[SourceId] = []


class Conflict(Statement):
    """One [[conflicts]] table: sources that disagree, and what the data makes of it in `taken`."""

    about: Text
    properties: list[Text] = []
    sides: Annotated[list[Voice], Field(min_length=2)]
    taken: Text


class Hardware(Model):
    """One [[hardware]] table: devices by the names they are sold under, and the release they came with, if known."""

    names: Annotated[list[Text], Field(min_length=1)]
    came_with: Text
    evidence: Evidence
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
        "enforced", "accepted", "partial", "ignored", "blocks", "unmet", "not-sent", "must-be", "server",
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


class ServerSupport(Statement):
    """Which servers the vendor of the server says it supports the client with; ids of servers.toml, or older ones."""

    supported: list[str] = []
    unsupported: list[str] = []
    evidence: Evidence | None = None
    note: str | None = None
    sources: Sources


class Merging(Statement):
    """How the client joins the policies of its accounts.

    `properties` are those it joins over all accounts; the others stay with their account. `needs` names properties
    that count only where another one is True in the same policy. `ungated`: password details count without a password.
    """

    properties: list[Text]
    needs: dict[Text, Text] = {}
    ungated: bool = False
    removal: str | None = None
    note: str | None = None
    evidence: Evidence
    sources: Sources


class Inheritance(Statement):
    """One [[inherits]] table: cells that the family does not state are those of a release of another family.

    They keep support, conditions and note of that release; evidence and sources are those given here.
    """

    family: Text
    release: Text
    properties: list[Text] = []
    evidence: Evidence
    note: Text
    sources: Sources


class FamilyFile(Model):
    """One file of devices/: a client line.

    `product` is what people call it, where the name says more. `common` marks a line that most organisations see.
    `numbered_by` is the platform whose version numbers its releases bear. `sold_as` lists the words that names of its
    hardware begin with, so that "iPhone 15" is no version.
    """

    family: Text
    name: Text
    product: Text | None = None
    common: bool = False
    numbered_by: Text | None = None
    tags: list[Text] = []
    note: str | None = None
    aliases: dict[str, Text] = {}
    sold_as: list[Text] = []
    hardware: list[Hardware] = []
    spans: Annotated[list[SpanEntry], Field(min_length=1)]
    eas: list[Eas] = []
    provisioning: list[Provisioning]
    accounts: list[Fact] = []
    merging: list[Merging] = []
    certificates: list[Certificates] = []
    wipe: list[Fact] = []
    compliance: list[Fact] = []
    irm: list[Fact] = []
    password_levels: list[Fact] = []
    level_tables: list[Fact] = []
    servers: list[ServerSupport] = []
    known_bugs: list[KnownBug] = []
    facts: list[KnownFact] = []
    instead: list[Instead] = []
    conflicts: list[Conflict] = []
    support: list[SupportEntry] = []
    inherits: list[Inheritance] = []
