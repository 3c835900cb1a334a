"""One line of an IIS log: a pure function of (fields, line), whatever stands around it.

`read_line(fields, line)` answers a `Line`, or a `Fault` that names why an ActiveSync line cannot be used, or None for
a line that is no ActiveSync request. Lines are bytes without their end. `Fields` is made of a `#Fields:` line.
"""

import ipaddress
import re
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from policylint.evidence.logs.kinds import Kind, Reason, kind_of
from policylint.evidence.logs.protocol import BACK_END_STEM, PROBE_AGENTS, PROBE_USERS, STEMS
from policylint.evidence.logs.query import Query, decode
from policylint.evidence.logs.state import DAY
from policylint.evidence.logs.tokens import NOTHING, Tokens, address, tokens

Fault = Literal["misfit", "undated", "no-device", "probe", "headless", "other-fields"]
"""Why an ActiveSync line is not used: it has other columns than `#Fields:`, no time or no device id, is a probe of the
server itself, or stands under no `#Fields:` that say what it is."""


class Fields(NamedTuple):
    """Where the columns stand, -1 for one that is not logged; `day` is that of the last `#Date:`, if any.

    Without names (before any `#Fields:`) nothing can be read.
    """

    names: tuple[str, ...]
    day: str
    date: int
    time: int
    server: int
    method: int
    stem: int
    query: int
    username: int
    client: int
    agent: int
    status: int
    substatus: int

    @property
    def usable(self) -> bool:
        """Is this an IIS log at all? `#Fields:` also heads logs of other programs, which name no `cs-uri-stem`."""
        return self.stem >= 0


_COLUMNS = (
    "date", "time", "s-ip", "cs-method", "cs-uri-stem", "cs-uri-query", "cs-username", "c-ip", "cs(user-agent)",
    "sc-status", "sc-substatus",
)  # fmt: skip


@lru_cache(maxsize=256)
def fields(names: tuple[str, ...], day: str = "") -> Fields:
    """Make `Fields` of the names that follow `#Fields:` (in any case) and of the day of the last `#Date:`."""
    lower = tuple(name.lower() for name in names)
    places = [lower.index(name) if name in lower else -1 for name in _COLUMNS]
    return Fields(lower, day, *places)


NO_FIELDS = fields(())


def directed(columns: Fields, line: bytes) -> Fields:
    """Return the fields in force after a line that begins with `#`."""
    name, _, value = line.decode("utf-8", "replace").partition(":")
    if name.lower() == "#date":
        return fields(columns.names, value.strip()[:10])
    return fields(tuple(value.lower().split()), columns.day) if name.lower() == "#fields" else columns


class Request(NamedTuple):
    """What a line says beside its time and its `Log=`: who asked what of which server, and the answer of HTTP.

    An empty string is not said, -1 no number. `client` and `server` are addresses. `front` is False on a back end.
    """

    device: str
    user: str
    command: str
    type: str
    agent: str
    client: str
    server: str
    front: bool
    logged: bool
    status: int
    substatus: int


class Line(NamedTuple):
    """One ActiveSync request: its time (seconds since 1970, UTC), what kind it is, and why."""

    time: int
    kind: Kind
    reason: Reason
    user: str
    front: bool
    request: Request
    tokens: Tokens


def read_line(columns: Fields, line: bytes) -> Line | Fault | None:
    """Read one line; None where it is no ActiveSync request."""
    cells = line.split(b" ")
    if columns.stem >= len(cells) or cells[columns.stem].lower() not in STEMS:
        # shifted columns are a fault; an address inside another line's query is nothing
        shifted = len(cells) != len(columns.names) and any(cell.lower() in STEMS for cell in cells)
        return "misfit" if shifted else None
    if len(cells) != len(columns.names):
        return "misfit"
    query = decode(cells[columns.query]) if columns.query >= 0 else Query()
    request = read_request(columns, cells, query, query.log is not None, address_of(cells, columns.server))
    if not isinstance(request, Request):
        return request
    time = _time(columns, cells)
    if time is None:
        return "undated"
    return judged(time, request, query.log)


def read_request(
    columns: Fields, cells: list[bytes], query: Query, logged: bool, server: str
) -> Request | Literal["probe", "no-device"]:
    """Read what does not change from one request of a device to its next, if the line counts."""
    username = _said(cells, columns.username)
    user = query.user or ("" if username.endswith("$") else username)
    agent = _said(cells, columns.agent)
    if _is_probe(user, agent, query.type):
        return "probe"
    if not query.device:
        return "no-device"
    return Request(
        query.device,
        user,
        "options" if _said(cells, columns.method).upper() == "OPTIONS" else query.command,
        query.type,
        agent,
        address_of(cells, columns.client),
        server,
        cells[columns.stem].lower() != BACK_END_STEM,
        logged,
        _number(cells, columns.status),
        _number(cells, columns.substatus),
    )


def judged(time: int, request: Request, log: bytes | None) -> Line:
    """Join what a line says to what kind of line that makes it."""
    said = NOTHING if log is None else tokens(log)
    kind, reason = kind_of(request.command, request.logged, request.status, request.substatus, said)
    user = request.user or ("" if log is None else address(log))
    return Line(time, kind, reason, user, request.front and not said.proxied_from, request, said)


def seconds(day: bytes, clock: bytes) -> int | None:
    """Turn `2014-02-11` and `08:15:00` into seconds since 1970, or None where they are no such thing."""
    midnight, since = _midnight(day), _since_midnight(clock)
    return None if midnight is None or since is None else midnight + since


def _time(columns: Fields, cells: list[bytes]) -> int | None:
    day = cells[columns.date] if columns.date >= 0 else columns.day.encode()
    return seconds(day, cells[columns.time]) if columns.time >= 0 else None


@lru_cache(maxsize=4096)
def _midnight(day: bytes) -> int | None:
    if not re.fullmatch(rb"\d{4}-\d\d-\d\d", day):
        return None
    try:
        days = (date.fromisoformat(day.decode()) - date(1970, 1, 1)).days
    except ValueError:
        return None
    # the years 1601 and 0001 are Windows' words for no date
    return days * DAY if days >= 0 else None


def _since_midnight(clock: bytes) -> int | None:
    if not re.fullmatch(rb"([01]\d|2[0-3]):[0-5]\d:[0-5]\d", clock):
        return None
    return int(clock[:2]) * 3600 + int(clock[3:5]) * 60 + int(clock[6:])


def _said(cells: list[bytes], column: int) -> str:
    """Return a cell as text, with blanks where IIS put `+`; empty for `-` and for a column that is not logged."""
    return _plain(cells[column]) if column >= 0 else ""


@lru_cache(maxsize=16_384)
def _plain(cell: bytes) -> str:
    return "" if cell == b"-" else cell.replace(b"+", b" ").decode("utf-8", "replace")


def _number(cells: list[bytes], column: int) -> int:
    cell = cells[column] if column >= 0 else b"-"
    return int(cell) if cell.isdigit() and len(cell) < 10 else -1


def address_of(cells: list[bytes], column: int) -> str:
    """Return an address as it stands; nothing where a mask took its place, since masks make different phones one."""
    return _address(cells[column]) if column >= 0 else ""


@lru_cache(maxsize=4096)
def _address(cell: bytes) -> str:
    text = cell.decode("ascii", "replace")
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return ""
    return text


@lru_cache(maxsize=16_384)
def _is_probe(user: str, agent: str, kind: str) -> bool:
    """Tell the server's own probes from phones."""
    return (
        short_name(user).startswith(PROBE_USERS)
        or agent.lower().startswith(PROBE_AGENTS)
        or kind.lower().startswith(PROBE_AGENTS)
    )


def short_name(user: str) -> str:
    r"""Return what all spellings of a user share: `contoso\kim`, `kim@contoso.example` and `KIM` are `kim`."""
    return user.rpartition("\\")[2].partition("@")[0].lower()
