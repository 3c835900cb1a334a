"""The engine of a cluster: the same tasks mapped by Spark, the ranges of a file reduced by it.

Needs the extra `policylint[spark]` and Java. It runs where an installed Spark is set up to run, else on this machine.
On a cluster every worker must know policylint, and the files under the same names.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any, Final

from policylint.evidence.logs.files import Task, fields_after, read_task
from policylint.evidence.logs.lines import NO_FIELDS, fields
from policylint.evidence.logs.reading import Piece, joined
from policylint.evidence.logs.report import LogsError

_PARTS: Final = 4
"""How many parts the files are reduced in, for each that runs at a time."""


def pieces(tasks: Sequence[Task], jobs: int) -> Iterator[Piece]:
    """Read tasks on Spark; pieces, one a file, come in the order of the files' names."""
    if not tasks:
        return
    context = _context(jobs)
    places = {file: place for place, file in enumerate(dict.fromkeys(task.file for task in tasks))}
    files = len(places)
    parts = min(files, _PARTS * context.defaultParallelism)
    known = [(places[task.file], task) for task in _with_their_fields(context, tasks)]
    read = context.parallelize(known, len(known)).mapValues(read_task)
    # neighbouring files stay together, so that what comes back is in order without sorting all
    whole = read.reduceByKey(joined, parts, lambda place: place * parts // files)
    for _, piece in whole.mapPartitions(lambda part: sorted(part, key=lambda each: each[0])).toLocalIterator():
        yield piece


def _with_their_fields(context: Any, tasks: Sequence[Task]) -> list[Task]:
    """Find out which fields are in force where each range of a file begins, by a search for directives alone."""
    open_ended = [task._replace(fields=NO_FIELDS) for task in tasks if task.stop is not None]
    after = {}
    if open_ended:
        said = context.parallelize(open_ended, len(open_ended)).map(fields_after).collect()
        after = {(task.file, task.start): columns for task, columns in zip(open_ended, said, strict=True)}
    known, columns = [], NO_FIELDS
    for task in tasks:
        columns = columns if task.start else NO_FIELDS
        known.append(task._replace(fields=columns))
        now = after.get((task.file, task.start), NO_FIELDS)
        columns = fields(now.names or columns.names, now.day or columns.day)
    return known


def _context(jobs: int) -> Any:
    try:
        from pyspark import SparkConf, SparkContext
        from pyspark.errors import PySparkRuntimeError
    except ImportError as error:
        raise LogsError("--engine spark needs PySpark: pip install 'policylint[spark]'") from error
    # workers of this machine run the same Python; without it Spark takes the first that it finds
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        try:
            return SparkContext.getOrCreate()
        except PySparkRuntimeError as error:
            if error.getCondition() != "MASTER_URL_NOT_SET":
                raise
        local = SparkConf().setMaster(f"local[{jobs}]").setAppName("policylint")
        return SparkContext.getOrCreate(local.set("spark.ui.enabled", "false"))
    except Exception as error:
        # whatever the way to Java meets: no Java at all, one that is too old, a cluster that does not answer
        raise LogsError(f"Spark does not start: {str(error).splitlines()[0]} (it needs Java 17 or later)") from error
