"""Blocks to lines that are cut in the same places, all at once: what is done for each line is done in C.

Most lines are no ActiveSync request, and most requests resemble one before. A line's key is what it says beside its
time, its server and its `Log=`.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import repeat
from operator import add, itemgetter
from typing import Final, NamedTuple

from policylint.evidence.logs.lines import Fields, address_of, seconds
from policylint.evidence.logs.signs import joined

STEM: Final = re.compile(rb"/(?i:microsoft-server-activesync(?:/(?:proxy/)?default\.eas)?)(?=[ \r\n])")

WHOLE: Final = b""
CUT: Final = b"&cafeReqId="
LOGGED: Final = b"&Log="
"""Is a query known as a whole, up to what a front end adds to it, or up to its `Log=`?"""

NEVER: Final = -(1 << 60)
"""Part of the time of a line without one that can be read: such times are below 0."""

_FRONT_END_ADDS = re.compile(rb"&(?:CorrelationID|ClientId|cafeReqId)=")
"""What front ends add to a query, another with each request."""
_MOST_BEHIND: Final = 32

_CLOCK = {b":%02d:%02d" % divmod(second, 60): second for second in range(3600)}


class Lines(NamedTuple):
    """Lines with a stem, part by part.

    befores: all before the stem, beginning in a line above; times: seconds since 1970
    heads: what stands between time and stem
    requests: stem and query as they stand
    paths: stem and query to where it is cut; forms: how it is cut; logs: the `Log=`, empty without one
    text: the logs, joined
    answers, rests: what stands behind the query and matters (empty where it is too little), or all of it
    keys: what lines are known by: path, form and answer. One value instead of three, since it is looked up for each
      line, mostly in memory that is not at hand
    filler: stands for the columns that do not matter
    """

    befores: Sequence[bytes]
    times: list[int]
    heads: list[bytes]
    requests: Sequence[bytes]
    paths: Sequence[bytes]
    forms: Sequence[bytes]
    logs: Sequence[bytes]
    text: bytes
    answers: Sequence[bytes]
    rests: Sequence[bytes | None]
    keys: Sequence[bytes]
    filler: bytes

    def line(self, place: int) -> bytes:
        """Return a line as it stands, but for the columns that do not matter."""
        rest = self.rests[place]
        end = self.answers[place] + self.filler if rest is None else rest
        return b"%b%b%b" % (_last_line(self.befores[place]), self.requests[place], end)

    def run_on(self, unknown: Sequence[int]) -> bool:
        """Tell whether a request may go on in the next line. One whose key is known does not, but for its `Log=`."""
        return b"\n" in self.text or any(b"\n" in self.paths[place] for place in unknown)


class Cutter:
    """Cuts lines behind which so many columns do not matter."""

    def __init__(self, behind: int) -> None:
        # `[^ ]` and `.` pass over a line several times as quickly as `[^ \n]`. So a request behind which nothing
        # follows in its line goes on in the next one, which shows in its line feed
        self._split = re.compile(b"(" + STEM.pattern + rb" ?[^ ]*)(?:(.*)" + rb" [^ \n]*" * behind + rb"|(.*))\n").split
        self._filler = b" -" * behind

    def cut(self, block: bytes) -> Lines | None:
        """Cut the lines of a block that have a stem; None without any."""
        parts = self._split(block)
        if len(parts) == 1:
            return None
        befores = parts[:-1:4]
        times, heads = _times(befores)
        requests, answers, rests = parts[1::4], parts[2::4], parts[3::4]
        if None in answers:
            answers = [answer or b"" for answer in answers]
        paths, forms, logs = zip(*map(bytes.partition, requests, repeat(LOGGED)), strict=True)
        if WHOLE in forms:
            paths, forms = zip(*map(_shortened, paths, forms), strict=True)
        return Lines(
            befores,
            times,
            heads,
            requests,
            paths,
            forms,
            logs,
            joined(logs),
            answers,
            rests,
            [*map(b"".join, zip(paths, forms, answers, strict=True))],
            self._filler,
        )


@lru_cache(maxsize=64)
def cutter_of(columns: Fields) -> Cutter | None:
    """Return what cuts lines with such columns; None where they cannot be told by keys.

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
        return None
    if any(place > columns.stem for place in before) or any(place < columns.query for place in behind):
        return None
    rest = len(columns.names) - 1 - max(behind)
    return Cutter(rest) if rest <= _MOST_BEHIND else None


def server_of(columns: Fields, head: bytes) -> str | None:
    """Return the server that is named between time and stem ("" for none); None where what stands there is unusual."""
    cells = [b"", b"", *head.split(b" ")[1:-1]]
    if (
        not head.startswith(b" ")
        or not head.endswith(b" ")
        or b"\n" in head
        or len(cells) != columns.stem
        or (columns.method >= 0 and cells[columns.method].upper() == b"OPTIONS")
    ):
        return None
    return address_of(cells, columns.server)


def _times(befores: Sequence[bytes]) -> tuple[list[int], list[bytes]]:
    """Return the times of lines by what stands before their stem, and what stands between the two.

    In most lines that is as long as in the first one. All are cut there, and what does not fit is cut once more.
    """
    width = len(_last_line(befores[0])) - len("2014-02-11 08:15:00")
    hours = [*map(itemgetter(slice(-width - 20, -width - 6)), befores)]
    clocks = map(itemgetter(slice(-width - 6, -width)), befores)
    heads = [*map(itemgetter(slice(-width, None)), befores)]
    known = {hour: _seconds_to(hour) for hour in {*hours}}
    times = [*map(add, map(known.__getitem__, hours), map(_CLOCK.get, clocks, repeat(NEVER)))]
    if min(times) < 0:
        for place in [place for place, time in enumerate(times) if time < 0]:
            line = _last_line(befores[place])
            times[place] = _seconds_to(line[:13]) + _CLOCK.get(line[13:19], NEVER)
            heads[place] = line[19:]
    return times, heads


def _last_line(text: bytes) -> bytes:
    return text[text.rfind(b"\n") + 1 :]


def _seconds_to(hour: bytes) -> int:
    """Turn `2014-02-11 08`, perhaps behind a line feed, into seconds since 1970."""
    hour = hour.removeprefix(b"\n")
    time = seconds(hour[:10], hour[11:] + b":00:00") if hour[10:11] == b" " else None
    return NEVER if time is None else time


def _shortened(path: bytes, form: bytes) -> tuple[bytes, bytes]:
    """Cut off what a front end adds to a query without a `Log=`, if nothing else that matters stands there."""
    adds = None if form else _FRONT_END_ADDS.search(path)
    if adds is None:
        return path, form
    added = path[adds.start() :].lower()
    return (path, form) if b"log=" in added or b"deviceid=" in added or b"\n" in added else (path[: adds.start()], CUT)
