"""What devices send again and again, decoded once: the parts of a line that are keys, and what they say."""

from functools import lru_cache
from typing import Final, NamedTuple, TypeVar

from policylint.evidence.logs import protocol
from policylint.evidence.logs.cutting import CUT, LOGGED, Lines
from policylint.evidence.logs.kinds import Kind, Reason, kind_of
from policylint.evidence.logs.lines import Fields, Request, read_request, short_name
from policylint.evidence.logs.query import decode, text
from policylint.evidence.logs.signs import HARMLESS, HARMLESS_IN_PING, PROXIED, SYSTEM
from policylint.evidence.logs.state import HOURLY
from policylint.evidence.logs.tokens import NOTHING, Tokens

_MOST: Final = 60_000
"""How many different requests are kept at hand, and whose they are; some 700 bytes each."""

_LONGEST: Final = 2_000
"""Bytes of what is kept. Longer requests are decoded each time."""


Key = TypeVar("Key")
Value = TypeVar("Value")


class Client:
    """Whose lines: a device of a user, as one program at one address, in lines of one form that came to one kind.

    request: one of its requests, for all that is not the command and the answer
    key: what its state is found by; user, device: as tallies know them
    kind, reason: what the lines are; system: what they call the device's system, empty where they do not
    """

    __slots__ = ("device", "hourly", "key", "kind", "reason", "request", "system", "user")

    def __init__(self, request: Request, kind: Kind, reason: Reason, system: str) -> None:
        self.request = request
        self.kind = kind
        self.reason = reason
        self.system = system
        self.hourly = kind in HOURLY
        self.device = request.device.lower()
        self.key = self.device, request.user.lower()
        self.user = short_name(request.user)


class Known(NamedTuple):
    """What a request says that is asked again and again, and what its lines mostly are. The server is not part of it.

    usual: whose lines they are where they are what such lines mostly are: a success for those with a `Log=`, else
      nothing at all; None where this request never is that
    harmless: signs that do not matter in its lines
    """

    request: Request
    usual: Client | None
    harmless: frozenset[bytes]


class Requests:
    """What was decoded before, by this process and of lines with the same columns: devices come back in each file.

    usual: whose lines are mostly what such lines are, by their keys
    proxied: whether `PrxFrom:` makes a difference in any of them
    """

    def __init__(self, columns: Fields) -> None:
        self._columns = columns
        self._known: dict[bytes, Known | None] = {}
        self._clients: dict[tuple[object, ...], Client] = {}
        self._named: dict[tuple[Client, bytes], Client] = {}
        self.usual: dict[bytes, Client] = {}
        self.proxied = False

    def ask(self, lines: Lines, place: int) -> Known | None:
        """Return what the key of a line says; None where it does not tell all but time, server and `Log=`."""
        key = lines.keys[place]
        if key in self._known:
            known = self._known[key]
        else:
            request = _request(self._columns, lines, place)
            known = self._judged(request) if request else None
            _keep(self._known, key, known, len(key))
        if known and known.usual:
            _keep(self.usual, key, known.usual, len(key))
        return known

    def _judged(self, request: Request) -> Known:
        self.proxied = self.proxied or (request.front and request.logged)
        usual = self.client(request, NOTHING)
        harmless = HARMLESS_IN_PING if request.command == "ping" else HARMLESS
        return Known(
            request,
            usual if usual.kind == ("success" if request.logged else "nothing") else None,
            harmless - {PROXIED} if request.front else harmless,
        )

    def client(self, request: Request, said: Tokens) -> Client:
        """Return whose line it is that says this: one client for all that come to the same."""
        kind, reason = kind_of(request.command, request.logged, request.status, request.substatus, said)
        alike = (*request[:2], *request[3:6], request.front, request.logged, kind, reason, said.system)
        client = self._clients.get(alike)
        if client is None:
            client = Client(request, kind, reason, said.system)
            _keep(self._clients, alike, client, sum(len(part) for part in alike if isinstance(part, str)))
        return client

    def named(self, usual: Client, sign: bytes) -> Client:
        """Return whose line it is that names the system of its device, and is what such lines mostly are otherwise."""
        client = self._named.get((usual, sign))
        if client is None:
            client = Client(usual.request, usual.kind, usual.reason, text(sign[len(SYSTEM) :]))
            _keep(self._named, (usual, sign), client, len(sign))
        return client


requests_of = lru_cache(maxsize=16)(Requests)


def _keep(kept: dict[Key, Value], key: Key, value: Value, size: int) -> None:
    """Keep a value at hand, if it is not too long."""
    if size <= _LONGEST:
        if len(kept) >= _MOST:
            kept.clear()
        kept[key] = value


def _request(columns: Fields, lines: Lines, place: int) -> Request | None:
    form, cells = lines.forms[place], lines.line(place).rstrip(b"\r").split(b" ")
    if len(cells) != len(columns.names) or cells[columns.stem].lower() not in protocol.STEMS:
        return None
    query = decode(lines.paths[place].partition(b" ")[2])
    # what is cut off must not add anything, and it is another with each line
    if query.log is not None or (form == CUT and not (query.user and query.command and query.type)):
        return None
    request = read_request(columns, cells, query, form == LOGGED, "")
    return request if isinstance(request, Request) and request.user else None
