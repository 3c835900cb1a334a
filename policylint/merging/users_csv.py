"""Merges for many users as CSV: a row for each user and setting, its accounts called what the list calls them."""

from collections.abc import Iterator, Sequence

from policylint.merging.csv import COLUMNS, leading
from policylint.merging.preview import Preview
from policylint.merging.users import User
from policylint.writing.csv import line

_BEFORE = ("user", "accounts", "set", "stricter than every account")


def render(blocks: Iterator[tuple[Preview, Sequence[User]]]) -> Iterator[str]:
    """Yield a header, then the settings of one user after another, set by set."""
    yield line((*_BEFORE, *COLUMNS))
    for preview, users in blocks:
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
