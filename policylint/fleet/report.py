"""What a run has to say of a fleet: the same report as of policies, with the devices, what they teach and the servers.

A renderer sees the report and nothing else. It names persons and devices only where `names` allows it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import ClassVar

from policylint.evidence.fleet import Device
from policylint.evidence.logs import Affinity
from policylint.evidence.spellings import short_name
from policylint.evidence.users import User
from policylint.exports.record import Document, Place
from policylint.fleet.rows import Group, Row, count_devices
from policylint.judging.report import Report, Verdicts
from policylint.judging.targets import TargetSet
from policylint.learning.trials import Lessons
from policylint.writing.style import number

NO_AFFINITY = Affinity("unknown", (), 0)
Rename = Callable[[str, str], str]


class EvidencePlace(Document):
    """What stands for the evidence as a whole: it has a path, and no line that a report could quote."""

    def __init__(self, path: str) -> None:
        super().__init__(path, "evidence")

    def place(self, mark: int) -> Place:
        """Return the beginning."""
        return Place(self.path, 1, 1, 1, 1)

    def line(self, number: int) -> str:
        """Return nothing: evidence holds personal data."""
        return ""


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What a finding is about where that is no exported policy: the fleet, or a policy that only evidence names."""

    kind: ClassVar[str] = "policy"
    part: ClassVar[str] = "line"

    name: str
    document: Document

    @property
    def identity(self) -> str:
        """What tells it from others."""
        return self.name

    @property
    def mark(self) -> int:
        """It stands nowhere in particular."""
        return 0

    def answers_to(self, name: str) -> bool:
        """Tell whether a reader may call it by a name."""
        return name.casefold() == self.name.casefold()

    def place(self, mark: int) -> Place:
        """Return where the evidence begins."""
        return self.document.place(mark)


THE_FLEET = "the fleet"


@dataclass(frozen=True, slots=True, eq=False)
class WholeFleet(Subject):
    """The fleet as a whole."""

    kind: ClassVar[str] = "fleet"


@dataclass(slots=True, eq=False)
class FleetVerdicts(Verdicts):
    """What is told of one policy, or of the fleet as a whole, and the groups of devices that have it."""

    groups: list[Group] = field(default_factory=list)

    def rows(self, targets: TargetSet) -> Iterator[tuple[str, str]]:
        """Yield each standing with the lines of devices that have it."""
        lines: dict[str, list[str]] = {}
        for group in self.groups:
            for standing, count in group.standings().items():
                lines.setdefault(standing, []).append(f"{group.line} ({count})")
        for standing in sorted(lines):
            yield standing, ", ".join(lines[standing])


@dataclass(frozen=True, slots=True)
class EvidenceRead:
    """One file as one kind of evidence; `start` and `end` are the first and last time of a log."""

    path: str
    kind: str
    rows: int
    used: int
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class LogSpan:
    """What the logs cover: their first and last line, days without any, and devices of the inventory never seen.

    `histories` counts the histories of devices.
    """

    start: datetime | None
    end: datetime | None
    refused_hours: int
    missing_days: tuple[str, ...]
    never_seen: int
    histories: dict[str, int]


@dataclass(slots=True)
class FleetReport(Report):
    """Everything a run has to say of a fleet.

    `notes` tell of what is missing and of what could not be used. `as_of` is the newest date in the evidence.
    """

    kind: ClassVar[str] = "fleet"
    about: ClassVar[str] = "fleet"

    evidence: list[EvidenceRead] = field(default_factory=list)
    devices: list[Row] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    users: list[User] = field(default_factory=list)
    lessons: Lessons = field(default_factory=Lessons)
    affinity: Affinity = NO_AFFINITY
    logs: LogSpan | None = None
    notes: list[str] = field(default_factory=list)
    enough: int = 3
    as_of: datetime | None = None
    names: bool = False
    rename: Rename | None = None

    @property
    def population(self) -> dict[str, int]:
        """Count users and devices, each id once, and how many devices are recognised and have a policy."""
        return {
            "users": len(self.users),
            "devices": count_devices(self.devices),
            "recognised": count_devices(row for row in self.devices if row.targets),
            "with_policy": count_devices(row for row in self.devices if row.device.policy is not None),
        }

    @property
    def peopled(self) -> str:
        """The population in words."""
        found = self.population
        devices, users = number(found["devices"], "device"), number(found["users"], "user")
        return f"{devices}, {users}, {found['recognised']} recognised, {found['with_policy']} with a policy"

    @property
    def extent(self) -> str:
        """How many devices there are, in how many groups."""
        return f"{number(self.population['devices'], 'device')} in {number(len(self.groups), 'group')}"

    def user_name(self, user: User) -> str:
        """Return what a user is called where names are given."""
        if self.rename is None or not user.label or user.label.startswith("user-"):
            return user.label
        return self.rename("user", short_name(user.label))

    def device_name(self, device: Device) -> str | None:
        """Return what a device is called where names are given."""
        if self.rename is None or device.id is None or device.id.startswith("device-"):
            return device.id
        return self.rename("device", device.id.lower())


def utc(seconds: int | None) -> datetime | None:
    """Return a time of a log as a date."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
