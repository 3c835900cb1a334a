"""IIS logs of any size to the histories of devices.

    sources = [Source("logs/u_ex220720.log"), Source("export.zip", "logs/u_ex220721.log")]
    logs = read_logs(sources, jobs=2, progress=Progress(sys.stderr))
    for row in histories(logs.reading, refused_hours=3):
        print(row.device, row.user, row.history)
    print(affinity(logs.reading))

The beginning of a file tells what it is: `is_log(head(source))`. `lacks_header` tells lines that were picked out of a
log: `read_logs` counts and names them, and does not use them. `logs.files` says of each file what was read and what was
not, in words. `Logs.as_json` and `Logs.from_json` keep what was read: given as `before`, tomorrow's logs are added to
it, and a file that was read before changes nothing. With `rename` (`keyed(key)`) what is kept holds no real name.
"""

from policylint.evidence.logs.affinity import Affinity, Server, affinity
from policylint.evidence.logs.files import head, is_log, lacks_header
from policylint.evidence.logs.history import History, Row, histories, missing_days
from policylint.evidence.logs.logs import Logs, read_logs
from policylint.evidence.logs.names import keyed
from policylint.evidence.logs.plain_text import Source
from policylint.evidence.logs.progress import Progress
from policylint.evidence.logs.report import FileReport, LogsError

__all__ = [
    "Affinity",
    "FileReport",
    "History",
    "Logs",
    "LogsError",
    "Progress",
    "Row",
    "Server",
    "Source",
    "affinity",
    "head",
    "histories",
    "is_log",
    "keyed",
    "lacks_header",
    "missing_days",
    "read_logs",
]
