"""The shape of a data pack, as pydantic models: one for each kind of TOML file under `rules/`.

These models are used where data is written and checked. A run of the program reads the compiled form, which was made
through them, and loads none of them. Shapes and words follow rules/README.md.
"""

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(min_length=1)]
SourceId = Text
Sources = Annotated[list[SourceId], Field(min_length=1)]
Evidence = Literal["documented", "inferred"]
Versions = Text | list[Text] | None


class Model(BaseModel):
    """A table in which every key is known: a misspelt key is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CellChange(Model):
    """Cells of one family that changed alike: `was` and `now` are support and evidence, left out where unknown."""

    family: Text
    versions: Text | None = None
    properties: Annotated[list[Text], Field(min_length=1)]
    was: Text | None = None
    now: Text | None = None


class Changes(Model):
    """One [[changes]] table: what one version of the knowledge says that the one before it did not."""

    version: Text
    as_of: datetime.date
    note: Text | None = None
    families: list[Text] = []
    releases: list[Text] = []
    added: list[CellChange] = []
    changed: list[CellChange] = []
    withdrawn: list[CellChange] = []


class Pack(Model):
    """pack.toml: what this pack is, and how its facts changed, the newest first."""

    name: Text
    version: Text
    as_of: datetime.date
    changes: list[Changes] = []


class Source(Model):
    """One table of sources.toml."""

    title: Text
    url: str | None = None
    repository: str | None = None
    path: str | None = None
    commit: str | None = None
    date: str | None = None
