"""The engine of one machine: tasks by one process or several."""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Final

from policylint.evidence.logs.files import Task, read_task
from policylint.evidence.logs.reading import Piece

LITTLE: Final = 4 << 20
"""Bytes of logs that one process reads alone."""


def pieces(tasks: Sequence[Task], jobs: int) -> Iterator[Piece]:
    """Read tasks by so many processes at a time; pieces come in the order of the tasks.

    The ranges of a file are read at once, in the hope that `#Fields` do not change on the way. What comes after a
    change is read again.
    """
    if jobs > 1 and len(tasks) > 1 and not _is_little(tasks):
        yield from _side_by_side(tasks, jobs)
        return
    last: Piece | None = None
    for task in tasks:
        last = read_task(task._replace(fields=last.fields) if last and task.start else task)
        yield last


def _is_little(tasks: Sequence[Task]) -> bool:
    """Tell whether all is read sooner than other processes are started."""
    files = {task.file.file for task in tasks}
    return sum(os.path.getsize(file) for file in files if os.path.isfile(file)) < LITTLE


def _side_by_side(tasks: Sequence[Task], jobs: int) -> Iterator[Piece]:
    """Keep all processes busy, and few results waiting."""
    waiting: deque[tuple[Task, Future[Piece]]] = deque()
    last: Piece | None = None
    with ProcessPoolExecutor(min(jobs, len(tasks))) as pool:
        coming = iter(tasks)
        while True:
            while len(waiting) < 2 * jobs and (task := next(coming, None)):
                waiting.append((task, pool.submit(read_task, task)))
            if not waiting:
                return
            task, future = waiting.popleft()
            piece = future.result()
            if last and task.start and task.fields != last.fields:
                piece = pool.submit(read_task, task._replace(fields=last.fields)).result()
            last = piece
            yield piece
