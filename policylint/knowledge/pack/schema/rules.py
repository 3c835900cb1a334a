"""The shape of a file in checks/."""

import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from policylint.knowledge.pack.schema.base import Model, Sources, Text


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


class ExampleCertificate(Model):
    """A certificate of an example, made when it is run. `subject` and `issuer` are common names.

    Without an `issuer` it issues itself. It is an `authority` if another one of the example is issued by it, and one
    that is none is for the name of its subject, unless it says otherwise. `other_key` gives it another key than the
    one that signs in its name.
    """

    subject: Text
    issuer: Text | None = None
    names: list[Text] | None = None
    authority: bool | None = None
    not_before: datetime.date | None = None
    not_after: datetime.date | None = None
    signature: Literal["md5", "sha1", "sha256", "sha384", "sha512"] | None = None
    key: Literal["ec", "rsa-1024", "rsa-2048"] | None = None
    other_key: bool = False


class ExampleFile(Model):
    """A file of evidence of an example: its name and its text."""

    name: Text
    content: Text


class Example(Model):
    """A policy, a chain or a fleet that the rule speaks of, or does not: at once a test and a part of the rule's page.

    `settings` makes a policy of these properties; `export` is the text of a whole export instead. `config` is a
    configuration whose waivers hold. `chain` is what a server sends, in this order, and `roots` is what phones trust.
    `evidence` are the files that a fleet is read from.
    `finds` lists the properties (or unreadable names, or subjects of certificates) at which the rule must fire: none of
    them means that it must stay silent.
    """

    title: Text
    device: str = "all"
    server: str | None = None
    profile: str | None = None
    settings: dict[str, Any] | None = None
    export: str | None = None
    config: str | None = None
    chain: list[ExampleCertificate] | None = None
    roots: list[ExampleCertificate] | None = None
    evidence: list[ExampleFile] | None = None
    host: str | None = None
    as_of: datetime.date | None = None
    days: int | None = None
    finds: list[str] = []
    targets: list[str] | None = None


# What the engine finds. A rule gives it a name and words.
Outcome = Literal[
    "unreadable", "out-of-range", "unknown-property", "list-lost", "conflict", "truncated", "odd", "not-set", "hidden",
    "switch-missing", "blocks", "blocks-some", "not-enforced", "partly-enforced", "cannot-provision", "never-fetches",
    "must-be", "unmet", "gate-missing", "beyond-limits", "changes-meaning", "newly-refused", "acts-ungated", "unknown",
    "no-effect", "moot", "enterprise-cal", "cannot-connect", "server-unsupported", "server-unknown", "not-on-server",
    "known-bug", "server-bug", "not-literal", "uncertain", "assumed",
    "waiver-expired", "waiver-unused",
    "no-default", "several-defaults", "alike", "name-twice", "control-not-met", "control-not-shown",
    "chain-incomplete", "chain-taken-for-complete", "chain-order", "chain-root-sent", "chain-stranger",
    "certificate-expired", "certificate-expires", "certificate-name", "certificate-self-signed", "certificate-weak",
    "certificate-unusable", "root-unknown", "root-not-shipped",
    "fleet-refused", "fleet-latent", "fleet-contradicted", "fleet-others-took-it", "fleet-part", "fleet-refresh",
    "fleet-protected", "fleet-affinity", "fleet-known-fault", "fleet-shared", "fleet-unassigned", "fleet-no-policy",
    "fleet-against-fact",
]  # fmt: skip


class RuleFile(Model):
    """One file of checks/: a rule. Exactly one of `outcome` (the engine decides) and `when` (a pattern).

    `devices` holds queries: a pattern with them concerns those devices, and is silent where none of them is judged.
    `once` marks what is told once in a run, whatever the policy. `about` is what the rule judges.
    """

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
    about: Literal["policy", "chain", "fleet"] = "policy"
    outcome: Outcome | None = None
    when: list[Pattern] = []
    devices: list[Text] = []
    at: str | None = None
    once: bool = False
    message: Text
    meaning: Text
    why: Text
    fix: Text
    sources: Sources
    examples: Annotated[list[Example], Field(min_length=2)]
