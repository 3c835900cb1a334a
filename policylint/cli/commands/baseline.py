"""policylint baseline: take up the findings of today, so that only new ones count; and drop those that are gone."""

from pathlib import Path
from typing import Annotated

import typer

from policylint.cli.accepting import Acceptance, baseline_in
from policylint.cli.configured import ConfigFile, NoConfig
from policylint.cli.help import Command
from policylint.cli.judging import session, told
from policylint.cli.options import (
    AssumeComplete,
    AssumeGate,
    Devices,
    Ignore,
    MaxSize,
    OwnRules,
    Profiles,
    Select,
    ServerName,
)
from policylint.cli.terminal import fail, note, say
from policylint.usage import reason
from policylint.writing.whole import write_file

baseline = typer.Typer(
    help="Take up the findings of today, so that only new ones count.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Exports, directories to search for them, or - for stdin.")
]
BaselineFile = Annotated[
    Path, typer.Option("--baseline", metavar="FILE", envvar="POLICYLINT_BASELINE", help="The file of the baseline.")
]
_FILE = Path("policylint-baseline.json")


@baseline.command(cls=Command)
def create(
    ctx: typer.Context,
    paths: Paths,
    baseline: BaselineFile = _FILE,
    force: Annotated[bool, typer.Option("--force", help="Replace a baseline that is there already.")] = False,
    device: Devices = None,
    select: Select = None,
    ignore: Ignore = None,
    assume_gate: AssumeGate = None,
    assume_complete: AssumeComplete = False,
    server: ServerName = None,
    profile: Profiles = None,
    own_rules: OwnRules = None,
    max_size: MaxSize = 64,
    config: ConfigFile = None,
    no_config: NoConfig = False,
) -> None:
    """Write a baseline with every finding of today that is not waived."""
    from policylint.acceptance.baseline import Baseline, written
    from policylint.writing.style import number

    if baseline.exists() and not force:
        fail(f"{baseline} is there already: policylint baseline prune drops what is gone, --force makes it anew")
    run = session(
        ctx,
        device,
        own_rules=own_rules,
        server=server,
        profile=profile,
        assume_gate=assume_gate,
        assume_complete=assume_complete,
        max_size=max_size,
    )
    acceptance = Acceptance(ctx, run, select=select, ignore=ignore)
    report = run.check(*paths)
    if told(report.unread):
        fail("no baseline was written, since not all could be read")
    made = Baseline.of(acceptance.of(report).verdicts)
    _write(baseline, written(made))
    say(f"{baseline}: {number(len(made.entries), 'finding')}")


@baseline.command(cls=Command)
def prune(
    ctx: typer.Context,
    paths: Paths,
    baseline: BaselineFile = _FILE,
    drop_unread: Annotated[
        bool, typer.Option("--drop-unread", help="Drop the findings of policies that are not among those read, too.")
    ] = False,
    device: Devices = None,
    assume_gate: AssumeGate = None,
    assume_complete: AssumeComplete = False,
    server: ServerName = None,
    profile: Profiles = None,
    own_rules: OwnRules = None,
    max_size: MaxSize = 64,
    config: ConfigFile = None,
    no_config: NoConfig = False,
) -> None:
    """Drop from a baseline what is no longer found. Devices that are not judged now are left as they are."""
    from policylint.acceptance.baseline import written
    from policylint.writing.style import number

    known = baseline_in(baseline, max_size << 20)
    run = session(
        ctx,
        device,
        own_rules=own_rules,
        server=server,
        profile=profile,
        assume_gate=assume_gate,
        assume_complete=assume_complete,
        max_size=max_size,
    )
    acceptance = Acceptance(ctx, run)
    report = run.check(*paths)
    if told(report.unread):
        fail("the baseline was left as it is, since not all could be read")
    left, stale = known.without_gone(acceptance.of(report).verdicts, report.targets, drop_unread=drop_unread)
    if left.entries != known.entries:
        _write(baseline, written(left))
    say(f"{baseline}: {number(len(left.entries), 'finding')}, {len(known.entries) - len(left.entries)} dropped")
    if stale.unread and not drop_unread:
        kept = number(stale.unread, "finding")
        note(f"{kept} of policies not read in this run kept (--drop-unread drops them)")


def _write(path: Path, text: str) -> None:
    try:
        write_file(path, [text])
    except OSError as error:
        fail(f"{path}: cannot be written: {reason(error)}")
