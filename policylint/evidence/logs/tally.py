"""Which server had how many lines of which client address and of which user.

Tallies are sums: they know no order, but a file counted twice counts twice. `Logs` counts each file once.
"""

from collections.abc import Iterable
from typing import Any, Final

from policylint.evidence.logs.names import Rename

ENOUGH_DEVICES: Final = 5
"""An address that carries so many devices is shared; no more of its devices are kept."""

NO_USER: Final = "device:"

Counts = dict[str, dict[str, int]]


class Tally:
    """What was counted for servers. Devices are in lower case, users by their short name.

    addresses, users: of each, how many lines each server had; lines without a user are those of `device:` and its id
    behind: of each address, its smallest device ids, five at most
    servers: of each server, its devices
    """

    __slots__ = ("addresses", "behind", "servers", "users")

    def __init__(self) -> None:
        self.addresses: Counts = {}
        self.users: Counts = {}
        self.behind: dict[str, set[str]] = {}
        self.servers: dict[str, set[str]] = {}

    def add(self, server: str, address: str, user: str, device: str, lines: int) -> None:
        """Count lines. `address` may be empty: then they count for the servers and their devices alone."""
        user = user or NO_USER + device
        self.servers.setdefault(server, set()).add(device)
        if address:
            _count(self.addresses, address, {server: lines})
            _count(self.users, user, {server: lines})
            self._behind(address, (device,))

    def merge(self, other: "Tally") -> None:
        """Take in what `other` counted in other files."""
        for mine, theirs in ((self.addresses, other.addresses), (self.users, other.users)):
            for name, counts in theirs.items():
                _count(mine, name, counts)
        for address, devices in other.behind.items():
            self._behind(address, devices)
        for server, devices in other.servers.items():
            self.servers.setdefault(server, set()).update(devices)

    def _behind(self, address: str, devices: Iterable[str]) -> None:
        known = self.behind.setdefault(address, set())
        known.update(devices)
        if len(known) > ENOUGH_DEVICES:
            self.behind[address] = set(sorted(known)[:ENOUGH_DEVICES])

    def renamed(self, rename: Rename) -> "Tally":
        """Return the same with other names for devices, users and addresses."""

        def user(name: str) -> str:
            device = name.removeprefix(NO_USER)
            return rename("user", name) if device == name else NO_USER + rename("device", device)

        tally = Tally()
        tally.addresses = {rename("address", name): dict(counts) for name, counts in self.addresses.items()}
        tally.users = {user(name): dict(counts) for name, counts in self.users.items()}
        for address, devices in self.behind.items():
            tally._behind(rename("address", address), {rename("device", device) for device in devices})
        for server, devices in self.servers.items():
            tally.servers[server] = {rename("device", device) for device in devices}
        return tally

    def as_json(self) -> dict[str, Any]:
        """Return the tally as plain values, in one order whatever the lines came in."""
        return {
            "addresses": {name: dict(sorted(counts.items())) for name, counts in sorted(self.addresses.items())},
            "users": {name: dict(sorted(counts.items())) for name, counts in sorted(self.users.items())},
            "behind": {name: sorted(devices) for name, devices in sorted(self.behind.items())},
            "servers": {name: sorted(devices) for name, devices in sorted(self.servers.items())},
        }

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "Tally":
        """Read what `as_json` returned."""
        tally = cls()
        tally.addresses, tally.users = said["addresses"], said["users"]
        tally.behind = {name: set(devices) for name, devices in said["behind"].items()}
        tally.servers = {name: set(devices) for name, devices in said["servers"].items()}
        return tally


def _count(counts: Counts, name: str, lines: dict[str, int]) -> None:
    known = counts.setdefault(name, {})
    for server, number in lines.items():
        known[server] = known.get(server, 0) + number
