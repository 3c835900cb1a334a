"""What could not be joined: told in numbers, without a name."""

from collections.abc import Iterator, Sequence

from policylint.evidence.fleet import Device
from policylint.evidence.policy_names import PolicyNames
from policylint.evidence.users import User


def unjoined(
    users: Sequence[User], devices: Sequence[Device], policies: PolicyNames, strangers: Sequence[User]
) -> Iterator[str]:
    """Say how many users, devices and policies have no counterpart where the evidence has such lists at all."""
    mailboxes = [user.mailbox for user in users if user.mailbox is not None]
    if mailboxes:
        others = sum(1 for device in devices if device.user.mailbox is None)
        if others:
            yield f"{_count(others, 'device')} of users who are in no list of mailboxes"
    by = [mailbox.by for mailbox in mailboxes]
    if "no-default" in by:
        count = _count(by.count("no-default"), "user")
        yield f"{count} with the default policy, and no exported policy is marked as the default: theirs is unknown"
    if "conflict" in by:
        yield f"{_count(by.count('conflict'), 'user')} with several policies, each by another list: theirs is unknown"
    known = set(policies.known)
    if known:
        for what, lacking in (
            ("given to users", {box.policy for box in mailboxes} - known - {None}),
            ("applied to devices", {device.applied for device in devices} - known - {None}),
        ):
            if lacking:
                names = ", ".join(sorted(repr(each.name) for each in lacking if each)[:5])
                yield f"{_count(len(lacking), 'policy', 'policies')} {what} and not among the exported ones: {names}"
    if strangers:
        yield f"{_count(len(strangers), 'user')} in the logs whom no list and no inventory names"
    nobody = sum(1 for device in devices if not device.user.spellings)
    if nobody:
        yield f"{_count(nobody, 'device')} without a user"


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"
