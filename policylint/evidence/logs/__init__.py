"""IIS logs of any size to the histories of devices.

    evidence = read_evidence(paths, knowledge, max_bytes=limit)
    logs = read_logs(evidence.logs, jobs=2, progress=Progress(sys.stderr))
    for row in histories(logs.reading, refused_hours=3):
        print(row.device, row.user, row.history)
    print(affinity(logs.reading))

`logs.files` says of each file what was read and what was not, in words; lines without a header are counted there and
not used. `Logs.as_json` and `Logs.from_json` keep what was read: given as `before`, tomorrow's logs are added to it,
and a file that was read before changes nothing. With `rename` (`keyed(key)`) what is kept holds no real name.
"""

from policylint.evidence.logs.affinity import Affinity, Server, affinity
from policylint.evidence.logs.history import REFUSED_HOURS, History, Judge, Row, histories, missing_days
from policylint.evidence.logs.logs import Logs, read_logs
from policylint.evidence.logs.names import keyed
from policylint.evidence.logs.progress import Progress
from policylint.evidence.logs.report import FileReport, LogsError

__all__ = [
    "REFUSED_HOURS",
    "Affinity",
    "FileReport",
    "History",
    "Judge",
    "Logs",
    "LogsError",
    "Progress",
    "Row",
    "Server",
    "affinity",
    "histories",
    "keyed",
    "missing_days",
    "read_logs",
]
