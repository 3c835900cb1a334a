"""policylint chain: judge the certificates that phones are shown."""

from pathlib import Path
from typing import Annotated

import typer

from policylint.cli.accepting import Acceptance
from policylint.cli.configured import ConfigFile, NoConfig
from policylint.cli.days import day
from policylint.cli.judging import session, told
from policylint.cli.options import Colouring, Devices, FailingOn, FailOn, Ignore, OwnRules, Quiet, Select, Statistics
from policylint.cli.output import deliver, output_option, outputs
from policylint.cli.terminal import USAGE, Colour, fail, leave_out_notes, warn


def chain(
    ctx: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH...", help="Files with a chain each, as it is served, or - for stdin."),
    ] = None,
    connect: Annotated[
        str | None, typer.Option(metavar="HOST[:PORT]", help="Ask a server for its chain; the port is 443.")
    ] = None,
    host: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The name that phones connect to; that of --connect without it."),
    ] = None,
    roots: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The certificates that phones trust, in PEM.")
    ] = None,
    device: Devices = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Judge for that day instead of for now: 2027-01-31.")
    ] = None,
    days: Annotated[int, typer.Option(metavar="N", min=0, help="Warn of what expires within so many days.")] = 30,
    output: Annotated[list[str] | None, output_option("chain", envvar="POLICYLINT_OUTPUT")] = None,
    fail_on: FailingOn = FailOn.ERROR,
    select: Select = None,
    ignore: Ignore = None,
    own_rules: OwnRules = None,
    statistics: Statistics = False,
    quiet: Quiet = False,
    color: Colouring = Colour.AUTO,
    config: ConfigFile = None,
    no_config: NoConfig = False,
) -> None:
    """Judge the certificates that phones are shown: whether the chain is whole, valid, and for the right name.

    It judges what a server sends, from files or by --connect. Needs the extra policylint[certificates]. Exit code 0
    means nothing at or above --fail-on, 1 findings, 2 that something could not be read, reached or written.
    """
    if not paths and connect is None:
        fail("nothing to judge: name a file, - for stdin, or a server with --connect")
    forms = outputs("chain", output)
    if statistics and all(each.form != "text" for each in forms):
        fail("--statistics changes text output only, and none is asked for")
    at = day("--as-of", as_of, "2027-01-31")
    if quiet:
        leave_out_notes()
    run = session(ctx, device, own_rules=own_rules)
    acceptance = Acceptance(ctx, run, select=select, ignore=ignore, about="chain")
    report = run.chain(*(paths or ()), connect=connect, host=host, roots=roots, at=at, days=days)
    for text in report.warnings:
        warn(text)
    failed = told(report.unread)
    accepted = acceptance.of(report)
    if accepted.verdicts or not failed:
        read = [*(paths or ()), roots, ctx.obj and ctx.obj.path]
        only = fail_on.severities if quiet else None
        failed |= deliver(accepted, forms, color, read=read, only=only, statistics=statistics)
    if failed:
        raise typer.Exit(USAGE)
    raise typer.Exit(fail_on.exit_code({severity for severity, count in accepted.counts().items() if count}))
