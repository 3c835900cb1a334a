"""What ties a device to a server: its client address, its user, or nothing."""

from typing import Literal, NamedTuple

from policylint.evidence.logs.reading import Reading
from policylint.evidence.logs.tally import ENOUGH_DEVICES, Counts

Tied = Literal["source-ip", "user", "none", "unknown"]


class Server(NamedTuple):
    """A server (its address, else its folder), how many devices it saw, and their share of all devices seen."""

    server: str
    devices: int
    share: float


class Affinity(NamedTuple):
    """tied: to what; servers: those that had lines, the busiest first; devices: how many all of them saw together."""

    tied: Tied
    servers: tuple[Server, ...]
    devices: int

    @property
    def piled(self) -> tuple[Server, ...]:
        """The servers with at least 1.5 times their fair share of the devices, where source addresses tie."""
        if self.tied != "source-ip":
            return ()
        return tuple(one for one in self.servers if 2 * one.devices * len(self.servers) >= 3 * self.devices)


def affinity(reading: Reading) -> Affinity:
    """Tell what ties devices to servers, by the lines of front ends if there are any, else by all.

    Behind a front end the address of the client is that of the front end.
    """
    tally = reading.front if reading.front.servers else reading.back
    everyone = set().union(*tally.servers.values())
    servers = tuple(
        Server(name, len(devices), len(devices) / max(1, len(everyone)))
        for name, devices in sorted(tally.servers.items(), key=lambda each: (-len(each[1]), each[0]))
    )
    return Affinity(_tied(tally.addresses, tally.users, tally.behind), servers, len(everyone))


def _tied(addresses: Counts, users: Counts, behind: dict[str, set[str]]) -> Tied:
    shared = {
        address: counts for address, counts in addresses.items() if len(behind.get(address, ())) >= ENOUGH_DEVICES
    }
    if len({server for counts in addresses.values() for server in counts}) < 2 or not shared:
        return "unknown"
    if _go_to_the_main(shared):
        return "source-ip"
    return "user" if _go_to_the_main(users) else "none"


def _go_to_the_main(counts: Counts) -> bool:
    """Tell whether at least 95 % of the lines go to the server that has most lines of their address (or user)."""
    main = sum(max(each.values(), default=0) for each in counts.values())
    return 100 * main >= 95 * sum(sum(each.values()) for each in counts.values())
