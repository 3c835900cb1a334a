"""policylint diff: what changed between two exports, and what that means for devices."""

from typing import Annotated

import typer

from policylint.cli.accepting import Acceptance
from policylint.cli.configured import ConfigFile, NoConfig
from policylint.cli.judging import session
from policylint.cli.options import (
    AssumeComplete,
    AssumeGate,
    Colouring,
    Devices,
    FailingOn,
    FailOn,
    Ignore,
    MaxSize,
    OwnRules,
    Policies,
    Redact,
    Select,
    ServerName,
)
from policylint.cli.output import deliver, output_option, outputs
from policylint.cli.terminal import USAGE, Colour, fail


def diff(
    ctx: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="OLD NEW | [PATH]...",
            help="Two exports or directories, one of them may be -; with --git what to compare, by default all of this "
            "directory.",
        ),
    ] = None,
    git: Annotated[
        str | None,
        typer.Option(
            "--git", metavar="REV", help="Compare with a revision: the working tree with REV, or A..B or A...B."
        ),
    ] = None,
    policy: Policies = None,
    device: Devices = None,
    output: Annotated[list[str] | None, output_option("diff", "comparison")] = None,
    fail_on: FailingOn = FailOn.ERROR,
    select: Select = None,
    ignore: Ignore = None,
    assume_gate: AssumeGate = None,
    assume_complete: AssumeComplete = False,
    server: ServerName = None,
    own_rules: OwnRules = None,
    redact: Redact = False,
    max_size: MaxSize = 64,
    color: Colouring = Colour.AUTO,
    config: ConfigFile = None,
    no_config: NoConfig = False,
) -> None:
    """Tell what changed between two exports, and which devices are better or worse off for it.

    Exit code 0 means that no device is worse off, 1 that some is at or above --fail-on (refused is an error, a demand
    not enforced a warning) or that the new side holds values that cannot be read, 2 that something could not be read or
    understood.
    """
    forms = outputs("diff", output)
    run = session(
        ctx,
        device,
        own_rules=own_rules,
        server=server,
        assume_gate=assume_gate,
        assume_complete=assume_complete,
        policy=policy,
        max_size=max_size,
        redact=redact,
    )
    accept = Acceptance(ctx, run, select=select, ignore=ignore, tells=False).of
    paths = paths or []
    if git is not None:
        comparison = run.compare_with(git, *paths, accept=accept)
    elif len(paths) == 2:
        comparison = run.compare(*paths, accept=accept)
    else:
        fail("name two exports, OLD and NEW, or a revision to compare with: --git REV")
    read = [*paths, *(each.path for each in (*comparison.old.inputs, *comparison.new.inputs))]
    if deliver(comparison, forms, color, read=[*read, ctx.obj and ctx.obj.path]):
        raise typer.Exit(USAGE)
    raise typer.Exit(fail_on.exit_code(comparison.severities))
