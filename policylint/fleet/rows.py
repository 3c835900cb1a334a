"""One row of a fleet: a device as one account of one user, with what is predicted, what was seen, and how it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from policylint.evidence.fleet import Device
from policylint.fleet.observing import Observation
from policylint.fleet.predicting import Answer
from policylint.fleet.standing import Standing
from policylint.judging.report import ACCESS, VERDICTS
from policylint.knowledge.families import Target
from policylint.policies.policy import Policy

UNRECOGNISED = "unrecognised"


@dataclass(slots=True, eq=False)
class Row:
    """A device with everything that was found out about it. `judged` is the policy that holds on it, if it is known.

    `shared` tells that other users have the same device, so that their policies are merged on it.
    """

    device: Device
    observation: Observation
    judged: Policy | None
    answers: tuple[Answer, ...]
    shared: bool = False
    standing: Standing = "unseen"

    @property
    def targets(self) -> tuple[Target, ...]:
        """The releases that it may be."""
        return self.device.identification.targets

    @property
    def target(self) -> Target | None:
        """The release that it is, where that can be told."""
        return self.targets[0] if len(self.targets) == 1 else None

    @property
    def key(self) -> str | None:
        """The id in lower case; None for a device without one."""
        return None if self.device.id is None else self.device.id.casefold()

    @property
    def predicted(self) -> str | None:
        """The verdict; of several that differ all of them, the gravest first, with a bar between; None without one."""
        return _one_of((answer.verdict for answer in self.answers), VERDICTS)

    @property
    def access(self) -> str | None:
        """The access, in the same way."""
        return _one_of((answer.access for answer in self.answers), ACCESS)

    @property
    def policy_name(self) -> str | None:
        """The name of the assigned policy, else of the applied one."""
        return self.device.policy.name if self.device.policy is not None else None

    @property
    def line(self) -> str:
        """Which line of devices it belongs to."""
        return line_of(self.device)

    @property
    def last_seen(self) -> datetime | None:
        """When it last synchronised, or had a line in a log."""
        found = [self.device.last_success.at] if self.device.last_success is not None else []
        if self.observation.state is not None and self.observation.state.last is not None:
            found.append(datetime.fromtimestamp(self.observation.state.last, UTC))
        return max(found, default=None)


def _one_of(words: Iterable[str], order: Sequence[str]) -> str | None:
    found = set(words)
    return "|".join(word for word in order if word in found) or None


def line_of(device: Device) -> str:
    """Return the line of a device: a family with its major version where that is sure, else what is known of it."""
    told = device.identification
    families = dict.fromkeys(target.family.id for target in told.targets) or dict.fromkeys(
        family.id for family in told.families
    )
    if not families:
        return told.client or UNRECOGNISED
    if len(families) > 1:
        return " or ".join(sorted(families))
    (family,) = families
    majors = {target.version.split(".")[0] for target in told.targets}
    return f"{family} {majors.pop()}" if len(majors) == 1 else family


@dataclass(slots=True, eq=False)
class Group:
    """The devices of one line under one policy."""

    policy: str | None
    line: str
    rows: list[Row] = field(default_factory=list)

    @property
    def devices(self) -> int:
        """How many devices there are, each id counted once."""
        return count_devices(self.rows)

    @property
    def users(self) -> int:
        """How many users have them."""
        return len({id(row.device.user) for row in self.rows if row.device.user.spellings})

    @property
    def predicted(self) -> str | None:
        """The verdicts on them, the gravest first."""
        words = (word for row in self.rows for word in (row.predicted or "").split("|") if word)
        return _one_of(words, VERDICTS)

    def seen(self) -> dict[str, int]:
        """Count what was seen."""
        return _counted(row.observation.seen for row in self.rows)

    def standings(self) -> dict[str, int]:
        """Count how they stand."""
        return _counted(row.standing for row in self.rows)


def _counted(words: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for word in words:
        found[word] = found.get(word, 0) + 1
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def count_devices(rows: Iterable[Row]) -> int:
    """Count devices: each id once, and each row without an id."""
    ids: set[str] = set()
    without = 0
    for row in rows:
        key = row.key
        if key is None:
            without += 1
        else:
            ids.add(key)
    return len(ids) + without


def groups_of(rows: Iterable[Row]) -> list[Group]:
    """Put rows together by policy and line, in the order of their names; those without a policy come last."""
    found: dict[tuple[str | None, str], Group] = {}
    for row in rows:
        key = row.policy_name, row.line
        if key not in found:
            found[key] = Group(*key)
        found[key].rows.append(row)
    return sorted(found.values(), key=lambda group: (group.policy is None, group.policy or "", group.line))
