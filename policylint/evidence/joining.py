"""Evidence to a fleet: devices to users, users to policies, logs to devices, devices to the releases they may be."""

from collections.abc import Iterable, Sequence

from policylint.evidence.fleet import Account, Device, Fleet, Mailbox, Seen
from policylint.evidence.joining_logs import join_logs
from policylint.evidence.merging_rows import merged
from policylint.evidence.policy_names import PolicyNames
from policylint.evidence.reading import Evidence
from policylint.evidence.rows import AccountRow, DeviceRow, MailboxRow
from policylint.evidence.targets import Described, Recogniser
from policylint.evidence.unjoined import unjoined
from policylint.evidence.users import User
from policylint.knowledge import Knowledge
from policylint.knowledge.agents import Agents


def joined(evidence: Evidence, knowledge: Knowledge, agents: Agents, seen: Iterable[Seen] = ()) -> Fleet:
    """Join everything that evidence says; `seen` is what its logs come to, one for each user on a device.

    To be called once for an evidence. The order of files, rows and `seen` does not matter.
    """
    policies = _policies(evidence)
    of_user = evidence.users.user
    _give(evidence.mailboxes, [of_user(row.user) for row in evidence.mailboxes], policies)
    _list(evidence.accounts, [of_user(row.user) for row in evidence.accounts])
    devices = _devices(evidence, policies)
    users = evidence.users.all()
    strangers = join_logs(devices, evidence.users, seen)
    listed = any(user.mailbox for user in users)
    recogniser = Recogniser(agents, knowledge.evidence)
    for device in devices:
        _assign(device, policies, listed)
        _describe(device)
        described = Described(device.type, device.os, device.model, device.agent, device.client_type)
        device.identification = recogniser.recognise(described, device.id)
    devices.sort(key=lambda device: device.sort_key)
    for device in devices:
        device.user.devices.append(device)
    known = sorted((user for user in (*users, *strangers) if user.spellings), key=lambda user: user.sort_key)
    return Fleet(known, devices, policies, [*evidence.calendar.notes(), *unjoined(known, devices, policies, strangers)])


def _policies(evidence: Evidence) -> PolicyNames:
    dated = []
    for policy in evidence.policies:
        written = evidence.changes.get(id(policy))
        dated.append((policy, evidence.calendar.settle(written) if written else None))
    return PolicyNames(dated)


def _give(rows: Sequence[MailboxRow], users: Sequence[User], policies: PolicyNames) -> None:
    """Tell each user the policy that lists give them."""
    by_user: dict[User, list[MailboxRow]] = {}
    for row, user in zip(rows, users, strict=True):
        by_user.setdefault(user, []).append(row)
    for user, own in by_user.items():
        given = {policies.find(row.policy) if row.policy else policies.default for row in own}
        if len(given) > 1:
            given.discard(None)  # one list names what another leaves to the default
        switches = {row.enabled for row in own} - {None}
        enabled = next(iter(switches)) if len(switches) == 1 else None
        if len(given) > 1:
            user.mailbox = Mailbox(None, "conflict", enabled, tuple(own))
            continue
        policy = next(iter(given))
        by = "name" if any(row.policy for row in own) else "default" if policy else "no-default"
        user.mailbox = Mailbox(policy, by, enabled, tuple(own))  # type: ignore[arg-type]


def _list(rows: Sequence[AccountRow], users: Sequence[User]) -> None:
    """Tell each user what lists of accounts say: of several rows, what any of them says of protection."""
    by_user: dict[User, list[AccountRow]] = {}
    for row, user in zip(rows, users, strict=True):
        by_user.setdefault(user, []).append(row)
    for user, own in by_user.items():
        counts = [row.admin_count for row in own if row.admin_count is not None]
        told = [row.protected for row in own if row.protected is not None]
        user.account = Account(max(counts, default=None), any(told) if told else None, tuple(own))


def _devices(evidence: Evidence, policies: PolicyNames) -> list[Device]:
    grouped: dict[tuple[User, str | None, str], list[DeviceRow]] = {}
    for row in evidence.devices:
        user = evidence.users.user(row.user)
        # without an id, what is left to tell two devices of a user apart is what they are
        model = "" if row.id else (row.model or row.type or row.os or row.agent or "").casefold()
        grouped.setdefault((user, row.id.casefold() if row.id else None, model), []).append(row)
    owners: dict[str, set[User]] = {}
    for user, key, _ in grouped:
        if key is not None and user.spellings:
            owners.setdefault(key, set()).add(user)
    for user, key, model in [each for each in grouped if each[1] is not None and not each[0].spellings]:
        # a file without users speaks of the only owner that another file names
        if len(owners.get(key or "", ())) == 1:
            (owner,) = owners[key or ""]
            grouped[owner, key, model] += grouped.pop((user, key, model))
    return [merged(rows, user, evidence.calendar, policies) for (user, _, _), rows in grouped.items()]


def _assign(device: Device, policies: PolicyNames, listed: bool) -> None:
    """Decide which policy counts for a device: its user's, else the one it was given, else the default one."""
    mailbox = device.user.mailbox
    if mailbox is not None and mailbox.policy is not None:
        device.policy, device.assigned = mailbox.policy, "assigned"
    elif device.applied is not None:
        device.policy, device.assigned = device.applied, "applied"
    elif not listed and policies.default is not None:
        device.policy, device.assigned = policies.default, "default"


def _describe(device: Device) -> None:
    """Fill what no inventory says of a device with what logs saw last."""
    if device.client_type and device.client_type.isdecimal():
        device.client_type = None  # a number in place of a word
    for name, texts in (("agent", "agents"), ("type", "types"), ("os", "systems")):
        if getattr(device, name) is None:
            told = [(when, text) for seen in device.seen for text, when in getattr(seen.state, texts).items()]
            if told:
                setattr(device, name, max(told)[1])
