"""What devices send again and again, decoded once: the parts of a line that are keys, and what they say."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from policylint.evidence.logs import protocol
from policylint.evidence.logs.kinds import kind_of
from policylint.evidence.logs.lines import Fields, Request, address_of, read_request
from policylint.evidence.logs.query import decode
from policylint.evidence.logs.tokens import NOTHING

WHOLE: Final[str] = "whole"
CUT: Final[str] = "cut"
LOGGED: Final[str] = "logged"
"""Is a query known as a whole, up to what a front end adds, or up to its `Log=`?"""

Key = tuple[bytes, bytes, str]
"""The stem and the query to where it is cut, what stands behind the query as far as it matters, and how it is cut."""

SYSTEM: Final = b"DevOS:"
FIRST: Final = frozenset(b"AEPSD")
"""How a token begins that is looked for; one that comes first in a `Log=` has no `_` before it."""

WELL: Final = (b"S1_", b"SC1:1_", b"PrxFrom:")
"""Tokens that may come first in the `Log=` of a success. `PrxFrom:` makes a difference for a front end."""

_MOST: Final = 60_000
"""How many different requests are kept at hand; some 500 bytes each."""


@lru_cache(maxsize=64)
def columns_behind(columns: Fields) -> int:
    """Return how many columns stand behind the last one that matters; -1 where lines cannot be told by keys.

    They can where date and time come first, the query right after the stem, what tells the server before them and
    what tells the client and the answer behind them.
    """
    before = [place for place in (columns.server, columns.method) if place >= 0]
    behind = [
        place
        for place in (columns.username, columns.client, columns.agent, columns.status, columns.substatus)
        if place >= 0
    ]
    if (columns.date, columns.time) != (0, 1) or columns.query != columns.stem + 1 or not behind:
        return -1
    if any(place > columns.stem for place in before) or any(place < columns.query for place in behind):
        return -1
    return len(columns.names) - 1 - max(behind)


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
    `signs(block, from, to)` finds what else a `Log=` may say. The server is not part of it. `group` is the number of
    all requests that differ in command and answer alone.
    """

    __slots__ = ("group", "request", "signs", "usual", "well")

    def __init__(self, request: Request, group: int) -> None:
        self.request = request
        self.group = group
        if request.logged:
            self.usual = request.status == 200 and request.command not in protocol.NO_PROOF
        else:
            kind, _ = kind_of(request.command, False, request.status, request.substatus, NOTHING)
            self.usual = kind == "nothing"
        self.signs = _SIGNS[request.command == "ping", request.front]
        self.well = WELL[:2] if request.front else WELL


class Requests:
    """What was decoded before, by this process and of lines with the same columns: devices come back in each file."""

    def __init__(self, columns: Fields) -> None:
        self._columns = columns
        self._known: dict[Key, Known | None] = {}
        self._groups: dict[tuple[object, ...], int] = {}
        self.get = self._known.get

    def ask(self, key: Key, line: bytes) -> Known | None:
        """Return what a key says; None where it does not tell all but time, server and `Log=`."""
        if key in self._known:
            return self._known[key]
        if len(self._known) >= _MOST:
            self._known.clear()
            self._groups.clear()
        request = _request(self._columns, key, line)
        known = None
        if request is not None:
            alike = (*request[:2], *request[3:6], request.front, request.logged)
            known = Known(request, self._groups.setdefault(alike, len(self._groups)))
        self._known[key] = known
        return known


requests_of = lru_cache(maxsize=16)(Requests)


def head_of(columns: Fields, between: bytes) -> str | None:
    """Return the server that is named between time and stem ("" for none); None where these columns are unusual."""
    cells = [b"", b"", *between.split(b" ")[1:-1]]
    if (
        not between.startswith(b" ")
        or not between.endswith(b" ")
        or len(cells) != columns.stem
        or (columns.method >= 0 and cells[columns.method].upper() == b"OPTIONS")
    ):
        return None
    return address_of(cells, columns.server)


def _request(columns: Fields, key: Key, line: bytes) -> Request | None:
    before, _, form = key
    cells = line.rstrip(b"\r").split(b" ")
    if len(cells) != len(columns.names) or cells[columns.stem].lower() not in protocol.STEMS:
        return None
    query = decode(before.partition(b" ")[2])
    # what is cut off must not add anything, and it is another with each line
    if query.log is not None or (form is CUT and not (query.user and query.command and query.type)):
        return None
    request = read_request(columns, cells, query, form is LOGGED, "")
    return request if isinstance(request, Request) and request.user else None
