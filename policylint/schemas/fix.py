"""The published shape of what `fix --output json` writes, as pydantic models."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from policylint.schemas.report import Count, FindingEntry, Model, Tool, Value


class CommandEntry(Model):
    """A cmdlet, and its parameters with their values."""

    command: str
    parameters: dict[str, Value]


class PlanEntry(Model):
    """What a strategy does about one policy: `new_policy` is the name of the one it makes, if it makes one.

    `not_shown` lists by key what the export hides, where that limits what the plan can promise.
    """

    policy: str
    path: str
    line: int
    new_policy: str | None
    commands: list[CommandEntry]
    loosens: list[str]
    refusals: Count
    not_shown: list[str]
    cured: Count
    not_cured: list[str]


class FixDocument(Model):
    """policylint/fix/1. `findings` tell what the exports hide, or nobody can read; `script` is the same as text."""

    schema_: Annotated[Literal["policylint/fix/1"], Field(alias="schema")]
    tool: Tool
    strategy: Literal["separate", "relax", "open-gate"]
    plans: list[PlanEntry]
    findings: list[FindingEntry]
    script: str


DOCUMENTS: dict[str, type[BaseModel]] = {"fix": FixDocument}
"""The documents by the name of their schema."""
