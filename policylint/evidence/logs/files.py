"""Log files to pieces: plain, gzip, UTF-16 or inside a ZIP archive; large plain ones in ranges of bytes.

`head(source)` tells the first bytes as plain text, for whoever finds out what a file is; `tasks_of(sources)` cuts files
into tasks, `read_task(task)` reads one. A task is a small value, so that another process or machine can do it.
"""

import gc
import os
import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from policylint.evidence.logs.blocks import STEM, BlockReader
from policylint.evidence.logs.lines import NO_FIELDS, Fields, directed
from policylint.evidence.logs.plain_text import (
    DAMAGE,
    Source,
    Watched,
    content_of,
    edge,
    encoding_of,
    opened,
    whole_lines,
)
from policylint.evidence.logs.reading import Piece
from policylint.evidence.logs.report import FileReport

SMALLEST: Final = 8 << 20
LARGEST: Final = 256 << 20
"""Bytes of a plain file that one task reads, at least and at most."""

_HEAD: Final = 64 << 10


class Task(NamedTuple):
    """What one process reads in one go: a source from `start` to `stop` (None: to its end).

    content: what tells the same content under another name; empty where it is known only after reading
    fields: those taken to be in force at `start`
    """

    source: Source
    content: str
    start: int
    stop: int | None
    fields: Fields


def head(source: Source) -> bytes:
    """Return the first 64 KiB as plain text; raises OSError where the file cannot be opened or is no archive."""
    try:
        with opened(source) as (read, _):
            watched, beginning = Watched(read), b""
            while len(beginning) < _HEAD and (data := watched.read(_HEAD - len(beginning))):
                beginning += data
            return beginning
    except DAMAGE as error:
        raise OSError(f"damaged: {error}") from error


def is_log(beginning: bytes) -> bool:
    """Tell a W3C log of IIS by its `#Fields:`, which name `cs-uri-stem`. Logs of other programs have `#Fields:` too."""
    return any(b"cs-uri-stem" in line.lower().split() for line in re.findall(rb"(?mi)^\W{0,3}#fields:(.*)", beginning))


def lacks_header(beginning: bytes) -> bool:
    """Tell lines that were picked out of a log of IIS: requests of ActiveSync without any `#Fields:`."""
    return not re.search(rb"(?mi)^\W{0,3}#fields:", beginning) and any(
        beginning[hit.start() - 1 : hit.start()] == b" " for hit in STEM.finditer(beginning)
    )


def tasks_of(sources: Iterable[Source], jobs: int) -> list[Task]:
    """Cut files into tasks for so many jobs, in the order of their names whatever the order given.

    A file that is named twice is one. Into how many ranges a file is cut makes no difference to what is read.
    """
    named = sorted(set(sources))
    sizes = [os.path.getsize(source.path) if os.path.isfile(source.path) else 0 for source in named]
    size = max(SMALLEST, min(LARGEST, sum(sizes) // (2 * jobs)))
    return [task for source in named for task in _tasks(source, size)]


def _tasks(source: Source, most: int) -> Iterator[Task]:
    whole = Task(source, "", 0, None, NO_FIELDS)
    if source.member:
        yield whole
        return
    try:
        first, last = edge(source.path)
        if encoding_of(first) is not None:
            yield whole
            return
        size = os.path.getsize(source.path)
        columns = _first_fields(source) if size > most else NO_FIELDS
    except OSError:
        # told where the task is done
        yield whole
        return
    content = content_of(size, first, last)
    step = -(-size // max(1, round(size / most))) or 1
    for start in range(0, max(size, 1), step):
        stop = start + step
        yield Task(source, content, start, stop if stop < size else None, columns if start else NO_FIELDS)


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
    report = FileReport(task.source.name)
    reader = BlockReader(report, task.source.folder, task.fields)
    content = task.content
    try:
        with opened(task.source, task.start, task.stop) as (read, encoding):
            report.encoding = encoding
            watched = Watched(read)
            for block in whole_lines(watched.read, reader.too_long):
                reader.feed(block)
            content = content or watched.content
            report.cut = watched.cut
    except DAMAGE as error:
        report.cut = f"damaged: {error}"
    except (OSError, KeyError, RuntimeError, NotImplementedError) as error:
        # all but the first: a ZIP archive without that member, with a password, packed in a way that is not known here
        report.cut = f"cannot be read: {getattr(error, 'strerror', None) or error}"
    reader.finish(task.start)
    return Piece(task.source.name, content, task.start, reader.reading, report, reader.columns)


def _first_fields(source: Source) -> Fields:
    """Return the fields that hold at the end of the first part of a file: most likely those of all of it."""
    with opened(source) as (read, _):
        beginning = read(_HEAD)
    return _follow(NO_FIELDS, beginning[: beginning.rfind(b"\n") + 1])


def fields_after(task: Task) -> Fields:
    """Return the fields in force at the end of a range, by its directives alone."""
    columns = task.fields
    with opened(task.source, task.start, task.stop) as (read, _):
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
