"""The joined fleet: users with their policy, and devices with all that is known of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, Protocol

from policylint.evidence.dates import Moment
from policylint.evidence.policy_names import NamedPolicy, PolicyNames
from policylint.evidence.rows import AccountRow, DeviceRow, MailboxRow
from policylint.evidence.users import User
from policylint.exports.record import Place
from policylint.knowledge.agents import Identification

Protection = Literal["protected", "probable", "leftover", "inheritance-off", "none"]


class SeenState(Protocol):
    """What logs saw a device call itself: each text with the time it was seen last."""

    agents: dict[str, int]
    types: dict[str, int]
    systems: dict[str, int]


class Seen(Protocol):
    """What logs saw of one user on one device, as far as joining needs it: a row of `logs.history.histories`.

    `user` is as the log spells it, empty where no line names one.
    """

    @property
    def device(self) -> str: ...  # noqa: D102 - said above
    @property
    def user(self) -> str: ...  # noqa: D102
    @property
    def state(self) -> SeenState: ...  # noqa: D102


@dataclass(frozen=True, slots=True, eq=False)
class Mailbox:
    """What a list of mailboxes says of a user.

    `policy` is the policy that the user is given; None where `by` is `no-default` (the cell is empty and no exported
    policy is the default one) or `conflict` (lists name several policies). `enabled` is the switch of ActiveSync, None
    where no list tells.
    """

    policy: NamedPolicy | None
    by: Literal["name", "default", "no-default", "conflict"]
    enabled: bool | None
    rows: tuple[MailboxRow, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Account:
    """What a list of accounts says of a user; None where no list tells."""

    admin_count: int | None
    protected: bool | None
    rows: tuple[AccountRow, ...] = field(repr=False)

    @property
    def protection(self) -> Protection:
        """Whether AdminSDHolder protects the account.

        `probable`: adminCount alone, which stays when a member leaves its group; `leftover`: adminCount, and yet the
        account inherits its rights; `inheritance-off`: no adminCount, but the account does not inherit.
        """
        if self.admin_count:
            return "probable" if self.protected is None else "protected" if self.protected else "leftover"
        return "inheritance-off" if self.protected else "none"


@dataclass(slots=True, eq=False)
class Device:
    """One device as one account of one user.

    `id` is None where no file has a usable one. `applied` is the policy that the server says it was given, `policy`
    the one that counts for it (see `assigned`). `synced` tells that a success is shown, even where its date is not.
    `rows` are those of inventories, the one that holds first; `seen` what logs have of it: one for each way in which
    they call the user, if nothing told before that these are one.
    """

    id: str | None
    user: User
    rows: tuple[DeviceRow, ...] = field(repr=False)
    type: str | None = None
    os: str | None = None
    model: str | None = None
    agent: str | None = None
    client_type: str | None = None
    eas_version: str | None = None
    state: str | None = None
    reason: str | None = None
    status: str | None = None
    applied: NamedPolicy | None = None
    policy: NamedPolicy | None = None
    assigned: Literal["assigned", "applied", "default", "unknown"] = "unknown"
    first_sync: Moment | None = None
    last_success: Moment | None = None
    last_policy_update: Moment | None = None
    synced: bool = False
    seen: list[Seen] = field(default_factory=list, repr=False)
    identification: Identification = field(default=Identification("", "unknown"), repr=False)

    @property
    def place(self) -> Place | None:
        """Where the row stands that holds for the device; None for a device of which only logs know."""
        return self.rows[0].table.document.place(self.rows[0].mark) if self.rows else None

    @property
    def sort_key(self) -> tuple[str, ...]:
        """What orders devices, whatever the order of files."""
        return ((self.id or "").casefold(), self.model or "", self.type or "", *self.user.sort_key)


@dataclass(slots=True, eq=False)
class Fleet:
    """Users and devices in a fixed order, and the policies that the evidence speaks of.

    `notes` say what could not be joined, in numbers and without a name.
    """

    users: list[User]
    devices: list[Device]
    policies: PolicyNames
    notes: list[str] = field(default_factory=list)

    def shared(self) -> Iterator[list[Device]]:
        """Yield the devices of each id that is under several users: one device with several accounts."""
        for each in self.by_id().values():
            owned = [device for device in each if device.user.spellings]
            if len(owned) > 1:
                yield owned

    def by_id(self) -> dict[str, list[Device]]:
        """Return the devices by id, in lower case; those without an id are left out."""
        found: dict[str, list[Device]] = {}
        for device in self.devices:
            if device.id is not None:
                found.setdefault(device.id.casefold(), []).append(device)
        return found

    @property
    def unlisted(self) -> list[Device]:
        """The devices whose user is in no list of mailboxes; empty where there is no such list."""
        if not any(user.mailbox for user in self.users):
            return []
        return [device for device in self.devices if device.user.mailbox is None]
