"""The words of a merge: values, states, what conflicts, what the gate of each account means."""

from collections.abc import Sequence

from policylint import values
from policylint.judging.findings import Finding
from policylint.judging.judgement import GATE
from policylint.merging.admission import counts
from policylint.merging.model import DeviceMerge, MergedSetting, Preview, Share
from policylint.merging.users import User
from policylint.writing.style import number
from policylint.writing.table import listed

PER_ACCOUNT = "Per account (not merged across accounts by clients we know)"
SERVER = "Server settings (never merged: each account's own server decides)"
NOTHING_ALLOWED = "nothing allowed"

_MEANINGS = {
    "decides": "its value is the effective one",
    "looser": "another account asks for more",
    "gated off": "its own policy requires no password",
    "not set": "it asks nothing, whatever its export prints",
}


def effective(setting: MergedSetting, *, short: bool = False) -> str:
    """Say what comes out of a merge, in a few words."""
    if setting.conflict:
        return "conflict: " + " or ".join(values.to_text(value) for value in setting.conflict)
    if setting.nothing_allowed:
        return NOTHING_ALLOWED
    if setting.effective is None:
        return "not merged" if setting.matters else "no demand"
    text = values.to_text(setting.effective)
    return values.shorten(text) if short else text


def share(share: Share, *, short: bool = False) -> str:
    """Say what an account contributes, and why it lost if it did."""
    if share.value is None and share.state in ("same", "not-set"):
        return "not set"
    text = value(share, short=short)
    return f"{text}, {state(share.state)}"


def value(share: Share, *, short: bool = False) -> str:
    """Say what value an account has."""
    if share.value is None:
        return "not set"
    text = values.to_text(share.value)
    return values.shorten(text) if short else text


def state(name: str) -> str:
    """Say how an account's value stands, in words."""
    return {"gated-off": "gated off", "not-set": "not set"}.get(name, name)


def legend(settings: list[MergedSetting]) -> list[str]:
    """Explain the words that occur among the cells of some settings."""
    used = {state(each.state) for setting in settings for each in setting.shares}
    return [f"{word}: {meaning}" for word, meaning in _MEANINGS.items() if word in used]


def remarks(preview: Preview) -> list[str]:
    """Say what a table cannot: conflicts, lists of which nothing is left, notes of the merge."""
    found = []
    for setting in preview.settings:
        key = setting.property.key
        if setting.conflict:
            who = "; ".join(
                f"{each.account.name} asks for {values.to_text(each.value)}"
                for each in setting.shares
                if each.account in setting.decided_by
            )
            found.append(f"{key} conflicts: {who}; no device can do both.")
        if setting.nothing_allowed:
            who = " and ".join(account.name for account in setting.decided_by)
            found.append(
                f"{key}: nothing allowed. No application is on the lists of {who} alike, "
                "which is not the same as no list."
            )
        if setting.note:
            found.append(f"{key}: {setting.note}")
    return found


def strictness(preview: Preview) -> str:
    """Say whether the result is stricter than every single account, and who contributes what."""
    parts = [f"{account.name} ({', '.join(keys)})" for account, keys in preview.contributions() if keys]
    if not preview.merged.stricter_than_every_account:
        return ""
    return "Stricter than every single account: " + "; ".join(parts) + "."


def gates(preview: Preview) -> list[tuple[str, str]]:
    """Say for each account whether its server would still let a device in that cannot take the whole set."""
    told = []
    for account, gate in preview.gates():
        assumed = account.policy.get(GATE) is None
        if gate is None:
            told.append((account.name, f"{GATE} is not in the export: nobody knows (--assume-gate settles it)"))
            continue
        what = "lets it in all the same" if gate else "refuses it"
        told.append((account.name, f"{what} ({GATE} is {gate}{', assumed' if assumed else ''})"))
    return told


GATES = "A device that cannot take the whole set: would the server of each account let it in?"
"""The heading of the gates."""

KNOWN = "What is known of how each client merges accounts"
ASSUMED = "assumed: strictest wins"
JUDGED = "The merged set on the devices, by account"

_NAMED = 5


def cited(device: DeviceMerge) -> str:
    """Name the sources of what is known, by their ids."""
    return f"[{', '.join(device.sources)}]" if device.sources else ""


def summary(preview: Preview) -> list[str]:
    """Count accounts, targets and findings: words for a line."""
    stamp = preview.setup.stamp
    accounts = number(len(preview.accounts), "account", "accounts")
    head = f"{accounts} × {number(len(stamp.targets.targets), 'target', 'targets')} ({stamp.chosen_by}):"
    return [*head.split(), *listed([number(count, name, f"{name}s") for name, count in counts(preview).items()], ",")]


def place(finding: Finding) -> str:
    """Say where a finding stands: path, line and column."""
    found = finding.place
    return f"{found.path}:{found.line}:{found.column}"


def heading(index: int, count: int, users: Sequence[User]) -> str:
    """Name a set by its number, and the first of its users."""
    named = ", ".join(user.name for user in users[:_NAMED])
    more = f" and {len(users) - _NAMED} more" if len(users) > _NAMED else ""
    return f"Set {index} of {count}: {number(len(users), 'user', 'users')} ({named}{more})"


def total(users: int, sets: int) -> str:
    """Count users and sets."""
    return f"{number(users, 'user', 'users')}, {number(sets, 'distinct set of policies', 'distinct sets of policies')}"
