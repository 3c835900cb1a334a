"""Writes a report to a file: UTF-8, lines ended by a line feed, and whole or not at all."""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from policylint.judging.report import Report


def write_file(path: Path, pieces: Iterable[str]) -> None:
    """Write pieces of text in place of what a file held. Raises `OSError`, and then the file is as it was."""
    if path.exists() and not path.is_file():  # a device or a pipe can be written to, and not be replaced
        with opened(path, "w") as file:
            file.writelines(pieces)
        return
    target = Path(os.path.realpath(path))  # what a link leads to is replaced, and not the link
    draft = target.with_name(f".policylint-{os.getpid()}.tmp")
    try:
        with opened(draft, "x") as file:
            file.writelines(pieces)
        if target.exists():
            shutil.copymode(target, draft)
        os.replace(draft, target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def opened(path: Path, mode: str) -> TextIO:
    """Open a file for text that may name paths which are no text."""
    return open(path, mode, encoding="utf-8", errors="backslashreplace", newline="\n")  # type: ignore[return-value]


LIMIT = 1 << 20
"""Bytes that a step may add; GitHub shows nothing of a larger summary."""

_LEFT_OUT = "\n**{} more rows left out: the summary of a job holds 1 MiB at most.**\n"


def append_summary(report: "Report", path: Path) -> None:
    """Add a report to a summary, as much of it as there is room for. Raises `OSError`."""
    from policylint.report import markdown

    room = LIMIT - (path.stat().st_size if path.exists() else 0)
    with opened(path, "a") as file:
        file.writelines(within(room, markdown.render(report)))


def within(room: int, pieces: Iterable[str]) -> Iterator[str]:
    """Yield the pieces of a report in Markdown that fit into a number of bytes, then how many rows of it do not."""
    room -= len(_LEFT_OUT.encode()) + 20
    if room < 0:
        return
    left_out = 0
    for piece in pieces:
        room -= len(piece.encode(errors="backslashreplace"))
        if room >= 0:
            yield piece
        elif piece.startswith("|"):
            left_out += 1
    if left_out:
        yield _LEFT_OUT.format(f"{left_out:,}")
