"""The shape of a file in profiles/: what a benchmark asks of each property, as ids and values, never in its words."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from policylint.knowledge.pack.schema.base import Evidence, Model, Sources, Text


class ControlEntry(Model):
    """One [[controls]] table; all of `equals`, `unequal`, `at_least` and `at_most` that are given must hold.

    `evidence` grades the mapping from control to property and value. `note` says in our own words what it rests on.
    """

    id: Text
    property: Text
    equals: Any = None
    unequal: Any = None
    at_least: int | str | None = None
    at_most: int | str | None = None
    evidence: Evidence
    note: Text | None = None
    sources: Sources


class ProfileFile(Model):
    """One file of profiles/. `title` names the benchmark with its version and level."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    title: Text
    sources: Sources
    controls: Annotated[list[ControlEntry], Field(min_length=1)]
