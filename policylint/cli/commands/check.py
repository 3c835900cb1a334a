"""policylint check: judge exported policies for devices."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from policylint.cli import completion
from policylint.cli.accepting import Acceptance
from policylint.cli.configured import ConfigFile, NoConfig
from policylint.cli.judging import session, told
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
    Profiles,
    Quiet,
    Redact,
    Select,
    ServerName,
    Statistics,
)
from policylint.cli.output import deliver, output_option, outputs
from policylint.cli.terminal import USAGE, Colour, fail, leave_out_notes, note, write


class Group(StrEnum):
    """What --group takes."""

    SETTING = "setting"
    POLICY = "policy"
    LINE = "line"


def check(
    ctx: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH...", help="Exports, directories to search for them, or - for stdin."),
    ] = None,
    policy: Policies = None,
    device: Devices = None,
    output: Annotated[list[str] | None, output_option("check", envvar="POLICYLINT_OUTPUT")] = None,
    fail_on: FailingOn = FailOn.ERROR,
    select: Select = None,
    ignore: Ignore = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", envvar="POLICYLINT_BASELINE", help="Findings that are known and do not count any more."
        ),
    ] = None,
    assume_gate: AssumeGate = None,
    assume_complete: AssumeComplete = False,
    server: ServerName = None,
    profile: Profiles = None,
    own_rules: OwnRules = None,
    show_unknown: Annotated[
        bool,
        typer.Option("--show-unknown", help="List the demands of which nobody knows what a device does."),
    ] = False,
    show_passed: Annotated[
        bool,
        typer.Option("--show-passed", help="List the demands that devices meet, too."),
    ] = False,
    group: Annotated[
        Group,
        typer.Option("--group", help="What stands together in text: a setting, a policy, or nothing."),
    ] = Group.SETTING,
    statistics: Statistics = False,
    quiet: Quiet = False,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="PROPERTY=VALUE",
            help="Tell what would change if a setting had this value, as diff does. Nothing is changed. Repeatable.",
            autocompletion=completion.asked(completion.properties),
        ),
    ] = None,
    skip_non_exports: Annotated[
        bool,
        typer.Option("--skip-non-exports", help="Pass over named files that are no exports, as in a directory."),
    ] = False,
    redact: Redact = False,
    max_size: MaxSize = 64,
    color: Colouring = Colour.AUTO,
    config: ConfigFile = None,
    no_config: NoConfig = False,
    show_config: Annotated[
        bool, typer.Option("--show-config", help="Show what holds and where each value was given, and stop.")
    ] = False,
) -> None:
    """Judge exported policies: which devices they shut out, and which quietly ignore them.

    Findings go to stdout or to files, notes to stderr. Exit code 0 means nothing at or above --fail-on, 1 findings, 2
    that something could not be read, understood or written.
    """
    if show_config:
        from policylint.cli.showing import configuration

        write(configuration(ctx))
        return
    if not paths:
        fail("nothing to check: name an export, a directory, or - for stdin")
    forms = outputs("diff" if settings else "check", output)
    if statistics and all(each.form != "text" for each in forms):
        fail("--statistics changes text output only, and none is asked for")
    if quiet:
        leave_out_notes()
    run = session(
        ctx,
        device,
        own_rules=own_rules,
        server=server,
        profile=profile,
        assume_gate=assume_gate,
        assume_complete=assume_complete,
        policy=policy,
        max_size=max_size,
        redact=redact,
    )
    acceptance = Acceptance(ctx, run, select=select, ignore=ignore, baseline=baseline, tells=not settings)
    if settings:
        comparison = run.what_if(settings, *paths, accept=acceptance.of, skip_non_exports=skip_non_exports)
        read = [*paths, *(each.path for each in comparison.old.inputs), baseline, ctx.obj and ctx.obj.path]
        if deliver(comparison, forms, color, read=read):
            raise typer.Exit(USAGE)
        raise typer.Exit(fail_on.exit_code(comparison.severities))
    report = run.check(*paths, show_unknown=show_unknown, show_passed=show_passed, skip_non_exports=skip_non_exports)
    failed = told(report.unread)
    if run.server is None:
        from policylint.judging.origin import proposed

        for text in proposed((each.policy for each in report.verdicts), run.knowledge.servers):
            note(text)
    report = acceptance.of(report)
    if report.verdicts or not failed:
        read = [*paths, *(each.path for each in report.inputs), baseline, ctx.obj and ctx.obj.path]
        only = fail_on.severities if quiet else None
        failed |= deliver(report, forms, color, read=read, only=only, statistics=statistics, group=group.value)
    if failed:
        raise typer.Exit(USAGE)
    raise typer.Exit(fail_on.exit_code({severity for severity, count in report.counts().items() if count}))
