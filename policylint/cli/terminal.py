"""Writes what a renderer yields to standard output, and what there is to tell a person to stderr."""

import os
import shutil
import sys
from collections.abc import Iterable
from enum import StrEnum
from typing import NoReturn

import typer

from policylint.writing.build_logs import harmless
from policylint.writing.style import PLAIN_WIDTH, Look, Style, printable


def write(pieces: Iterable[str]) -> None:
    """Write pieces of text; a reader that stops early is no error."""
    sys.stdout.writelines(pieces)
    sys.stdout.flush()


def say(line: str = "") -> None:
    """Write a line."""
    from policylint.cli.fitting import in_signs

    write((in_signs(f"{line}\n", sys.stdout.encoding),))


def look_for(colour: "Colour") -> Look:
    """Return how text looks on standard output."""
    width = shutil.get_terminal_size((PLAIN_WIDTH, 0)).columns if sys.stdout.isatty() else PLAIN_WIDTH
    return Look(style_for(colour), width)


class Colour(StrEnum):
    """What --color takes."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def style_for(colour: Colour) -> Style:
    """Decide for standard output."""
    if colour is not Colour.AUTO:
        return Style(colour is Colour.ALWAYS)
    if os.environ.get("FORCE_COLOR"):
        return Style(True)
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return Style(False)
    return Style(sys.stdout.isatty())


USAGE = 2

_notes_wanted = True


def tell(message: str) -> None:
    """Print a line for a person: stdout belongs to findings."""
    sys.stderr.write(harmless(printable(message)) + "\n")
    sys.stderr.flush()


def note(message: str) -> None:
    """Print a note, unless notes are left out."""
    if _notes_wanted:
        tell(f"policylint: note: {message}")


def leave_out_notes() -> None:
    """Print no notes from here on. Errors stay."""
    global _notes_wanted
    _notes_wanted = False


def error(message: str) -> None:
    """Print what is wrong, as one line."""
    tell(f"policylint: error: {message}")


def warn(message: str) -> None:
    """Print what should be otherwise, as one line."""
    tell(f"policylint: warning: {message}")


def fail(message: str) -> NoReturn:
    """Print one line and end with exit code 2."""
    error(message)
    raise typer.Exit(USAGE)
