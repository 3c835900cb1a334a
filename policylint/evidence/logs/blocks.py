"""Blocks of a log to a reading, fast: most lines are no ActiveSync request, and most requests resemble one before.

Lines are cut all together; what a device sends again and again is decoded once, and of `Log=` little is looked at
while all is well. Whatever is unusual goes through `read_line`, to which all this is equal; tests hold them together.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from policylint.evidence.logs.channel import Channel, tally
from policylint.evidence.logs.cutting import NEVER, STEM, Lines, cutter_of, server_of
from policylint.evidence.logs.known import Client, requests_of
from policylint.evidence.logs.lines import Fault, Fields, Line, directed, judged, read_line
from policylint.evidence.logs.plain_text import LONGEST_LINE
from policylint.evidence.logs.protocol import STEMS
from policylint.evidence.logs.reading import Reading
from policylint.evidence.logs.report import CLOCK_STEP, FileReport
from policylint.evidence.logs.signs import MORE, SYSTEM, signs_of
from policylint.evidence.logs.state import DAY
from policylint.evidence.logs.tokens import NOTHING, tokens

_MOST: Final = 400_000
"""How many lines wait to be counted at a time, some 50 bytes each; they come to much less."""

_WEIGHT: Final = 8
"""As how many lines one counts that may come to no less, or the name of a server."""
_LONGEST_HEAD: Final = 1000
"""Bytes between the time and the stem; a line with more is read by itself, and nothing of it is kept."""


class BlockReader:
    """Reads the blocks of one file, or of a range of it, in order; `folder` names the server where no column does."""

    def __init__(self, report: FileReport, folder: str, columns: Fields) -> None:
        self.reading = Reading()
        self.report = report
        self.columns = columns
        self._folder = folder
        self._requests = requests_of(columns)
        self._servers: dict[bytes, str | None] = {}
        self._channels: dict[str, Channel] = {}
        self._waiting = 0
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
            self._lines(block[at:mark])
            at = block.index(b"\n", mark) + 1
            self._directive(block[mark:at])
            mark = block.find(b"#", at)
        self._lines(block[at:])
        self._follow_the_clock()
        if self._waiting + _WEIGHT * len(self._servers) > _MOST:
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
        for channel in self._channels.values():
            channel.settle(self.reading, self.report)
        self._channels.clear()
        self._servers.clear()
        self._waiting = 0

    def _directive(self, line: bytes) -> None:
        known, self.columns = self.columns, directed(self.columns, line)
        if self.columns == known:
            return
        self.report.header = self.report.header or self.columns.usable
        self.report.new_fields += bool(known.names) and known.names != self.columns.names
        self._settle()
        self._requests = requests_of(self.columns)

    def _lines(self, block: bytes) -> None:
        """Read the lines between two directives."""
        cutter = cutter_of(self.columns) if len(block) <= LONGEST_LINE else None
        if cutter is None:
            self._one_by_one(block)
        elif lines := cutter.cut(block):
            clients = [*map(self._requests.usual.get, lines.keys)]
            unknown = [] if all(clients) else [place for place, client in enumerate(clients) if client is None]
            if lines.run_on(unknown):
                self._one_by_one(block)
            else:
                self._together(lines, clients, unknown)

    def _one_by_one(self, block: bytes) -> None:
        done = 0
        for hit in STEM.finditer(block):
            if hit.start() >= done:
                done = block.index(b"\n", hit.start())
                time = self._line(block[block.rfind(b"\n", 0, hit.start()) + 1 : done])
                if time >= 0:
                    self._times.append(time)

    def _together(self, lines: Lines, clients: list[Client | None], unknown: list[int]) -> None:
        """Read lines, most of which are those of `clients`, and what such lines mostly are."""
        servers = {head: self._server(head) for head in {*lines.heads}}
        for place in unknown:
            if servers[lines.heads[place]] is not None:
                self._requests.ask(lines, place)
        signs = signs_of(lines.text, lines.logs, self._requests.proxied)
        times, unlike = lines.times, {*unknown, *signs}
        if min(times) < 0:
            unlike.update(place for place, time in enumerate(times) if time < 0)
        if None in servers.values():
            unlike.update(place for place, head in enumerate(lines.heads) if servers[head] is None)
        for place in unlike:
            server = servers[lines.heads[place]]
            times[place], clients[place] = self._single(lines, place, server, signs.get(place, ()))
        self._times += [time for time in times if time >= 0] if unlike else times
        # what is unlike may be another thing with each line, and come to no less
        self._waiting += len(times) + _WEIGHT * len(unlike)
        named = {server for server in servers.values() if server is not None}
        if len(named) == 1:
            self._channel(*named).add(clients, times)
        else:
            for head, client, time in zip(lines.heads, clients, times, strict=True):
                if client:
                    self._channel(servers[head] or "").add((client,), (time,))

    def _server(self, head: bytes) -> str | None:
        if len(head) > _LONGEST_HEAD:
            return None
        if head not in self._servers:
            self._servers[head] = server_of(self.columns, head)
        return self._servers[head]

    def _channel(self, server: str) -> Channel:
        if server not in self._channels:
            self._channels[server] = Channel(server or self._folder)
        return self._channels[server]

    def _single(
        self, lines: Lines, place: int, server: str | None, signs: Sequence[bytes]
    ) -> tuple[int, Client | None]:
        """Read a line by itself, and return its time and whose it is.

        The time is NEVER if the line does not count, the client None if there is nothing to wait for.
        """
        time, known = lines.times[place], None
        if time >= 0 and server is not None and MORE not in signs:
            known = self._requests.ask(lines, place)
        if known is None:
            return self._line(lines.line(place)), None
        if known.usual and known.harmless.issuperset(signs):
            return time, known.usual
        if known.usual and len(signs) == 1 and signs[0].startswith(SYSTEM):
            return time, self._requests.named(known.usual, signs[0])
        request, log = known.request, lines.logs[place]
        said = tokens(log) if request.logged else NOTHING
        if said.proxied_from and request.front:
            return self._take(judged(time, request._replace(server=server or ""), log)), None
        return time, self._requests.client(request, said)

    def _line(self, line: bytes) -> int:
        """Read a line as it stands, whatever is unusual in it. Return its time, NEVER if it does not count."""
        if len(line) > LONGEST_LINE:
            self.too_long(line)
            return NEVER
        columns, line = self.columns, line.rstrip(b"\r")
        said: Line | Fault | None
        if columns.usable:
            said = read_line(columns, line)
        elif any(cell.lower() in STEMS for cell in line.split(b" ")):
            said = "other-fields" if columns.names else "headless"
        else:
            said = None
        if isinstance(said, Line):
            return self._take(said)
        if said == "probe":
            self.report.probes += 1
        elif said is not None:
            self.report.fault(said)
        self.report.lines += said is not None
        return NEVER

    def _take(self, line: Line) -> int:
        """Take in one line that counts, and return its time."""
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
        return time

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
