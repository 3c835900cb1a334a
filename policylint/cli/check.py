"""policylint check: judge exported policies for devices."""

from collections.abc import Collection
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from policylint.cli.accepting import WaiversInForce, baseline_in, mark_known, selection_of
from policylint.cli.colour import Colour, style_for
from policylint.cli.configured import ConfigFile, NoConfig
from policylint.cli.failure import USAGE, fail
from policylint.cli.judging import judge, scope
from policylint.cli.options import (
    AssumeGate,
    Colouring,
    Devices,
    Ignore,
    MaxSize,
    OwnRules,
    Profiles,
    Select,
    ServerName,
)
from policylint.cli.printing import write


class Output(StrEnum):
    """What --output takes."""

    TEXT = "text"
    JSON = "json"


class FailOn(StrEnum):
    """What --fail-on takes: the least severity that gives exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"

    def exit_code(self, found: Collection[str]) -> int:
        """Return 1 if a severity that was found is grave enough, else 0."""
        from policylint.findings import SEVERITIES

        if self is FailOn.NEVER:
            return 0
        return 1 if any(severity in found for severity in SEVERITIES[: SEVERITIES.index(self) + 1]) else 0


FailingOn = Annotated[FailOn, typer.Option(envvar="POLICYLINT_FAIL_ON", help="Least severity that gives exit code 1.")]


def check(
    ctx: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH...", help="Exports, directories to search for them, or - for stdin."),
    ] = None,
    device: Devices = None,
    output: Annotated[Output, typer.Option("--output", "-o", help="Form of the report.")] = Output.TEXT,
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
    server: ServerName = None,
    profile: Profiles = None,
    own_rules: OwnRules = None,
    show_unknown: Annotated[
        bool,
        typer.Option("--show-unknown", help="List the demands of which nobody knows what a device does."),
    ] = False,
    max_size: MaxSize = 64,
    color: Colouring = Colour.AUTO,
    config: ConfigFile = None,
    no_config: NoConfig = False,
    show_config: Annotated[
        bool, typer.Option("--show-config", help="Show what holds and where each value was given, and stop.")
    ] = False,
) -> None:
    """Judge exported policies: which devices they shut out, and which quietly ignore them.

    Findings go to stdout, notes to stderr. Exit code 0 means nothing at or above --fail-on, 1 findings, 2 that
    something could not be read or understood.
    """
    from policylint.findings import SEVERITIES

    if show_config:
        from policylint.cli.showing import configuration

        write(configuration(ctx))
        return
    if not paths:
        fail("nothing to check: name an export, a directory, or - for stdin")
    chosen = scope(ctx, device, own_rules=own_rules, server=server, profile=profile)
    selection = selection_of(ctx, chosen, select, ignore)
    waivers = WaiversInForce(ctx, chosen)
    known = baseline_in(baseline) if baseline is not None else None
    judged = judge(paths, chosen, assume_gate=assume_gate, show_unknown=show_unknown, max_size=max_size)
    report = judged.report
    waivers.apply(report)
    if known is not None and baseline is not None:
        mark_known(report, known, baseline)
    selection.keep(report.verdicts)
    if report.verdicts:
        if output is Output.JSON:
            from policylint.report import json

            write(json.render(report))
        else:
            from policylint.report import text

            write(text.render(report, style_for(color)))
    if judged.failed:
        raise typer.Exit(USAGE)
    raise typer.Exit(fail_on.exit_code({severity for severity in SEVERITIES if report.count(severity)}))
