"""The shape of observed.toml: what was seen on devices of one's own organisation."""

import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from policylint.knowledge.pack.schema.base import Model, Text, Versions


class WithinEntry(Model):
    """The values that an observation holds for; one part at least is given."""

    min: int | str | None = None
    max: int | str | None = None
    equals: Annotated[list[Any], Field(min_length=1)] | None = None


class ObservedEntry(Model):
    """One [[observed]] table: `accepted` or `ignored` for values that were taken, `blocks` for refused ones."""

    family: Text
    versions: Versions = None
    property: Text
    support: Literal["accepted", "ignored", "blocks"]
    within: WithinEntry
    devices: Annotated[int, Field(ge=1)]
    policies: Annotated[int, Field(ge=1)]
    as_of: datetime.date


class ObservedFile(Model):
    """observed.toml; `source` says where it was observed, without naming anybody."""

    source: Text = "Observed on devices of this organisation"
    observed: list[ObservedEntry] = []
