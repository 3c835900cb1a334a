"""What devices send again and again, decoded once: the part of a line that is a key, and what it says."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from policylint.evidence.logs import protocol
from policylint.evidence.logs.kinds import kind_of
from policylint.evidence.logs.lines import Fields, Request, read_request, short_name
from policylint.evidence.logs.query import decode
from policylint.evidence.logs.tokens import NOTHING

WHOLE: Final[str] = "whole"
CUT: Final[str] = "cut"
LOGGED: Final[str] = "logged"
"""Is a query known as a whole, up to what a front end adds, or up to its `Log=`?"""

Key = tuple[bytes, bytes, str]
"""What stands between the time and where the query is cut, what stands behind the query, and how it is cut."""


@lru_cache(maxsize=64)
def columns_behind(columns: Fields) -> int:
    """Return how many columns stand behind the last one that matters; -1 where lines cannot be told by a key.

    They can where date and time come first, the query right after the stem, and something that matters behind it.
    """
    needed = (
        columns.server,
        columns.method,
        columns.username,
        columns.client,
        columns.agent,
        columns.status,
        columns.substatus,
    )
    last = max(needed)
    if (columns.date, columns.time) != (0, 1) or columns.query != columns.stem + 1 or last < columns.query:
        return -1
    return len(columns.names) - 1 - last


def _signs(statuses: bytes, proxied: bytes) -> Callable[..., list[bytes]]:
    """Return what finds the tokens of a `Log=` by which a line may be another thing than a success, and the system."""
    status = rb"S(?:C1:|:|)(?!" + statuses + rb"_)\d"
    return re.compile(b"_(Error:|As:(?!Allowed)|PrxTo:|" + proxied + status + b"|DevOS:[^_]*)").findall


_SIGNS = {
    (ping, front): _signs(b"[127]" if ping else b"1", b"PrxFrom:|" if front else b"")
    for ping in (True, False)
    for front in (True, False)
}


class Known:
    """What a request says that is asked again and again, and what its lines mostly are.

    That is a success for lines with a `Log=`, else nothing at all; `usual` is False where this request never is that.
    `signs(block, from, to)` finds what else a `Log=` may say. `key` is that of its state.
    """

    __slots__ = ("key", "request", "short", "signs", "usual")

    def __init__(self, request: Request) -> None:
        self.request = request
        self.key = request.device.lower(), request.user.lower()
        self.short = short_name(request.user)
        if request.logged:
            self.usual = request.status == 200 and request.command not in protocol.NO_PROOF
        else:
            kind, _ = kind_of(request.command, False, request.status, request.substatus, NOTHING)
            self.usual = kind == "nothing"
        self.signs = _SIGNS[request.command == "ping", request.front]


@lru_cache(maxsize=16)
def known_requests(columns: Fields) -> dict[Key, Known | None]:
    """Return what was decoded before by this process, of all files: devices come back in each."""
    return {}


UNASKED = Known(Request("", "", "", "", "", "", "", True, True, -1, -1))


def request_of(columns: Fields, key: Key, line: bytes) -> Request | None:
    """Return what the key says; None where it does not tell all but time and `Log=`."""
    cells = line.rstrip(b"\r").split(b" ")
    if len(cells) != len(columns.names) or cells[columns.stem].lower() not in protocol.STEMS:
        return None
    before, _, form = key
    query = decode(before.rpartition(b" ")[2])
    # what is cut off must not add anything, and it is another with each line
    if query.log is not None or (form is CUT and not (query.user and query.command and query.type)):
        return None
    request = read_request(columns, cells, query._replace(log=b"") if form is LOGGED else query)
    return request if isinstance(request, Request) and request.user else None
