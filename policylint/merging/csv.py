"""A merge as CSV: a row for each setting, two columns for each account; nothing in it is a formula."""

from collections.abc import Iterator

from policylint.merging import words
from policylint.merging.model import MergedSetting
from policylint.merging.preview import Preview
from policylint.writing.csv import rows

COLUMNS = ("property", "scope", "effective", "decided by", "note")


def render(preview: Preview) -> Iterator[str]:
    """Yield a merge row by row."""
    names = [account.name for account in preview.accounts]
    header = (*COLUMNS, *(column for name in names for column in (name, f"{name}: state")))
    yield from rows(header, (_row(setting) for setting in preview.settings))


def leading(setting: MergedSetting, decided_by: list[str]) -> tuple[str, ...]:
    """Return what a row says of a setting as a whole."""
    known = setting.property
    effective = "" if known.scope == "server" else words.effective(setting)
    return (known.key, known.scope, effective, ", ".join(decided_by), setting.note or "")


def _row(setting: MergedSetting) -> tuple[str, ...]:
    cells = [text for share in setting.shares for text in (words.value(share), share.state)]
    return (*leading(setting, [account.name for account in setting.decided_by]), *cells)
