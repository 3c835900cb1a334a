"""policylint baseline: take up the findings of today, so that only new ones count; and drop those that are gone."""

from pathlib import Path
from typing import Annotated

import typer

from policylint.cli.accepting import WaiversInForce, baseline_in, selection_of
from policylint.cli.configured import ConfigFile, NoConfig
from policylint.cli.failure import USAGE, fail, tell
from policylint.cli.judging import judge, scope
from policylint.cli.options import AssumeGate, Devices, Ignore, MaxSize, OwnRules, Select, ServerName

app = typer.Typer(help="Take up the findings of today, so that only new ones count.", no_args_is_help=True)

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Exports, directories to search for them, or - for stdin.")
]
BaselineFile = Annotated[
    Path, typer.Option("--baseline", metavar="FILE", envvar="POLICYLINT_BASELINE", help="The file of the baseline.")
]
_FILE = Path("policylint-baseline.json")


@app.command()
def create(
    ctx: typer.Context,
    paths: Paths,
    baseline: BaselineFile = _FILE,
    force: Annotated[bool, typer.Option("--force", help="Replace a baseline that is there already.")] = False,
    device: Devices = None,
    select: Select = None,
    ignore: Ignore = None,
    assume_gate: AssumeGate = None,
    server: ServerName = None,
    own_rules: OwnRules = None,
    max_size: MaxSize = 64,
    config: ConfigFile = None,
    no_config: NoConfig = False,
) -> None:
    """Write a baseline with every finding of today that is not waived."""
    from policylint.acceptance.baseline import Baseline
    from policylint.acceptance.baseline_file import written

    if baseline.exists() and not force:
        fail(f"{baseline} is there already: policylint baseline prune drops what is gone, --force makes it anew")
    chosen = scope(ctx, device, own_rules=own_rules, server=server)
    selection = selection_of(ctx, chosen, select, ignore)
    waivers = WaiversInForce(ctx, chosen)
    judged = judge(paths, chosen, assume_gate=assume_gate, max_size=max_size)
    if judged.failed:
        tell("policylint: error: no baseline was written, since not all could be read")
        raise typer.Exit(USAGE)
    waivers.apply(judged.report)
    selection.keep(judged.report.verdicts)
    made = Baseline.of(judged.report.verdicts)
    _write(baseline, written(made))
    typer.echo(f"{baseline}: {_number(len(made.entries))}")


@app.command()
def prune(
    ctx: typer.Context,
    paths: Paths,
    baseline: BaselineFile = _FILE,
    drop_unread: Annotated[
        bool, typer.Option("--drop-unread", help="Drop the findings of policies that are not among those read, too.")
    ] = False,
    device: Devices = None,
    assume_gate: AssumeGate = None,
    server: ServerName = None,
    own_rules: OwnRules = None,
    max_size: MaxSize = 64,
    config: ConfigFile = None,
    no_config: NoConfig = False,
) -> None:
    """Drop from a baseline what is no longer found. Devices that are not judged now are left as they are."""
    from policylint.acceptance.baseline_file import written

    known = baseline_in(baseline)
    chosen = scope(ctx, device, own_rules=own_rules, server=server)
    waivers = WaiversInForce(ctx, chosen)
    judged = judge(paths, chosen, assume_gate=assume_gate, max_size=max_size)
    if judged.failed:
        tell("policylint: error: the baseline was left as it is, since not all could be read")
        raise typer.Exit(USAGE)
    waivers.apply(judged.report)
    left, stale = known.without_gone(judged.report.verdicts, judged.report.targets, drop_unread=drop_unread)
    if left.entries != known.entries:
        _write(baseline, written(left))
    typer.echo(f"{baseline}: {_number(len(left.entries))}, {len(known.entries) - len(left.entries)} dropped")
    if stale.unread and not drop_unread:
        tell(
            f"policylint: note: {_number(stale.unread)} of policies not read in this run kept "
            "(--drop-unread drops them)"
        )


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        fail(f"{path}: cannot be written: {(error.strerror or str(error)).lower()}")


def _number(count: int) -> str:
    return f"{count} finding{'' if count == 1 else 's'}"
