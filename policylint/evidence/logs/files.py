"""Log files to pieces: large plain ones in ranges of bytes, all others as a whole.

`tasks_of(files)` cuts files into tasks, `read_task(task)` reads one. A task is a small value, so that another process
or machine can do it.
"""

import gc
import os
import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from policylint.evidence.files import EvidenceFile
from policylint.evidence.logs.blocks import BlockReader
from policylint.evidence.logs.lines import NO_FIELDS, Fields, directed
from policylint.evidence.logs.plain_text import Watched, content_of, edge, is_packed, opened, whole_lines
from policylint.evidence.logs.reading import Piece
from policylint.evidence.logs.report import FileReport
from policylint.exports.error import ExportError

SMALLEST: Final = 8 << 20
LARGEST: Final = 256 << 20
"""Bytes of a plain file that one task reads, at least and at most."""

_HEAD: Final = 64 << 10


class Task(NamedTuple):
    """What one process reads in one go: a file from `start` to `stop` (None: to its end).

    content: what tells the same content under another name; empty where it is known only after reading
    fields: those taken to be in force at `start`
    """

    file: EvidenceFile
    content: str
    start: int
    stop: int | None
    fields: Fields


def tasks_of(files: Iterable[EvidenceFile], jobs: int) -> list[Task]:
    """Cut files into tasks for so many jobs, in the order of their names whatever the order given.

    A file that is named twice is one. Into how many ranges a file is cut makes no difference to what is read.
    """
    named = sorted({file.shown: file for file in files}.values(), key=lambda file: file.shown)
    sizes = [os.path.getsize(file.file) if os.path.isfile(file.file) else 0 for file in named]
    size = max(SMALLEST, min(LARGEST, sum(sizes) // (2 * jobs)))
    return [task for file in named for task in _tasks(file, size)]


def _tasks(file: EvidenceFile, most: int) -> Iterator[Task]:
    whole = Task(file, "", 0, None, NO_FIELDS)
    try:
        if is_packed(file):
            yield whole
            return
        size = os.path.getsize(file.file)
        content = content_of(size, *edge(file.file))
        columns = _first_fields(file) if size > most else NO_FIELDS
    except (OSError, ExportError):
        # told where the task is done
        yield whole
        return
    step = -(-size // max(1, round(size / most))) or 1
    for start in range(0, max(size, 1), step):
        stop = start + step
        yield Task(file, content, start, stop if stop < size else None, columns if start else NO_FIELDS)


def read_task(task: Task) -> Piece:
    """Read the lines that begin in the range of a task. What cannot be read is told in the report."""
    # nothing made here refers to itself: looking for that would take a fifth of the time
    collects = gc.isenabled()
    gc.disable()
    try:
        return _read(task)
    finally:
        if collects:
            gc.enable()


def _read(task: Task) -> Piece:
    report = FileReport(task.file.shown)
    reader = BlockReader(report, _server(task.file.folder), task.fields)
    content = task.content
    try:
        with opened(task.file, task.start, task.stop) as (read, report.encoding):
            watched = Watched(read)
            for block in whole_lines(watched.read, reader.too_long):
                reader.feed(block)
            content = content or watched.content
            report.cut = watched.cut
    except KeyError:
        report.cut = "the archive has no such member"
    except ExportError as error:
        report.cut = error.message
    reader.finish(task.start)
    return Piece(task.file.shown, content, task.start, reader.reading, report, reader.columns)


def _server(folder: str) -> str:
    """Return what stands for the server where no column names it: the folder, above that of a site of IIS."""
    above, _, last = folder.replace(os.sep, "/").rpartition("/")
    return above if above and re.fullmatch("(?i:w3svc)[0-9]+", last) else folder


def _first_fields(file: EvidenceFile) -> Fields:
    """Return the fields that hold at the end of the first part of a file: most likely those of all of it."""
    with opened(file) as (read, _):
        beginning = read(_HEAD)
    return _follow(NO_FIELDS, beginning[: beginning.rfind(b"\n") + 1])


def fields_after(task: Task) -> Fields:
    """Return the fields in force at the end of a range, by its directives alone."""
    columns = task.fields
    with opened(task.file, task.start, task.stop) as (read, _):
        for block in whole_lines(read, lambda _: None):
            columns = _follow(columns, block)
    return columns


def _follow(columns: Fields, block: bytes) -> Fields:
    mark = block.find(b"#")
    while mark >= 0:
        end = block.find(b"\n", mark)
        if not mark or block[mark - 1] == 10:
            columns = directed(columns, block[mark:end])
            mark = end
        mark = block.find(b"#", mark + 1)
    return columns
