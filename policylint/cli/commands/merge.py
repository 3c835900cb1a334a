"""policylint merge: what a user with several accounts really gets."""

from pathlib import Path
from typing import Annotated

import typer

from policylint.cli.configured import ConfigFile, NoConfig, given
from policylint.cli.judging import session, told
from policylint.cli.options import (
    AssumeComplete,
    AssumeGate,
    Colouring,
    Devices,
    FailOn,
    MaxSize,
    OwnRules,
    Redact,
    ServerName,
)
from policylint.cli.output import deliver, output_option, outputs
from policylint.cli.terminal import USAGE, Colour, fail


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
    output: Annotated[list[str] | None, output_option("merge", "preview")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Show settings that nobody demands, too.")] = False,
    fail_on: Annotated[
        FailOn, typer.Option(envvar="POLICYLINT_FAIL_ON", help="Least severity that gives exit code 1.")
    ] = FailOn.ERROR,
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
    """Preview the policy that a user with several accounts really gets: the strictest of each setting.

    Exit code 0 means that the preview could be made, 1 that there are findings at or above --fail-on: with --device on
    devices, and always on values that cannot be read; 2 that something could not be read or understood.
    """
    if given(ctx, "server") and not device:
        fail("--server goes with --device: it says what becomes of devices")
    forms = outputs("merge", output)
    run = session(
        ctx,
        device,
        own_rules=own_rules,
        server=server,
        assume_gate=assume_gate,
        assume_complete=assume_complete,
        max_size=max_size,
        redact=redact,
        may_be_for_none=True,
    )
    files = files or []
    configuration = ctx.obj and ctx.obj.path
    if user is not None:
        if account:
            fail("--user names the accounts by itself: give either --user or --account")
        merges = run.merge_users(user, *files, everything=everything)
        failed = told(merges.unread)
        if merges.sets:
            read = [user, *files, *(each.path for each in merges.inputs), configuration]
            failed |= deliver(merges, forms, color, read=read)
        severities = merges.severities
    else:
        preview = run.merge(*files, named=[_named(text) for text in account or []], everything=everything)
        read = [*(each.policy.document.path for each in preview.accounts), configuration]
        failed = deliver(preview, forms, color, read=read)
        severities = preview.severities
    raise typer.Exit(USAGE if failed else fail_on.exit_code(severities))


def _named(text: str) -> tuple[str, str]:
    name, equals, rest = text.partition("=")
    if not equals or not name.strip() or not rest:
        fail(f"--account {text}: write NAME=FILE or NAME=FILE#Policy")
    return name.strip(), rest
