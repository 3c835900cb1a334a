"""Errors of usage and input: one clear line on stderr, and exit code 2."""

from typing import NoReturn

import typer

from policylint.report.style import printable

USAGE = 2


def tell(message: str) -> None:
    """Print a note or an error for a person: stdout belongs to findings."""
    typer.echo(printable(message), err=True)


def fail(message: str) -> NoReturn:
    """Print one line and end with exit code 2."""
    tell(f"policylint: error: {message}")
    raise typer.Exit(USAGE)
