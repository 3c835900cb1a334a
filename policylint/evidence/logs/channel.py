"""The lines of requests that are alike, and what they come to."""

from collections.abc import Iterable

from policylint.evidence.logs.known import SYSTEM, Known
from policylint.evidence.logs.lines import Line, short_name
from policylint.evidence.logs.query import text
from policylint.evidence.logs.reading import Reading
from policylint.evidence.logs.report import FileReport
from policylint.evidence.logs.state import DAY, State


class Channel:
    """The lines of a device to a server, as one client: those that are what such lines mostly are, and others.

    times: when the first were; systems: what they named, with the last time of each
    others: when the others were, whose kinds the state was told at once
    """

    __slots__ = ("others", "request", "server", "state", "systems", "times")

    def __init__(self, known: Known, server: str, state: State) -> None:
        self.request = known.request
        self.server = server
        self.state = state
        self.times: list[int] = []
        self.others: list[int] = []
        self.systems: dict[bytes, int] = {}


def settle(channels: Iterable[Channel], reading: Reading, report: FileReport, folder: str) -> None:
    """Add channels to a reading and to the report of its file, once, at their end."""
    for channel in channels:
        times, request, state = channel.times, channel.request, channel.state
        if request.logged and times:
            state.successes(min(times), max(times))
        times += channel.others
        if not times:
            continue
        first, last = min(times), max(times)
        state.span(first, last, (first // DAY,) if first // DAY == last // DAY else {time // DAY for time in times})
        state.seen_as(last, request.agent, request.type, "")
        for system, time in channel.systems.items():
            state.seen_as(time, "", "", text(system[len(SYSTEM) :]))
        counts = reading.front if request.front else reading.back
        user, device = short_name(request.user), request.device.lower()
        counts.add(channel.server or folder, request.client, user, device, len(times))
        report.lines += len(times)
        report.used += len(times)
        report.silent += 0 if request.logged else len(times)
        report.span(first, last)


def tally(reading: Reading, line: Line, folder: str) -> None:
    """Count one line for its server, its address and its user."""
    request = line.request
    counts = reading.front if line.front else reading.back
    counts.add(request.server or folder, request.client, short_name(line.user), request.device.lower(), 1)
