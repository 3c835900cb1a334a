"""The path of an export as other programs want to have it."""

import os
from pathlib import Path, PurePath
from urllib.parse import quote

STDIN = "<stdin>"
"""What stands for a path in a report on what came from standard input."""


def slashed(path: str) -> str:
    """Return a path with forward slashes, and without `./` or doubled slashes."""
    return PurePath(path).as_posix()


def is_absolute(path: str) -> bool:
    """Tell whether a path does not depend on where the program was started."""
    return PurePath(path).is_absolute()


def uri(path: str) -> str:
    """Return a path as a URI reference: `file:///…` if it is absolute, else relative as it is."""
    if is_absolute(path):
        return Path(os.path.normpath(path)).as_uri()
    return quote(os.fsencode(slashed(path)))
