"""The published shape of `policylint chain --output json`."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from policylint.schemas.report import FindingEntry, Model, Summary, Tool


class CertificateEntry(Model):
    """One certificate as it was sent. `names` are its dNSNames.

    Subjects are written as in RFC 4514, instants as in RFC 3339.
    """

    subject: str
    issuer: str
    not_before: str
    not_after: str
    role: Literal["leaf", "intermediate", "root", "stranger"]
    names: list[str]


class ChainEntry(Model):
    """One file or server. `path` is the file or the address, `host` the name that was asked for.

    `complete` is null where the issuer of the last intermediate is taken for a root. `missing` is the subject that
    phones lack, in a chain that is not complete.
    """

    path: str
    format: Literal["pem", "der", "pkcs7", "s_client", "connect"]
    host: str | None
    complete: bool | None
    missing: str | None
    certificates: list[CertificateEntry]


class ChainDocument(Model):
    """policylint/chain/1. In a finding `policy` is the path of the chain, `spelling` the subject of the certificate."""

    schema_: Annotated[Literal["policylint/chain/1"], Field(alias="schema")]
    tool: Tool
    targets: list[str]
    chains: list[ChainEntry]
    findings: list[FindingEntry]
    summary: Summary


DOCUMENTS: dict[str, type[BaseModel]] = {"chain": ChainDocument}
"""The documents by the name of their schema."""
