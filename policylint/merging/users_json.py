"""Merges for many users as JSON: `policylint/merge-users/1`; each distinct set of policies is there once."""

from collections.abc import Iterator, Sequence

from policylint.merging.json import accounts_and_strictness, admission, findings, head, setting, writer_of
from policylint.merging.preview import Preview, Setup
from policylint.merging.users import User
from policylint.report.json import array, dumps, members

SCHEMA = "policylint/merge-users/1"


def render(setup: Setup, blocks: Iterator[tuple[Preview, Sequence[User]]]) -> Iterator[str]:
    """Yield the sets, then the users, in pieces that make one JSON document."""
    yield "{\n" + members({"schema": SCHEMA, **head(setup)})
    users: list[User] = []
    yield from array("sets", _sets(setup, blocks, users))
    yield '  "users": ['
    separator = "\n    "
    for user in sorted(users, key=lambda user: user.line):
        entry = {"user": user.name, "accounts": user.accounts, "set": user.set, "line": user.line}
        yield separator + dumps(entry)
        separator = ",\n    "
    yield "\n  ]\n}\n" if users else "]\n}\n"


def _sets(setup: Setup, blocks: Iterator[tuple[Preview, Sequence[User]]], users: list[User]) -> Iterator[str]:
    writer = writer_of(setup)
    for preview, named in blocks:
        users += named
        plain = dumps({**accounts_and_strictness(preview), "settings": [setting(each) for each in preview.settings]})
        judged = ", ".join(admission(each, writer) for each in preview.admissions)
        found = ", ".join(findings(preview, writer))
        yield f'{plain[:-1]}, "admissions": [{judged}], "findings": [{found}]}}'
