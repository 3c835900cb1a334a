"""Errors of usage and input: one clear line on stderr, and exit code 2."""

from typing import NoReturn

import typer

from policylint.writing.style import printable

USAGE = 2

_notes_wanted = True


def tell(message: str) -> None:
    """Print a line for a person: stdout belongs to findings."""
    typer.echo(printable(message), err=True)


def note(message: str) -> None:
    """Print a note, unless notes are left out."""
    if _notes_wanted:
        tell(f"policylint: note: {message}")


def leave_out_notes() -> None:
    """Print no notes from here on. Errors stay."""
    global _notes_wanted
    _notes_wanted = False


def reason(error: OSError) -> str:
    """Say in a few words why the system would not do something."""
    return (error.strerror or str(error)).lower()


def fail(message: str) -> NoReturn:
    """Print one line and end with exit code 2."""
    tell(f"policylint: error: {message}")
    raise typer.Exit(USAGE)
