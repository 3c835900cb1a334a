"""What commands that judge have in common: load the knowledge, resolve the devices, read the inputs, judge.

Notes and errors about the inputs go to stderr on the way. Options that change what is known or how it is judged belong
here, as keyword arguments, so that every command takes them alike.
"""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import typer

from policylint.cli.configured import blame, origin
from policylint.cli.terminal import fail, note, tell

if TYPE_CHECKING:
    from policylint.judging.report import Report
    from policylint.knowledge import Knowledge
    from policylint.knowledge.catalogue import Catalogue
    from policylint.knowledge.families import Target
    from policylint.knowledge.profiles import Profile
    from policylint.knowledge.servers import Server
    from policylint.policies.files import Inputs


Found = TypeVar("Found")


class Gate(StrEnum):
    """What --assume-gate takes."""

    TRUE = "true"
    FALSE = "false"


class Scope(NamedTuple):
    """What a run knows, and the targets it is about.

    `query` is what they were asked for by, `chosen_by` says who asked.
    """

    knowledge: "Knowledge"
    targets: "tuple[Target, ...]"
    query: str
    chosen_by: str
    server: "Server | None"
    profiles: "tuple[Profile, ...]" = ()


class Judged(NamedTuple):
    """The report of a run; `failed` if some input could not be read, which is told already."""

    report: "Report"
    failed: bool


def scope(
    ctx: typer.Context,
    device: list[str] | None,
    *,
    own_rules: list[Path] | None = None,
    server: str | None = None,
    profile: list[str] | None = None,
) -> Scope:
    """Load the knowledge with one's own packs over it, and resolve --device, --server and --profile.

    What is unknown or cannot be loaded ends the program with exit code 2.
    """
    from policylint.knowledge.query import find_profile, find_server, resolve

    knowledge = load_knowledge(ctx, own_rules)
    targets = _asked(ctx, "device", lambda: resolve(device or ["current"], knowledge))
    found = _asked(ctx, "server", lambda: find_server(server, knowledge)) if server is not None else None
    profiles = _asked(
        ctx, "profile", lambda: tuple(dict.fromkeys(find_profile(name, knowledge) for name in profile or ()))
    )
    chosen_by = _chosen_by(ctx, device)
    if found is not None:
        chosen_by += f" --server {found.id}"
        for each in found.notes:
            note(f"{found.name}: {each.text}")
    chosen_by += "".join(f" --profile {each.id}" for each in profiles)
    return Scope(knowledge, targets, " ".join(device or ["current"]), chosen_by, found, profiles)


def _asked(ctx: typer.Context, option: str, find: "Callable[[], Found]") -> "Found":
    """Find what an option asks for; what nobody knows ends the program."""
    from policylint.knowledge.query import QueryError

    try:
        return find()
    except QueryError as error:
        blame(ctx, option, str(error))


def _chosen_by(ctx: typer.Context, device: list[str] | None) -> str:
    if not device:
        return "the default, --device current"
    options = " ".join(f"--device {query}" for query in device)
    where = origin(ctx, "device")
    return options if where is None or where.startswith("-") else f"{where}, {options}"


def load_knowledge(ctx: typer.Context, own_rules: list[Path] | None) -> "Knowledge":
    """Load the knowledge with one's own packs over it and the severities of the configuration.

    What cannot be used ends the program with exit code 2.
    """
    from policylint.knowledge import load

    if own_rules:
        from policylint.knowledge.pack.reading import PackError

        for directory in own_rules:
            if not directory.is_dir():
                blame(ctx, "own_rules", f"--rules {directory}: no such directory")
        try:
            knowledge = load(own=own_rules)
        except PackError as error:
            fail(str(error))
        for text in knowledge.notes:
            note(text)
    else:
        knowledge = load()
    if ctx.obj is not None and "severities" in ctx.obj.values:
        from policylint.config.applied import severities_of
        from policylint.config.reading import ConfigError

        try:
            knowledge.rulebook = knowledge.rulebook.regraded(severities_of(ctx.obj, knowledge.rulebook))
        except ConfigError as error:
            fail(str(error))
    return knowledge


def read(paths: list[str], catalogue: "Catalogue", *, max_size: int, skip_non_exports: bool = False) -> "Inputs":
    """Read exports, none of them larger than `max_size` MiB, and tell what there is to tell of them."""
    from policylint.policies.files import read_inputs

    inputs = read_inputs(paths, catalogue, max_bytes=max_size << 20, skip_non_exports=skip_non_exports)
    for text in inputs.notes:
        note(text)
    for problem in inputs.errors:
        tell(f"policylint: error: {problem}")
    return inputs


def judge(
    paths: list[str],
    scope: Scope,
    *,
    assume_gate: Gate | None = None,
    show_unknown: bool = False,
    show_passed: bool = False,
    max_size: int,
    skip_non_exports: bool = False,
) -> Judged:
    """Read exports, none of them larger than `max_size` MiB, and judge their policies."""
    from policylint.judging import engine
    from policylint.judging.run import Run

    inputs = read(paths, scope.knowledge.catalogue, max_size=max_size, skip_non_exports=skip_non_exports)
    run = Run(
        scope.knowledge,
        scope.targets,
        chosen_by=scope.chosen_by,
        assume_gate=None if assume_gate is None else assume_gate is Gate.TRUE,
        show_unknown=show_unknown,
        show_passed=show_passed,
        server=scope.server,
        profiles=scope.profiles,
    )
    report = engine.report(run, inputs, engine.judge(run, inputs.policies))
    return Judged(report, failed=bool(inputs.errors))
