"""The command `help`."""

from typing import Annotated

import typer

from policylint.cli.help import show_help


def help(  # noqa: A001 - named as the command is
    ctx: typer.Context,
    command: Annotated[list[str] | None, typer.Argument(metavar="[COMMAND]...", help="The command.")] = None,
) -> None:
    """Show what --help shows: of a command, or of the program."""
    show_help(ctx, command)
