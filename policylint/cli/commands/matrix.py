"""policylint matrix: policies against targets, or one property against targets, at a glance."""

from typing import Annotated

import typer

from policylint.cli import completion
from policylint.cli.accepting import Acceptance
from policylint.cli.configured import ConfigFile, NoConfig, given
from policylint.cli.judging import session, told
from policylint.cli.options import (
    AssumeComplete,
    AssumeGate,
    Colouring,
    Devices,
    FailingOn,
    FailOn,
    MaxSize,
    OwnRules,
    Policies,
    Redact,
    ServerName,
)
from policylint.cli.output import deliver, output_option, outputs
from policylint.cli.terminal import USAGE, Colour, fail, tell


def matrix(
    ctx: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH]...", help="Exports, directories to search for them, or - for stdin."),
    ] = None,
    asked: Annotated[
        str | None,
        typer.Option(
            "--property",
            "-p",
            metavar="NAME",
            help="Show what devices do with this property instead: by either spelling or the phone's own name.",
            autocompletion=completion.asked(completion.properties),
        ),
    ] = None,
    policy: Policies = None,
    device: Devices = None,
    output: Annotated[list[str] | None, output_option("matrix", "matrix")] = None,
    fail_on: FailingOn = FailOn.ERROR,
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
    """Show how every policy fares on every device, or what every device does with one property.

    It is a view and no check. Exit code 0 means that it could be drawn, 1 that the export holds values that cannot be
    read, told as check does and grave enough for --fail-on, 2 that something could not be read or understood.
    """
    from policylint.matrix.sheet import not_told
    from policylint.report.words import brief

    if asked is not None and paths:
        fail("give either exports or --property, not both")
    configuration = ctx.obj and ctx.obj.path
    if asked is not None:
        if any(given(ctx, option) for option in ("server", "assume_gate", "assume_complete")):
            fail(
                "--server, --assume-gate and --assume-complete go with exports: "
                "what is known of a property does not depend on them"
            )
        forms = outputs("property", output)
        known = session(ctx, device, own_rules=own_rules).property(asked)
        raise typer.Exit(USAGE if deliver(known, forms, color, read=[configuration]) else 0)
    if not paths:
        fail("nothing to show: name an export, a directory, - for stdin, or a --property")
    forms = outputs("matrix", output)
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
    report = run.check(*paths)
    failed = told(report.unread)
    report = Acceptance(ctx, run, tells=False).of(report)
    found = not_told(report)
    if report.verdicts:
        read = [*paths, *(each.path for each in report.inputs), configuration]
        failed |= deliver(report, forms, color, read=read, kind="matrix")
        if any(each.form == "csv" for each in forms):
            # its rows are cells: there is no other place for it
            for finding in found:
                tell(brief(finding))
    if failed:
        raise typer.Exit(USAGE)
    raise typer.Exit(fail_on.exit_code({finding.rule.severity for finding in found}))
