"""policylint fleet: set the devices of an organisation beside what is predicted of them."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policylint.cli.accepting import Acceptance
from policylint.cli.configured import ConfigFile, NoConfig
from policylint.cli.days import day
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
    Quiet,
    Select,
    ServerName,
    Statistics,
)
from policylint.cli.output import deliver, output_option, outputs, spare
from policylint.cli.terminal import USAGE, Colour, error, fail, leave_out_notes, note
from policylint.usage import reason

if TYPE_CHECKING:
    from policylint.fleet.report import FleetReport


class Engine(StrEnum):
    """What --engine takes."""

    LOCAL = "local"
    SPARK = "spark"


def fleet(
    ctx: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH...", help="Exports, inventories, logs: files, directories, archives, or - for stdin."
        ),
    ] = None,
    device: Devices = None,
    output: Annotated[list[str] | None, output_option("fleet", envvar="POLICYLINT_OUTPUT")] = None,
    fail_on: FailingOn = FailOn.ERROR,
    select: Select = None,
    ignore: Ignore = None,
    names: Annotated[
        bool, typer.Option("--list", help="Name users and devices, which no report does by default.")
    ] = False,
    pseudonyms: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Other names for users and devices, by the key in FILE; it is made if missing."
        ),
    ] = None,
    learn: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write what the devices teach as a pack, which --rules DIR reads."),
    ] = None,
    enough: Annotated[
        int, typer.Option(metavar="N", min=1, help="Devices of a release that must agree before they teach.")
    ] = 3,
    refused_hours: Annotated[
        int, typer.Option(metavar="N", min=1, help="Hours with a refusal before logs count a device as refused.")
    ] = 3,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Leave out devices last seen before that day: 2026-08-01.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar="DATE", help="The day the evidence is of, for what is learned; else its newest."
        ),
    ] = None,
    assume_gate: AssumeGate = None,
    assume_complete: AssumeComplete = False,
    server: ServerName = None,
    own_rules: OwnRules = None,
    jobs: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Processes that read logs; one a core without it.")
    ] = None,
    engine: Annotated[
        Engine, typer.Option(help="What reads logs: this machine, or Spark (policylint[spark]).")
    ] = Engine.LOCAL,
    save: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Keep what the logs come to, for --resume of a later run.")
    ] = None,
    resume: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Add the logs to what an earlier run kept with --save.")
    ] = None,
    statistics: Statistics = False,
    quiet: Quiet = False,
    max_size: MaxSize = 64,
    color: Colouring = Colour.AUTO,
    config: ConfigFile = None,
    no_config: NoConfig = False,
) -> None:
    """Set an organisation's own devices beside what is predicted of them, and learn from what they did.

    It reads policies, assignments, device inventories, accounts and IIS logs: policylint collect exports them. Exit
    code 0 means nothing at or above --fail-on, 1 findings, 2 that nothing could be read, or something not be written.
    """
    from policylint.evidence.logs import Progress
    from policylint.fleet.asked import Asked

    if not paths and resume is None:
        fail("no evidence: name files or a directory (policylint collect prints what exports them)")
    forms = outputs("fleet", output)
    if statistics and all(each.form != "text" for each in forms):
        fail("--statistics changes text output only, and none is asked for")
    given = [*(paths or ()), pseudonyms, resume, ctx.obj and ctx.obj.path]
    spare(forms, given)
    asked = Asked(
        tuple(paths or ()),
        enough,
        refused_hours,
        day("--since", since, "2026-08-01"),
        day("--as-of", as_of, "2026-08-01"),
        jobs,
        engine.value,
        None if save is None else str(save),
        None if resume is None else str(resume),
        None if pseudonyms is None else _key(pseudonyms),
        names,
        Progress(sys.stderr),
    )
    if quiet:
        leave_out_notes()
    run = session(
        ctx,
        device or ["all"],
        own_rules=own_rules,
        server=server,
        assume_gate=assume_gate,
        assume_complete=assume_complete,
        max_size=max_size,
    )
    acceptance = Acceptance(ctx, run, select=select, ignore=ignore, about="fleet")
    report = run.fleet(*(paths or ()), asked=asked)
    told(report.unread)
    for text in report.notes:
        note(text)
    accepted = acceptance.of(report)
    read = [*given, *(each.path for each in report.evidence)]
    only = fail_on.severities if quiet else None
    failed = deliver(accepted, forms, color, read=read, only=only, statistics=statistics)
    if learn is not None:
        failed |= not _learned(report, learn)
    if failed:
        raise typer.Exit(USAGE)
    raise typer.Exit(fail_on.exit_code({severity for severity, count in accepted.counts().items() if count}))


def _key(path: Path) -> bytes:
    """Return the key of pseudonyms; a new one where there is no file."""
    from policylint.fleet.key import KeyProblem, key_in

    try:
        return key_in(path)
    except OSError as problem:
        fail(f"--pseudonyms {path}: {reason(problem)}")
    except KeyProblem as problem:
        fail(f"--pseudonyms {path}: {problem}")


def _learned(report: "FleetReport", directory: Path) -> bool:
    """Write what was learned; return whether that could be done."""
    from policylint.fleet.learned_pack import write

    try:
        write(report, directory)
    except OSError as problem:
        error(f"--learn {directory}: cannot be written: {reason(problem)}")
        return False
    return True
