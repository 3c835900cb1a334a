"""policylint merge: what a user with several accounts really gets."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policylint.cli.colour import Colour, style_for
from policylint.cli.commands.check import FailOn
from policylint.cli.configured import ConfigFile, NoConfig, given
from policylint.cli.failure import USAGE, fail
from policylint.cli.options import AssumeGate, Colouring, Devices, MaxSize, OwnRules, ServerName
from policylint.cli.previewing import Output, Previewer
from policylint.cli.terminal import width, write

if TYPE_CHECKING:
    from policylint.merging.preview import Preview


def merge(
    ctx: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...",
            help="Accounts: a file with one policy or its default policy, FILE#Policy, or - for stdin.",
        ),
    ] = None,
    account: Annotated[
        list[str] | None,
        typer.Option(
            "--account", "-a", metavar="NAME=FILE#POLICY", help="An account with a name of its own. Repeatable."
        ),
    ] = None,
    user: Annotated[
        Path | None,
        typer.Option("--user", metavar="CSV", help="Users at once: columns user, account, policy; FILEs hold these."),
    ] = None,
    device: Devices = None,
    output: Annotated[Output, typer.Option("--output", "-o", help="Form of the preview.")] = Output.TEXT,
    everything: Annotated[bool, typer.Option("--all", help="Show settings that nobody demands, too.")] = False,
    fail_on: Annotated[
        FailOn, typer.Option(envvar="POLICYLINT_FAIL_ON", help="With --device: least severity that gives exit code 1.")
    ] = FailOn.ERROR,
    assume_gate: AssumeGate = None,
    server: ServerName = None,
    own_rules: OwnRules = None,
    max_size: MaxSize = 64,
    color: Colouring = Colour.AUTO,
    config: ConfigFile = None,
    no_config: NoConfig = False,
) -> None:
    """Preview the policy that a user with several accounts really gets: the strictest of each setting.

    Exit code 0 means that the preview could be made, 1 that with --device there are findings at or above --fail-on, 2
    that something could not be read or understood.
    """
    if given(ctx, "server") and not device:
        fail("--server goes with --device: it says what becomes of devices")
    run = Previewer(ctx, device, own_rules, server, assume_gate, everything)
    if user is not None:
        if account:
            fail("--user names the accounts by itself: give either --user or --account")
        from policylint.cli.merge_users import merge_users

        failed = merge_users(run, user, files or [], output, color, max_size=max_size)
    else:
        from policylint.cli.accounts import read_accounts

        accounts = read_accounts(files or [], account or [], run.scope.knowledge.catalogue, max_size=max_size)
        write(_rendered(run.preview(accounts), output, color))
        failed = False
    raise typer.Exit(USAGE if failed else run.exit_code(fail_on))


def _rendered(preview: "Preview", output: Output, color: Colour) -> Iterator[str]:
    match output:
        case Output.JSON:
            from policylint.merging import json

            return json.render(preview)
        case Output.CSV:
            from policylint.merging import csv

            return csv.render(preview)
        case Output.MARKDOWN:
            from policylint.merging import markdown

            return markdown.render(preview)
        case Output.TEXT:
            from policylint.merging import text

            return text.render(preview, style_for(color), width())
