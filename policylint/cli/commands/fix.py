"""policylint fix: what to change so that devices can live with a policy, as a script that is printed and never run."""

import sys
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

import typer

from policylint.cli.configured import ConfigFile, NoConfig
from policylint.cli.fitting import fits, fitted
from policylint.cli.judging import session, told
from policylint.cli.options import (
    AssumeComplete,
    AssumeGate,
    Colouring,
    Devices,
    MaxSize,
    OwnRules,
    Policies,
    ServerName,
)
from policylint.cli.output import deliver, output_option, outputs
from policylint.cli.terminal import USAGE, Colour, fail, note, style_for, write
from policylint.writing.build_logs import harmless_lines


class Strategy(StrEnum):
    """What --strategy takes."""

    SEPARATE = "separate"
    RELAX = "relax"
    OPEN_GATE = "open-gate"


def fix(
    ctx: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Exports, directories to search for them, or - for stdin."),
    ],
    policy: Policies = None,
    device: Devices = None,
    strategy: Annotated[
        Strategy | None,
        typer.Option(help="Print the script of one strategy; without it, all are compared."),
    ] = None,
    apply_ready: Annotated[
        bool, typer.Option("--apply-ready", help="Leave out -WhatIf, so that the commands change something.")
    ] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Try the changes in memory and say what is cured and what remains.")
    ] = False,
    output: Annotated[list[str] | None, output_option("fix", "script")] = None,
    assume_gate: AssumeGate = None,
    assume_complete: AssumeComplete = False,
    server: ServerName = None,
    own_rules: OwnRules = None,
    max_size: MaxSize = 64,
    color: Colouring = Colour.AUTO,
    config: ConfigFile = None,
    no_config: NoConfig = False,
) -> None:
    """Print what to change so that devices are not refused any more. Nothing is changed anywhere.

    Exit code 0 means that all refusals are cured by what was printed (or that there were none), 1 that some remain or
    that values cannot be read, 2 that something could not be read or understood.
    """
    if strategy is None and (apply_ready or verify or output):
        fail("--apply-ready, --verify and --output go with a script: choose a --strategy")
    forms = outputs("fix", output)
    run = session(
        ctx,
        device,
        own_rules=own_rules,
        server=server,
        assume_gate=assume_gate,
        assume_complete=assume_complete,
        policy=policy,
        max_size=max_size,
    )
    fixes = run.fix(*paths)
    failed = told(fixes.unread)
    remain = False
    if any(each.file is None and each.form == "text" for each in forms):
        for subject in fixes.subjects:
            by_guid = subject.policy.guid is not None and not fits(subject.policy.own_name or "", sys.stdout.encoding)
            subject.policy.is_name_lost = by_guid
    if strategy is not None:
        script = fixes.script(strategy, what_if=not apply_ready, verified=verify)
        if any(each.file is None and each.form == "text" for each in forms):
            _need_whole(script.lines(), sys.stdout.encoding)
        read = [*paths, *(each.path for each in fixes.inputs), ctx.obj and ctx.obj.path]
        failed |= deliver(script, forms, color, read=read)
        remain = not all(plan.cures_everything for plan in script.plans)
    elif fixes.subjects or fixes.not_told or fixes.left:
        pieces = harmless_lines(fixes.comparison(style_for(color)))
        write(fitted(pieces, "text", sys.stdout.encoding))
    if fixes.subjects and strategy is None:
        note("--strategy prints the script of one of them")
    if not fixes.subjects and not failed:
        shown = ", as far as the exports show" if fixes.not_told else ""
        what = "no value of a setting helps with what is left" if fixes.left else "nothing to change"
        note(f"none of these devices is refused because of a policy{shown}: {what}")
    if failed:
        raise typer.Exit(USAGE)
    raise typer.Exit(1 if remain or fixes.damaged else 0)


def _need_whole(lines: Iterable[str], encoding: str) -> None:
    """End the program where a command would not come out as it is: what is only told may be written another way."""
    for line in lines:
        if not line.startswith("#") and not fits(line, encoding):
            letter = next(each for each in line if not fits(each, encoding))
            fail(
                f"standard output is in {encoding}, which cannot write {letter!r} of a name in a command: "
                "write the script to a file in UTF-8, with -o text=FILE"
            )
