"""Requests of one device that differ in time and `Log=` alone."""

from collections.abc import Iterable
from typing import Final

from policylint.evidence.logs.known import Known
from policylint.evidence.logs.lines import Line, short_name
from policylint.evidence.logs.query import text
from policylint.evidence.logs.reading import Reading
from policylint.evidence.logs.report import FileReport
from policylint.evidence.logs.state import DAY, State

SYSTEM: Final = b"DevOS:"
FIRST: Final = (b"Error:", b"As:", b"PrxTo:", b"PrxFrom:", b"S", SYSTEM)
"""How a token may begin that is looked for; one that comes first in a `Log=` has no `_` before it."""

WELL: Final = (b"S1_", b"SC1:1_")


class Channel:
    """The lines of a known request that differ in time and `Log=` alone, as far as they are what they mostly are.

    `times` are the times of these lines so far, `systems` the systems they named, with the last time of each;
    `others` are the times of other lines of the request, whose kinds its state was told.
    """

    __slots__ = ("others", "request", "short", "signs", "state", "systems", "times", "usual")

    def __init__(self, known: Known, state: State) -> None:
        self.request = known.request
        self.short = known.short
        self.signs = known.signs
        self.usual = known.usual
        self.state = state
        self.times: list[int] = []
        self.others: list[int] = []
        self.systems: dict[bytes, int] = {}

    def settle(self) -> int:
        """Tell the state of all lines, once, at the end; return how many there were."""
        times, request, state = self.times, self.request, self.state
        if request.logged and times:
            state.successes(min(times), max(times))
        times += self.others
        if not times:
            return 0
        first, last = min(times), max(times)
        state.span(first, last, (first // DAY,) if first // DAY == last // DAY else {time // DAY for time in times})
        state.seen_as(last, request.agent, request.type, "")
        for system, time in self.systems.items():
            state.seen_as(time, "", "", text(system[len(SYSTEM) :]))
        return len(times)


def settle(channels: Iterable[Channel], reading: Reading, report: FileReport, folder: str) -> None:
    """Add channels to a reading and to the report of its file."""
    tallied: dict[tuple[bool, str, str, str, str], int] = {}
    for channel in channels:
        lines, request = channel.settle(), channel.request
        if not lines:
            continue
        report.lines += lines
        report.used += lines
        if not request.logged:
            report.silent += lines
        report.span(min(channel.times), max(channel.times))
        alike = request.front, request.server, request.client, channel.short, request.device
        tallied[alike] = tallied.get(alike, 0) + lines
    for (front, server, client, short, device), lines in tallied.items():
        counts = reading.front if front else reading.back
        counts.add(server or folder, client, short, device.lower(), lines)


def tally(reading: Reading, line: Line, folder: str) -> None:
    """Count one line for its server, its address and its user."""
    request = line.request
    counts = reading.front if line.front else reading.back
    counts.add(request.server or folder, request.client, short_name(line.user), request.device.lower(), 1)
