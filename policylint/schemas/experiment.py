"""The published shape of what `rules experiment --output json` writes, as pydantic models."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from policylint.schemas.report import Count, Line, Model, Value


class LearnedEntry(Model):
    """What the target made of a setting at the value that was tried."""

    property: str
    value: Value
    support: Literal["accepted", "blocks"]


class ExperimentDocument(Model):
    """policylint/experiment/1. `settings` are those on trial in this step, `unknown` counts what is not told apart."""

    schema_: Annotated[Literal["policylint/experiment/1"], Field(alias="schema")]
    target: str
    step: Line
    done: bool
    settings: dict[str, Value]
    unknown: Count
    learned: list[LearnedEntry]


DOCUMENTS: dict[str, type[BaseModel]] = {"experiment": ExperimentDocument}
"""The documents by the name of their schema."""
