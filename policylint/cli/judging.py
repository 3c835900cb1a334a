"""The session of a command: what is known and for which devices, by its options, the environment, a configuration.

Options that change what is known or how it is judged belong here, as keyword arguments, so that every command takes
them alike.
"""

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from policylint.cli.configured import blame, origin
from policylint.cli.terminal import error, fail, note
from policylint.usage import UsageError
from policylint.writing.day import today

if TYPE_CHECKING:
    from policylint.knowledge import Knowledge
    from policylint.session import Session

_OPTIONS = {"devices": "device", "server": "server", "profiles": "profile", "rules": "own_rules"}
"""What the parameters of a session are called as those of commands."""


class Gate(StrEnum):
    """What --assume-gate takes."""

    TRUE = "true"
    FALSE = "false"


def session(
    ctx: typer.Context,
    device: list[str] | None,
    *,
    own_rules: list[Path] | None = None,
    server: str | None = None,
    profile: list[str] | None = None,
    assume_gate: Gate | None = None,
    assume_complete: bool = False,
    policy: list[str] | None = None,
    max_size: int = 64,
    may_be_for_none: bool = False,
    redact: bool = False,
) -> "Session":
    """Load the knowledge and resolve the devices, which are the common ones by default, or none if there may be none.

    What is unknown or cannot be loaded ends the program with exit code 2.
    """
    from policylint.knowledge.query import DEFAULT
    from policylint.session import Session

    kind = Session
    if redact:
        from policylint.redacted import RedactedSession

        kind = RedactedSession
    for_none = may_be_for_none and not device
    try:
        return kind(
            () if for_none else device or DEFAULT,
            server=None if for_none else server,
            profiles=profile or (),
            knowledge=load_knowledge(ctx, own_rules),
            assume_gate=None if assume_gate is None else assume_gate is Gate.TRUE,
            assume_complete=assume_complete,
            policies=policy or (),
            max_size=max_size,
            chosen_by="" if for_none else _chosen_by(ctx, device),
            note=note,
        )
    except UsageError as slip:
        blame(ctx, _OPTIONS[slip.option or "devices"], str(slip))


def _chosen_by(ctx: typer.Context, device: list[str] | None) -> str:
    if not device:
        from policylint.knowledge.query import DEFAULT

        return f"the default, --device {DEFAULT}"
    options = " ".join(f"--device {query}" for query in device)
    where = origin(ctx, "device")
    return options if where is None or where.startswith("-") else f"{where}, {options}"


def load_knowledge(ctx: typer.Context, own_rules: list[Path] | None) -> "Knowledge":
    """Load the knowledge with one's own packs over it and the severities of the configuration.

    What cannot be used ends the program with exit code 2.
    """
    from policylint import session
    from policylint.knowledge.freshness import complaint

    try:
        knowledge = session.load_knowledge(own_rules or (), note)
    except UsageError as slip:
        if slip.option is None:
            raise
        blame(ctx, _OPTIONS[slip.option], str(slip))
    if old := complaint(knowledge.as_of, today()):
        note(old)
    if ctx.obj is not None and "severities" in ctx.obj.values:
        from policylint.config.applied import severities_of
        from policylint.config.reading import ConfigError

        try:
            knowledge.rulebook = knowledge.rulebook.regraded(severities_of(ctx.obj, knowledge.rulebook))
        except ConfigError as slip:
            fail(str(slip))
    return knowledge


def told(unread: Iterable[str]) -> bool:
    """Tell of each input that could not be read; return whether there is one."""
    found = False
    for text in unread:
        error(text)
        found = True
    return found
