"""Blocks of a log to a reading, fast: most lines are no ActiveSync request, and most requests resemble one before.

A search over the whole block finds the lines with a stem; nothing else is split. What a line says beside its time and
its `Log=` is a key: what a device sends again and again is decoded once. Of `Log=` little is looked at while all is
well.
Whatever is unusual goes through `read_line`, to which all this is equal; a test holds them together.
"""

import re
from itertools import pairwise
from typing import Final, NamedTuple

from policylint.evidence.logs.channel import Channel, settle, tally
from policylint.evidence.logs.kinds import kind_of
from policylint.evidence.logs.known import (
    CUT,
    FIRST,
    LOGGED,
    SYSTEM,
    WHOLE,
    Known,
    columns_behind,
    head_of,
    requests_of,
)
from policylint.evidence.logs.lines import Fault, Fields, Line, directed, judged, read_line, seconds
from policylint.evidence.logs.plain_text import LONGEST_LINE
from policylint.evidence.logs.protocol import STEMS
from policylint.evidence.logs.reading import Reading
from policylint.evidence.logs.report import CLOCK_STEP, FileReport
from policylint.evidence.logs.state import DAY
from policylint.evidence.logs.tokens import NOTHING, tokens

STEM: Final = re.compile(rb"(?i:/microsoft-server-activesync(?:/(?:proxy/)?default\.eas)?)[ \r\n]")
_REQUEST_IDS = re.compile(rb"&(?:CorrelationID|ClientId|cafeReqId)=")
"""What front ends add to a query, another with each request."""

_MOST: Final = 50_000
"""How many channels are open at a time, so that a hostile log fills no memory."""

_CLOCK = {b":%02d:%02d" % divmod(second, 60): second for second in range(3600)}


class Head(NamedTuple):
    """What stands between time and stem: the server, and its channels by the groups of known requests."""

    server: str
    channels: dict[int, Channel]


class BlockReader:
    """Reads the blocks of one file, or of a range of it, in order; `folder` names the server where no column does."""

    def __init__(self, report: FileReport, folder: str, columns: Fields) -> None:
        self.reading = Reading()
        self.report = report
        self.columns = columns
        self._folder = folder
        self._requests = requests_of(columns)
        self._heads: dict[bytes, Head] = {}
        self._made = 0
        self._hours: dict[bytes, int] = {}
        self._started = -1
        self._clock = self._set_back = 0
        self._times: list[int] = []

    def feed(self, block: bytes) -> None:
        """Read whole lines; the last one ends with a line feed."""
        at, mark = 0, block.find(b"#")
        while mark >= 0:
            if mark and block[mark - 1] != 10:
                mark = block.find(b"#", mark + 1)
                continue
            self._lines(block, at, mark)
            at = block.index(b"\n", mark) + 1
            self._directive(block[mark:at])
            mark = block.find(b"#", at)
        self._lines(block, at, len(block))
        self._follow_the_clock()
        if self._made + len(self._heads) + len(self._hours) > _MOST:
            self._settle()

    def finish(self, start: int) -> None:
        """Settle what was read of a file from byte `start` on."""
        self._settle()
        if self._started >= 0:
            self.report.runs.append((start, self._started, self._clock, self._set_back))

    def too_long(self, beginning: bytes) -> None:
        """Count a line that is too long to be read, if it is an ActiveSync line."""
        if STEM.search(beginning):
            self.report.lines += 1
            self.report.fault("too-long")

    def _settle(self) -> None:
        channels = (channel for head in self._heads.values() for channel in head.channels.values())
        settle(channels, self.reading, self.report, self._folder)
        self._heads.clear()
        self._hours.clear()
        self._made = 0

    def _directive(self, line: bytes) -> None:
        known, self.columns = self.columns, directed(self.columns, line)
        if self.columns == known:
            return
        self.report.header = self.report.header or self.columns.usable
        self.report.new_fields += bool(known.names) and known.names != self.columns.names
        self._settle()
        self._requests = requests_of(self.columns)

    def _lines(self, block: bytes, start: int, end: int) -> None:
        """Read the lines between two directives."""
        columns, done = self.columns, start
        behind = columns_behind(columns) if columns.usable else -1
        if behind >= 0:
            self._alike(block, start, end, behind)
            return
        for hit in STEM.finditer(block, start, end):
            if hit.start() >= done:
                done = block.index(b"\n", hit.start())
                self._line(block[block.rfind(b"\n", 0, hit.start()) + 1 : done])

    def _alike(self, block: bytes, start: int, end: int, behind: int) -> None:
        """Read lines that begin with date and time, most of them as ones that are known."""
        find, rfind, begins, ordered = block.find, block.rfind, block.startswith, self._times.append
        hours, clocks, heads, requests = self._hours.get, _CLOCK.get, self._heads.get, self._requests.get
        now, time, done = b"", 0, start
        for hit in STEM.finditer(block, start, end):
            stem, query = hit.span()
            if stem < done:
                continue
            begin, done = rfind(b"\n", 0, stem) + 1, find(b"\n", stem)
            stamp, close = block[begin : begin + 19], find(b" ", query, done)
            if stamp != now:
                hour, second = hours(stamp[:13]), clocks(stamp[13:])
                if hour is None:
                    hour = self._hour(stamp[:13])
                if hour is None or second is None:
                    self._line(block[begin:done])
                    continue
                now, time = stamp, hour + second
            head = heads(block[begin + 19 : stem])
            if head is None:
                head = self._head(block[begin + 19 : stem])
            if head is None or close < 0 or done - begin > LONGEST_LINE:
                self._line(block[begin:done])
                continue
            cut, form, unusual = rfind(b"&", query, close), LOGGED, False
            if cut < 0 or not begins(b"Log=", cut + 1):
                ids = _REQUEST_IDS.search(block, query, close)
                cut, form = (ids.start(), CUT) if ids else (close, WHOLE)
                unusual = b"log=" in block[cut:close].lower()
            rest = block[close + 1 : done].rsplit(b" ", behind)
            key = block[stem:cut], rest[0], form
            known = requests(key)
            if known is None:
                known = self._requests.ask(key, block[begin:done])
            if known is None or unusual or len(rest) <= behind:
                self._line(block[begin:done])
                continue
            channel = head.channels.get(known.group)
            if channel is None:
                channel = self._channel(head, known)
            if not known.usual:
                self._other(known, channel, time, block[cut + 5 : close] if form is LOGGED else None)
                continue
            if form is LOGGED:
                signs = known.signs(block, cut + 5, close)
                if block[cut + 5] in FIRST and not begins(known.well, cut + 5):
                    signs.append(b"")
                if signs:
                    # all but a success that names the device's system goes the long way
                    if len(signs) > 1 or not signs[0].startswith(SYSTEM):
                        self._other(known, channel, time, block[cut + 5 : close])
                        continue
                    system = signs[0]
                    if channel.systems.get(system, -1) < time:
                        channel.systems[system] = time
            channel.times.append(time)
            ordered(time)

    def _hour(self, hour: bytes) -> int | None:
        """Turn `2014-02-11 08` into seconds since 1970, and remember it."""
        time = seconds(hour[:10], hour[11:] + b":00:00") if hour[10:11] == b" " else None
        if time is not None:
            self._hours[hour] = time
        return time

    def _head(self, between: bytes) -> Head | None:
        """Return what is known of a server by the columns between time and stem; None where they are unusual."""
        server = head_of(self.columns, between)
        if server is None:
            return None
        head = self._heads[between] = Head(server, {})
        return head

    def _channel(self, head: Head, known: Known) -> Channel:
        self._made += 1
        state = self.reading.state(known.request.device, known.request.user)
        channel = head.channels[known.group] = Channel(known, head.server, state)
        return channel

    def _line(self, line: bytes) -> None:
        """Read a line as it stands, whatever is unusual in it."""
        if len(line) > LONGEST_LINE:
            self.too_long(line)
            return
        columns, line = self.columns, line.rstrip(b"\r")
        said: Line | Fault | None
        if columns.usable:
            said = read_line(columns, line)
        elif any(cell.lower() in STEMS for cell in line.split(b" ")):
            said = "other-fields" if columns.names else "headless"
        else:
            said = None
        if isinstance(said, Line):
            self._take(said)
        elif said is not None:
            self.report.lines += 1
            if said == "probe":
                self.report.probes += 1
            else:
                self.report.fault(said)

    def _other(self, known: Known, channel: Channel, time: int, log: bytes | None) -> None:
        """Take in a line of a known request that is not what such lines mostly are."""
        said, request = NOTHING if log is None else tokens(log), known.request
        if said.proxied_from and request.front:
            self._take(judged(time, request._replace(server=channel.server), said))
            return
        kind, reason = kind_of(request.command, request.logged, request.status, request.substatus, said)
        channel.state.add(kind, reason, time)
        if said.system:
            channel.state.seen_as(time, "", "", said.system)
        channel.others.append(time)
        self._times.append(time)

    def _take(self, line: Line) -> None:
        """Take in one line that counts."""
        request, time, report = line.request, line.time, self.report
        state = self.reading.state(request.device, line.user)
        state.span(time, time, (time // DAY,))
        state.add(line.kind, line.reason, time)
        state.seen_as(time, request.agent, request.type, line.tokens.system)
        tally(self.reading, line, self._folder)
        report.lines += 1
        report.used += 1
        report.silent += not request.logged
        report.span(time, time)
        self._times.append(time)

    def _follow_the_clock(self) -> None:
        """Note where the times of a block leave the order that time has."""
        if not self._times:
            return
        if self._started < 0:
            self._started = self._clock = self._times[0]
        times = [self._clock, *self._times]
        if times != sorted(times):
            self._set_back += sum(after < before - CLOCK_STEP for before, after in pairwise(times))
        self._clock = times[-1]
        self._times.clear()
