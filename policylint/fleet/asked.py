"""What a run over a fleet is asked for."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from policylint.evidence.logs import REFUSED_HOURS
from policylint.evidence.logs.logs import Engine

ENOUGH = 3
"""How many devices of a release have to agree before anything is concluded from them."""


class Asked(NamedTuple):
    """The evidence and the thresholds.

    enough: see `ENOUGH`; refused_hours: the N of log histories; since: leave out devices last seen before it
    as_of: the day that is written beside what is learned (default: the newest date in the evidence)
    jobs, engine, save, resume: as `read_logs` takes them, files of JSON for the latter two
    key: makes pseudonyms of ids, users and addresses; names: whether persons and devices are named at all
    """

    paths: tuple[str, ...]
    enough: int = ENOUGH
    refused_hours: int = REFUSED_HOURS
    since: datetime | None = None
    as_of: datetime | None = None
    jobs: int | None = None
    engine: Engine = "local"
    save: str | None = None
    resume: str | None = None
    key: bytes | None = None
    names: bool = False
    progress: Callable[[int, int], None] = lambda done, tasks: None
