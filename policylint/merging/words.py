"""The words of a merge: values, states, what conflicts, what the gate of each account means."""

from collections.abc import Iterator, Sequence

from policylint import values
from policylint.judging.findings import Finding
from policylint.knowledge.catalogue import GATE
from policylint.merging.admission import counts
from policylint.merging.model import DeviceMerge, MergedSetting, Preview, Share
from policylint.merging.users import User
from policylint.writing.style import and_more, number
from policylint.writing.table import listed

PER_ACCOUNT = "Per account (not merged across accounts by clients we know)"
SERVER = "Server settings (never merged: each account's own server decides)"
NOTHING_ALLOWED = "nothing allowed"

_MEANINGS = {
    "decides": "its value is the effective one",
    "looser": "another account asks for more",
    "gated off": "its own policy requires no password",
    "not set": "it asks nothing, whatever its export prints",
    "hidden": "its export does not tell",
}


def effective(setting: MergedSetting, *, short: bool = False) -> str:
    """Say what comes out of a merge, in a few words."""
    if setting.conflict:
        return "conflict: " + " or ".join(values.to_text(value) for value in setting.conflict)
    if not setting.certain:
        return f"{_effective(setting, short=short)} or stricter" if setting.matters else "not known"
    return _effective(setting, short=short)


def _effective(setting: MergedSetting, *, short: bool) -> str:
    if setting.nothing_allowed:
        return NOTHING_ALLOWED
    if setting.effective is None:
        return "not merged" if setting.matters else "no demand"
    text = values.to_text(setting.effective)
    return values.shorten(text) if short else text


def share(share: Share, *, short: bool = False) -> str:
    """Say what an account contributes, and why it lost if it did."""
    if share.value is None:
        return state("not-set" if share.state == "same" else share.state)
    text = value(share, short=short)
    return f"{text}, {state(share.state)}"


def value(share: Share, *, short: bool = False) -> str:
    """Say what value an account has."""
    if share.value is None:
        return "hidden" if share.state == "hidden" else "not set"
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
    return [*found, *_hidden(preview)]


def _hidden(preview: Preview) -> Iterator[str]:
    """Say once for each group of accounts what their exports do not tell, though it may count."""
    by_accounts: dict[tuple[str, ...], list[str]] = {}
    for setting in preview.settings:
        hiding = tuple(share.account.name for share in setting.shares if share.state == "hidden")
        if hiding and not setting.certain:
            by_accounts.setdefault(hiding, []).append(setting.property.key)
    for accounts, keys in by_accounts.items():
        export = "The export of" if len(accounts) == 1 else "The exports of"
        verb = "does" if len(accounts) == 1 else "do"
        yield (
            f"{export} {', '.join(accounts)} {verb} not tell {number(len(keys), 'setting')}: "
            f"{and_more(keys, _LISTED)}. What comes out of them may be stricter."
        )


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
_LISTED = 8


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
    named = and_more([user.name for user in users], _NAMED)
    return f"Set {index} of {count}: {number(len(users), 'user', 'users')} ({named})"


def total(users: int, sets: int) -> str:
    """Count users and sets."""
    return f"{number(users, 'user', 'users')}, {number(sets, 'distinct set of policies', 'distinct sets of policies')}"
