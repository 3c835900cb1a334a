"""The shape of agents.toml, and of the tables of builds that it names."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from policylint.knowledge.pack.schema.base import Model, SourceId, Sources, Text

TableName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]


class Candidate(Model):
    """A family, or those of its releases that meet a requirement."""

    family: Text
    versions: Text | None = None


class VersionRule(Model):
    """How the version of the client follows from what one named group matched.

    `plain` is a version in clear; `packed` has two digits for each part after the first; `build-number` is looked up
    in the `table`. `means` gives a requirement for each text of the group instead. What meets `unconfirmed` was never
    checked against a device.
    """

    group: Text
    decode: Literal["plain", "packed", "build-number"] = "plain"
    table: TableName | None = None
    means: dict[str, Text] | None = None
    unconfirmed: Text | None = None


class Hardware(Model):
    """The groups that make up the name of the hardware, and the table that knows it."""

    groups: Annotated[list[Text], Field(min_length=1)]
    table: TableName


class Meaning(Model):
    """What a text of a client stands for; `client` names one that is no family here."""

    result: Literal["family", "candidates", "imitation", "no-family"]
    client: Text | None = None
    candidates: list[Candidate] = []
    note: Text | None = None
    sources: Sources


class PatternEntry(Meaning):
    """One [[agents]] or [[systems]] table: a pattern, and what to read from the text it matches.

    The named groups of `pattern` are read, and those of `reads`, which is searched in the whole text. `shows` gives
    a label to each group that is worth telling. `imitated` lists texts that another client is known to send as well.
    """

    pattern: Text
    reads: Text | None = None
    version: VersionRule | None = None
    hardware: Hardware | None = None
    shows: dict[str, Text] = {}
    field: Text | None = None
    imitated: list[Text] = []
    examples: Annotated[list[Text], Field(min_length=1)]


class NameEntry(Meaning):
    """One [[types]] or [[ids]] table: whole values, or how they begin.

    `platform` is a tag: the value tells no more than that, and an agent of any family with this tag agrees with it.
    """

    values: list[Text] = []
    prefixes: list[Text] = []
    platform: Text | None = None
    examples: list[Text] = []


class Trust(Model):
    """How far each kind of text can be believed, in words for the reader."""

    agent: Text
    type: Text
    both: Text
    sources: Sources


class AgentsFile(Model):
    """agents.toml; `agents` and `systems` in the order in which they are tried."""

    trust: Trust
    agents: list[PatternEntry]
    types: list[NameEntry]
    systems: list[PatternEntry] = []
    ids: list[NameEntry] = []


class BuildTable(Model):
    """A table of builds: by source, the version of each build and the device behind each name of hardware."""

    sources: Sources
    majors: dict[str, int]
    doubts: dict[str, Text] = {}
    builds: dict[SourceId, dict[str, Text]]
    models: dict[SourceId, dict[str, Text]]
