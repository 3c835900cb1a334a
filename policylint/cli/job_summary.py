"""The summary of a job that runs the program: a report in Markdown, as much of it as there is room for."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from policylint.writing.whole import opened

if TYPE_CHECKING:
    from policylint.judging.report import Report

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
