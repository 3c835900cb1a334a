"""A merge as CSV: a row for each setting, two columns for each account; nothing in it is a formula."""

from collections.abc import Iterator

from policylint.merging import words
from policylint.merging.model import MergedSetting, Preview
from policylint.merging.users import User, UserMerges
from policylint.writing.csv import line, rows

COLUMNS = ("property", "scope", "effective", "certain", "decided by", "note")


def render(preview: Preview) -> Iterator[str]:
    """Yield a merge row by row."""
    names = [account.name for account in preview.accounts]
    header = (*COLUMNS, *(column for name in names for column in (name, f"{name}: state")))
    yield from rows(header, (_row(setting) for setting in preview.settings))


def leading(setting: MergedSetting, decided_by: list[str]) -> tuple[str, ...]:
    """Return what a row says of a setting as a whole."""
    known = setting.property
    effective = "" if known.scope == "server" else words.effective(setting)
    return (known.key, known.scope, effective, str(setting.certain), ", ".join(decided_by), setting.note or "")


def _row(setting: MergedSetting) -> tuple[str, ...]:
    cells = [text for share in setting.shares for text in (words.value(share), share.state)]
    return (*leading(setting, [account.name for account in setting.decided_by]), *cells)


_BEFORE = ("user", "accounts", "set", "stricter than every account")


def render_users(merges: UserMerges) -> Iterator[str]:
    """Yield a header, then the settings of one user after another, set by set."""
    yield line((*_BEFORE, *COLUMNS))
    for preview, users in merges:
        written: dict[tuple[str, ...], list[str]] = {}
        for user in users:
            tails = written.get(user.accounts)
            if tails is None:
                tails = written[user.accounts] = _tails(preview, user)
            start = line([user.name])[:-1] + ","
            yield "".join(start + tail for tail in tails)


def _tails(preview: Preview, user: User) -> list[str]:
    """Write what follows the name of a user: the same for all who have these accounts."""
    names = dict(zip(preview.accounts, user.accounts, strict=True))
    accounts, strict = ", ".join(user.accounts), preview.merged.stricter_than_every_account
    return [
        line([accounts, user.set + 1, strict, *leading(setting, [names[account] for account in setting.decided_by])])
        for setting in preview.settings
    ]
