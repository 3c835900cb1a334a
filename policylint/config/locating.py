"""Finds the configuration file of a run: the nearest one, from the current directory upward."""

import os
import re
from pathlib import Path

from policylint.exports.bounded import read_text

FILE = "policylint.toml"
PROJECT = "pyproject.toml"
TABLE = ("tool", "policylint")
# parsing is felt at start-up, and most projects do not speak of us
_OURS = r"""(?m)\btool["']?\s*\.\s*["']?policylint\b|^\s*\[\s*tool\s*\]"""


def nearest(directory: Path) -> Path | None:
    """Return the configuration that holds in a directory; in one directory policylint.toml wins over pyproject.toml.

    A pyproject.toml that says nothing of policylint is passed over.
    """
    for place in (directory, *directory.parents):
        own, project = place / FILE, place / PROJECT
        if os.path.isfile(own):
            return _shown(own)
        if os.path.isfile(project) and _speaks_of_us(project):
            return _shown(project)
    return None


def _speaks_of_us(project: Path) -> bool:
    """Tell whether there is a [tool.policylint] table; what cannot be read is told when it is used."""
    try:
        text = read_text(project)
    except (OSError, UnicodeDecodeError):
        return False
    if not re.search(_OURS, text):
        return False
    import tomllib

    try:
        tool = tomllib.loads(text).get(TABLE[0])
    except (ValueError, RecursionError):
        # another tool's file, as far as we know; a broken one that is ours is an error, not silence
        return f"[{'.'.join(TABLE)}" in text
    return isinstance(tool, dict) and TABLE[1] in tool


def _shown(path: Path) -> Path:
    """Return the path as a reader would write it: relative to where they are."""
    return Path(os.path.relpath(path)) if path.is_relative_to(Path.cwd()) else path
