"""All logs together: what was read of them, now or before, and the run that reads them."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from types import NoneType
from typing import Any, Final, Literal

from policylint.evidence.files import EvidenceFile
from policylint.evidence.logs import local
from policylint.evidence.logs.files import Task, tasks_of
from policylint.evidence.logs.names import Rename
from policylint.evidence.logs.reading import Piece, Reading
from policylint.evidence.logs.report import FileReport, LogsError
from policylint.evidence.logs.shape import has_shape

SCHEMA: Final = "policylint/logs/1"

_TALLY: Final = {
    "addresses": {str: {str: int}},
    "users": {str: {str: int}},
    "behind": {str: [str]},
    "servers": {str: [str]},
}
_STATE: Final = {
    "device": str,
    "user": str,
    "days": [int],
    "hours": {str: [int]},
    **dict.fromkeys(("first", "last", "first_refusal", "first_success"), (int, NoneType)),
    **{name: {str: int} for name in ("lasts", "reasons", "agents", "types", "systems")},
}
_SHAPE: Final = {"schema": str, "names": str, "states": [_STATE], "front": _TALLY, "back": _TALLY, "contents": [str]}

Engine = Literal["local", "spark"]


class Logs:
    """What was read of all logs.

    reading: the states of all devices and the tallies of all servers
    files: what was read of each file in this run, by its name
    contents: what tells the content of each file that was counted, with the name it had
    names: empty for real names, else what tells the key of the pseudonyms
    """

    def __init__(self, rename: Rename | None = None) -> None:
        self.reading = Reading()
        self.files: dict[str, FileReport] = {}
        self.contents: dict[str, str] = {}
        self._rename = rename
        self.names = rename("check", "") if rename else ""

    def add(self, piece: Piece) -> None:
        """Take in a piece. Content that was counted under another name is not counted again."""
        reading, path = piece.reading, piece.path
        if path in self.files:
            self.files[path].merge(piece.report)
        else:
            self.files[path] = piece.report
        counted_as = self.contents.setdefault(piece.content, path) if piece.content and piece.report.lines else path
        if counted_as != path:
            self.files[path].same_as = counted_as or "a file of an earlier run"
        self.reading.merge(reading.renamed(self._rename) if self._rename else reading, counts=counted_as == path)

    def merge(self, other: "Logs") -> None:
        """Take in logs that were read elsewhere or before; raises `LogsError` where their names are others.

        What is known of devices never counts twice. Nor do lines of servers, if all of the other's files or none of
        them are among these; else those of the files in both do.
        """
        if self.names != other.names:
            raise LogsError(
                "what was kept has other pseudonyms than this run (or none): give the same --pseudonyms file"
            )
        known = bool(other.contents) and other.contents.keys() <= self.contents.keys()
        self.reading.merge(other.reading, counts=not known)
        for path, report in other.files.items():
            self.files.setdefault(path, report)
        for content, path in other.contents.items():
            self.contents.setdefault(content, path)

    def as_json(self) -> dict[str, Any]:
        """Return all that tomorrow's logs are added to, as plain values: no lines, no name of a file."""
        return {"schema": SCHEMA, "names": self.names, **self.reading.as_json(), "contents": sorted(self.contents)}

    @classmethod
    def from_json(cls, said: Any) -> "Logs":
        """Read what `as_json` returned; raises `LogsError` where it is something else."""
        if not has_shape(said, _SHAPE) or said["schema"] != SCHEMA:
            raise LogsError(f"this is not what --save wrote ({SCHEMA})")
        logs = cls()
        logs.names = said["names"]
        logs.reading = Reading.from_json(said)
        logs.contents = dict.fromkeys(said["contents"], "")
        return logs


def read_logs(
    files: Iterable[EvidenceFile],
    *,
    jobs: int | None = None,
    engine: Engine = "local",
    before: Logs | None = None,
    rename: Rename | None = None,
    progress: Callable[[int, int], None] = lambda done, tasks: None,
) -> Logs:
    """Read logs by so many processes (default: one a core), and add them to what was read before, if anything.

    Whatever the order of the files, the number of jobs and the engine, the answer is the same. A file that cannot be
    read is told in its report; `LogsError` is raised where the engine cannot run. With `rename` the answer holds no
    real names. `progress` is told how many tasks of how many are done.
    """
    jobs = jobs or os.cpu_count() or 1
    logs = Logs(rename)
    if before:
        logs.merge(before)
    tasks = tasks_of(files, jobs)
    try:
        for done, piece in enumerate(_pieces(engine, tasks, jobs), start=1):
            logs.add(piece)
            progress(done, len(tasks))
    except BrokenProcessPool as error:
        raise LogsError(
            "a process that read logs was ended from outside, as if memory ran out: try --jobs 1"
        ) from error
    return logs


def _pieces(engine: Engine, tasks: list[Task], jobs: int) -> Iterator[Piece]:
    if engine == "local":
        return local.pieces(tasks, jobs)
    from policylint.evidence.logs import spark

    return spark.pieces(tasks, jobs)
