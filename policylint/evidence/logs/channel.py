"""The lines of a server that are what they seemed, and what they come to."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import compress, count

from policylint.evidence.logs.known import Client
from policylint.evidence.logs.lines import Line, short_name
from policylint.evidence.logs.reading import Reading
from policylint.evidence.logs.report import FileReport
from policylint.evidence.logs.state import DAY, HOUR


class Channel:
    """Lines of one server that wait to be counted together: whose they are, and their times."""

    __slots__ = ("clients", "server", "times")

    def __init__(self, server: str) -> None:
        self.server = server
        self.clients: list[Client | None] = []
        self.times: list[int] = []

    def add(self, clients: Iterable[Client | None], times: Iterable[int]) -> None:
        """Take in lines; those of no client were counted by themselves."""
        self.clients += clients
        self.times += times

    def settle(self, reading: Reading, report: FileReport) -> None:
        """Add the lines to a reading and to the report of their file: each client once."""
        times, clients = [*compress(self.times, self.clients)], [*filter(None, self.clients)]
        if not times:
            return
        if times != sorted(times):
            in_order = sorted(zip(times, count(), clients, strict=False))
            times, clients = [time for time, _, _ in in_order], [client for _, _, client in in_order]
        lasts = dict(zip(clients, times, strict=True))
        firsts = dict(zip(reversed(clients), reversed(times), strict=True))
        days = _days(clients, times)
        for client, lines in Counter(clients).items():
            first, last, request = firsts[client], lasts[client], client.request
            state = reading.at(client.key, request.device, request.user)
            state.span(first, last, days[client])
            for time in {first, last}:
                state.add(client.kind, client.reason, time)
            state.seen_as(last, request.agent, request.type, client.system)
            counts = reading.front if request.front else reading.back
            counts.add(self.server, request.client, client.user, client.device, lines)
            report.silent += 0 if request.logged else lines
        hourly = {(client, time // HOUR) for client, time in zip(clients, times, strict=True) if client.hourly}
        for client, hour in hourly:
            reading.states[client.key].hours[client.kind].add(hour)
        report.lines += len(times)
        report.used += len(times)
        report.span(times[0], times[-1])


def _days(clients: list[Client], times: list[int]) -> dict[Client, list[int]]:
    """Return the days of each client; times are in order."""
    days: dict[Client, list[int]] = defaultdict(list)
    begin = 0
    while begin < len(times):
        day = times[begin] // DAY
        end = bisect_left(times, (day + 1) * DAY, begin)
        for client in {*clients[begin:end]}:
            days[client].append(day)
        begin = end
    return days


def tally(reading: Reading, line: Line, folder: str) -> None:
    """Count one line for its server, its address and its user."""
    request = line.request
    counts = reading.front if line.front else reading.back
    counts.add(request.server or folder, request.client, short_name(line.user), request.device.lower(), 1)
