"""Files on disk and on standard input: what a path leads to, told in words where it leads nowhere."""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

from policylint.exports.bounded import read_at_most
from policylint.exports.error import ExportError
from policylint.usage import UsageError, reason

STDIN = "-"


class Files(NamedTuple):
    """Where files come from: how to tell what is there, and a directory, list what is below it, and read a file.

    `below` yields an error in place of what it cannot look into. `read` returns the bytes of a file, at most one more
    than the cap it is given, and the name that a report shows.
    """

    exists: Callable[[str], bool]
    is_directory: Callable[[str], bool]
    below: Callable[[str], Iterator[str | ExportError]]
    read: Callable[[str, int], tuple[bytes, str]]


def _below(path: str) -> Iterator[str | ExportError]:
    """Yield the files below a directory in a fixed order, hidden ones left out."""
    waiting = [iter(_entries(os.path.normpath(path)))]
    while waiting:
        entry = next(waiting[-1], None)
        if entry is None:
            waiting.pop()
        elif isinstance(entry, ExportError):
            yield entry
        elif entry.is_directory:
            waiting.append(iter(_entries(entry.path)))
        else:
            yield entry.path


class _Entry(NamedTuple):
    path: str
    is_directory: bool


def _entries(directory: str) -> list[_Entry | ExportError]:
    try:
        with os.scandir(directory) as found:
            entries = sorted((entry for entry in found if not entry.name.startswith(".")), key=lambda each: each.name)
    except OSError as error:
        return [_unreadable(error, directory)]
    made: list[_Entry | ExportError] = []
    for entry in entries:
        path = entry.name if directory == os.curdir else entry.path
        try:
            if entry.is_dir(follow_symlinks=False):
                made.append(_Entry(path, True))
            elif entry.is_file():
                made.append(_Entry(path, False))
        except OSError as error:
            if error.errno != errno.ELOOP:  # links that lead to each other lead to no file
                made.append(_unreadable(error, path))
    return made


def _unreadable(error: OSError | ValueError, path: str) -> ExportError:
    return ExportError(f"cannot be read: {reason(error)}", path=path)


def read_bytes(path: str, max_bytes: int) -> tuple[bytes, str]:
    """Read a file, but never more of it than one byte past the cap: enough to know that it is too large."""
    try:
        if path == STDIN:
            if sys.stdin is None:
                raise ExportError("standard input is closed", path="<stdin>")
            return read_at_most(sys.stdin.buffer, max_bytes + 1), "<stdin>"
        with open(path, "rb") as file:
            return read_at_most(file, max_bytes + 1), path
    except FileNotFoundError:
        raise ExportError("no such file or directory", path=path) from None
    except (OSError, ValueError) as error:
        raise _unreadable(error, path) from None


def read_whole(path: str, max_bytes: int) -> tuple[bytes, str]:
    """Read a whole file that is no export. Returns its bytes and what to call it. Raises `UsageError`."""
    try:
        data, shown = read_bytes(path, max_bytes)
    except ExportError as error:
        raise UsageError(str(error)) from None
    if len(data) > max_bytes:
        limit = max_bytes >> 20
        raise UsageError(f"{path}: larger than the limit of {limit} MiB; split it, or raise --max-size")
    return data, shown


def _is_directory(path: str) -> bool:
    return path != STDIN and os.path.isdir(path)


def _exists(path: str) -> bool:
    return path == STDIN or os.path.lexists(path)


ON_DISK = Files(_exists, _is_directory, _below, read_bytes)
