"""Writes what a renderer yields to standard output, which may be a terminal or the start of a pipe."""

import os
import shutil
import sys
from collections.abc import Iterable

PLAIN_WIDTH = 80
"""Columns of text that is not for a terminal."""


def write(pieces: Iterable[str]) -> None:
    """Write pieces of text; a reader that stops early is no error."""
    try:
        sys.stdout.writelines(pieces)
        sys.stdout.flush()
    except BrokenPipeError:
        # the reader (head, less) has seen enough; without this Python complains again while it closes stdout
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def width() -> int:
    """Return how many columns standard output has."""
    return shutil.get_terminal_size((PLAIN_WIDTH, 0)).columns if sys.stdout.isatty() else PLAIN_WIDTH
