"""What the rows of inventories, assignments and accounts say, each by itself: nothing is joined here."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from policylint.evidence.calendar import Calendar, Written
from policylint.evidence.cells import member, number, switch, text, word
from policylint.evidence.identities import DeviceIdentity, device_identity, device_name
from policylint.evidence.ids import DeviceId, device_id
from policylint.evidence.spellings import NAME, PATH, Spelling, spelling
from policylint.evidence.tables import Table
from policylint.evidence.users import Users
from policylint.exports.record import Nested, Raw, Record

_STATES = ("state", "reason", "status")
_DATES = ("first-sync", "last-success", "last-policy-update")


@dataclass(slots=True, eq=False)
class DeviceRow:
    """One row of an inventory. `problem` says why it has no id; None for words that the export does not have.

    `success` tells that there was one, even where its date cannot be read.
    """

    table: Table
    mark: int
    id: str | None
    problem: str | None
    user: int
    type: str | None
    os: str | None
    model: str | None
    agent: str | None
    client_type: str | None
    eas_version: str | None
    state: str | None
    reason: str | None
    status: str | None
    applied: str | None
    first_sync: Written | None
    last_success: Written | None
    last_policy_update: Written | None

    @property
    def success(self) -> bool:
        """Whether the row shows that the device synchronised at all."""
        return self.last_success is not None


class MailboxRow(NamedTuple):
    """One row of a list of mailboxes: who, the policy as written (None: the default one), the switch of ActiveSync."""

    table: Table
    mark: int
    user: int
    policy: str | None
    enabled: bool | None


class AccountRow(NamedTuple):
    """One row of a list of accounts. None where the list does not tell."""

    table: Table
    mark: int
    user: int
    admin_count: int | None
    protected: bool | None


@dataclass(slots=True)
class Oddities:
    """What was met in a table that cannot be used: ids by what is wrong with them, and words by their meaning.

    `numbers` and `words` count numbers in place of words, and words that are not known.
    """

    ids: Counter[str] = field(default_factory=Counter)
    numbers: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)


def device_rows(table: Table, calendar: Calendar, users: Users, oddities: Oddities) -> Iterator[DeviceRow]:
    """Yield the rows of an inventory that say something; their spellings go to `users`."""
    words, none = table.kind.words, table.none
    no_id = words.get("no-id", {})
    path = table.document.path
    dates = {
        meaning: [(place, calendar.column(path, table.folder, table.names[place])) for place in places]
        for meaning in _DATES
        if (places := table.columns.places.get(meaning, ()))
    }

    def date(record: Record, meaning: str) -> Written | None:
        for place, column in dates.get(meaning, ()):
            raw = record.values[place]
            if isinstance(raw, str) and raw.strip().casefold() in none:
                continue
            found = column.see(raw)
            if found is not None:
                return found
        return None

    for record in table.records:
        named = _named(table, record, no_id)
        described = {
            meaning: table.text(record, meaning) for meaning in ("type", "os", "model", "agent", "client-type")
        }
        if named.id is None and named.problem is None and not any(described.values()):
            continue
        states: dict[str, str | None] = {}
        for meaning in _STATES:
            raw = table.raw(record, meaning)
            states[meaning], is_number = word(raw, words.get(meaning, {}))
            oddities.numbers[meaning] += is_number
            found = states[meaning]
            oddities.words[meaning] += found is not None and found.casefold() not in words[meaning]
        if named.id is None:
            oddities.ids[named.problem or "no id"] += 1
        spellings = list(table.spellings(record))
        if named.user is not None:
            spellings += spelling(named.user, PATH if named.user_is_path else NAME, 5)
        yield DeviceRow(
            table,
            record.mark,
            named.id,
            named.problem,
            users.add(spellings),
            described["type"] or named.type,
            described["os"],
            described["model"],
            described["agent"],
            described["client-type"],
            table.text(record, "eas-version"),
            states["state"],
            states["reason"],
            states["status"],
            table.text(record, "applied"),
            date(record, "first-sync"),
            date(record, "last-success"),
            date(record, "last-policy-update"),
        )


def _named(table: Table, record: Record, no_id: Mapping[str, str]) -> DeviceId:
    """Find the id of a row: in its own column, else in the identity, in the directory's name or the device's name."""
    none = table.none
    found = device_id(table.raw(record, "id"), none, no_id)
    user, kind, is_path = found.user, found.type, found.user_is_path
    for meaning in ("identity", "dn"):
        for column in table.columns.places.get(meaning, ()):
            written = _identity_text(record.values[column])
            identity = device_identity(written) if written else None
            if identity is None and written and meaning == "identity" and "§" in written:
                identity = DeviceIdentity(None, *device_name(written))
            if identity is None:
                continue
            other = device_id(identity.id, none, no_id)
            if found.id is None:
                found = other if other.id or not found.problem else found
            if user is None:
                user, is_path = identity.user, identity.is_path
            kind = kind or identity.type
    if found.id is None:
        name_type, name_id = device_name(table.text(record, "device-name") or "")
        if name_id and "?" not in (table.text(record, "device-name") or ""):
            other = device_id(name_id, none, no_id)
            found = other if other.id or not found.problem else found
            kind = kind or name_type
    if user is None and table.columns.has("identity"):
        # a script cut the identity down to the user
        cut = text(table.raw(record, "identity"), none)
        user = cut if cut and "§" not in cut and device_identity(cut) is None else None
    return DeviceId(found.id, found.problem, kind, user, is_path)


def _identity_text(raw: Raw) -> str | None:
    """Return the text of an identity, also where it was exported as an object."""
    if isinstance(raw, Nested):
        whole = member(raw, "DistinguishedName")
        if isinstance(whole, str) and whole:
            return whole
    return text(raw)


def mailbox_rows(table: Table, users: Users) -> Iterator[MailboxRow]:
    """Yield the rows of a list of mailboxes that name a user; their spellings go to `users`."""
    for record in table.records:
        spellings = tuple(_with_identity(table, record))
        if spellings:
            enabled = switch(table.raw(record, "enabled"))
            yield MailboxRow(table, record.mark, users.add(spellings), table.text(record, "policy"), enabled)


def account_rows(table: Table, users: Users) -> Iterator[AccountRow]:
    """Yield the rows of a list of accounts that name a user; their spellings go to `users`."""
    for record in table.records:
        spellings = tuple(_with_identity(table, record))
        if not spellings:
            continue
        protected = table.raw(record, "protected")
        if protected is None:
            protected = member(table.raw(record, "descriptor"), "AreAccessRulesProtected")
        count = number(table.raw(record, "admin-count"))
        yield AccountRow(table, record.mark, users.add(spellings), count, switch(protected))


def _with_identity(table: Table, record: Record) -> Iterator[Spelling]:
    yield from table.spellings(record)
    for column in table.columns.places.get("user", ()):
        raw = record.values[column]
        if isinstance(raw, Nested):
            whole = member(raw, "DistinguishedName")
            if isinstance(whole, str) and whole:
                yield from spelling(whole, NAME)
