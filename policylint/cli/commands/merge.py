"""policylint merge: what a user with several accounts really gets."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policylint.cli.commands.check import FailOn
from policylint.cli.configured import ConfigFile, NoConfig, given
from policylint.cli.options import AssumeGate, Colouring, Devices, MaxSize, OwnRules, ServerName
from policylint.cli.previewing import Output, Previewer
from policylint.cli.terminal import USAGE, Colour, fail, note, style_for, tell, width, write

if TYPE_CHECKING:
    from policylint.merging.model import Preview
    from policylint.merging.users import User, UserRow, UserSet
    from policylint.policies.policy import Policy


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


_STDIN = "-"


def merge_users(run: Previewer, users: Path, files: list[str], output: Output, color: Colour, *, max_size: int) -> bool:
    """Write the merges of a list of users; return whether some row could not be used, which is told already."""
    from policylint.merging.users import grouped
    from policylint.policies.files import read_inputs

    if not files:
        fail("--user goes with the files that hold the policies: name them, too")
    if str(users) == _STDIN and _STDIN in files:
        fail("- (stdin) can be read once only")
    inputs = read_inputs(files, run.scope.knowledge.catalogue, max_bytes=max_size << 20)
    for text in inputs.notes:
        note(text)
    for problem in inputs.errors:
        fail(str(problem))
    rows, failed = _rows(users, inputs.policies, max_size)
    sets = grouped(rows, inputs.policies)
    if sets:
        write(_rendered_users(run, sets, output, color))
    elif not failed:
        fail(f"{users}: names no user")
    return failed


def _rows(users: Path, policies: "list[Policy]", max_size: int) -> "tuple[list[tuple[UserRow, int]], bool]":
    """Read the list; tell of each row that cannot be used, and return the others with the numbers of their policies."""
    from policylint.exports.error import ExportError
    from policylint.merging.users import BadRow, PolicyFinder, read
    from policylint.policies.choice import PolicyChoiceError
    from policylint.policies.files import read_bytes

    finder = PolicyFinder(policies)
    rows, failed = [], False
    limit = max_size << 20
    try:
        data, shown = read_bytes(str(users), limit)
        if len(data) > limit:
            fail(f"{users}: larger than the limit of {max_size} MiB; split it, or raise --max-size")
        for row in read(data):
            if isinstance(row, BadRow):
                tell(f"policylint: error: {shown}:{row.line}: {row.reason}")
                failed = True
                continue
            try:
                rows.append((row, finder.find(row.policy)))
            except PolicyChoiceError as error:
                tell(f"policylint: error: {shown}:{row.line}: user {row.user!r}: {error}")
                failed = True
    except ExportError as error:
        error.path = error.path or str(users)
        fail(str(error))
    return rows, failed


def _rendered_users(run: Previewer, sets: "Sequence[UserSet]", output: Output, color: Colour) -> Iterator[str]:
    match output:
        case Output.JSON:
            from policylint.merging import json

            return json.render_users(run.setup, _blocks(run, sets))
        case Output.CSV:
            from policylint.merging import csv

            return csv.render_users(_blocks(run, sets))
        case Output.MARKDOWN:
            from policylint.merging import users_text

            return users_text.render_markdown(_blocks(run, sets), len(sets))
        case Output.TEXT:
            from policylint.merging import users_text

            return users_text.render_text(_blocks(run, sets), len(sets), style_for(color), width())


def _blocks(run: Previewer, sets: "Sequence[UserSet]") -> "Iterator[tuple[Preview, Sequence[User]]]":
    for each in sets:
        yield run.preview(each.accounts), each.users
