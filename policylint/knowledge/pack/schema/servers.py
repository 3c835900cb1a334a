"""The shape of servers.toml: what the server end decides, whatever a policy says."""

from typing import Annotated, Literal

from pydantic import Field

from policylint.knowledge.pack.schema.base import Evidence, Model, Sources, Text


class ServerFact(Model):
    """Something known of a server."""

    text: Text
    evidence: Evidence | None = None
    sources: Sources


class MinimumEas(ServerFact):
    """The lowest EAS version a server talks to, and since when; `text` says what happens below it."""

    version: Text
    since: Text


class Cmdlets(ServerFact):
    """The only pair of cmdlets that a server has, where it has one."""

    spelling: Literal["activesync", "mobiledevice"]


class Marks(ServerFact):
    """Parts of names that only this server gives its policies."""

    parts: Annotated[list[Text], Field(min_length=1)]


class ServerEntry(Model):
    """One [[servers]] table.

    `has` lists the releases of Exchange (as `first_exchange` of a property names them) whose properties exist there.
    `refused_answer` is what a client gets that answered "in part", `no_policy_key` one that never provisioned. Each run
    for a server prints its `notes`; its `facts` are for its page only.
    """

    id: Text
    name: Text
    aliases: list[Text] = []
    on_premises: bool
    marks: Marks | None = None
    has: Annotated[list[Text], Field(min_length=1)]
    minimum_eas: MinimumEas | None = None
    refused_answer: ServerFact | None = None
    no_policy_key: ServerFact | None = None
    notes: list[ServerFact] = []
    facts: list[ServerFact] = []
    cmdlets: Cmdlets | None = None


class Servers(Model):
    """servers.toml; `facts` hold of any server end."""

    servers: list[ServerEntry] = []
    facts: list[ServerFact] = []
