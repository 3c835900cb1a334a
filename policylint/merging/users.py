"""Users and the sets of policies they have: equal sets are merged once."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple

from policylint.exports.decode import decode
from policylint.exports.error import ExportError
from policylint.merging.model import Account, Preview, Setup
from policylint.policies.choice import PolicyChoiceError, Reference, named_policy, reference
from policylint.policies.disk import STDIN, read_whole
from policylint.policies.files import Input, Inputs, Read
from policylint.policies.labels import labels, unique
from policylint.policies.policy import Policy
from policylint.usage import UsageError

COLUMNS = ("user", "account", "policy")


class UserRow(NamedTuple):
    """One account of one user, and the line of the list it stands on."""

    line: int
    user: str
    account: str
    policy: str


class BadRow(NamedTuple):
    """A row that says nothing that could be used, and why."""

    line: int
    reason: str


def read(data: bytes) -> Iterator[UserRow | BadRow]:
    """Yield the rows of a list in UTF-8 or UTF-16, delimited by commas, semicolons or tabs.

    Raises `ExportError` where the whole list cannot be used, with the line where there is one.
    """
    lines = decode(data).text.splitlines(keepends=True)
    begin = next((number for number, line in enumerate(lines) if line.strip()), None)
    if begin is None:
        raise ExportError("the list of users is empty")
    delimiter = max(",;\t", key=lines[begin].count)
    rows = csv.reader(lines[begin:], delimiter=delimiter, strict=True)
    try:
        header = [name.strip().casefold() for name in next(rows)]
        missing = [name for name in COLUMNS if header.count(name) != 1]
        if missing:
            raise ExportError(f"the header must name user, account and policy once each; see {', '.join(missing)}")
        columns = [header.index(name) for name in COLUMNS]
        before = rows.line_num
        for row in rows:
            line, before = begin + before + 1, rows.line_num
            if not any(field.strip() for field in row):
                continue
            if len(row) <= max(columns):
                yield BadRow(line, f"{len(row)} values, but the header has {len(header)} columns")
                continue
            user, account, policy = (row[column].strip() for column in columns)
            if not user or not policy:
                yield BadRow(line, f"no {'policy' if user else 'user'}")
            else:
                yield UserRow(line, user, account, policy)
    except csv.Error as error:
        raise ExportError(f"not a list of users: {error}", line=begin + rows.line_num) from None


@dataclass(frozen=True, slots=True)
class User:
    """One user: the line that names them first, and what the list calls their accounts, in the order of the set."""

    name: str
    line: int
    accounts: tuple[str, ...]
    set: int


@dataclass(slots=True)
class UserSet:
    """A set of policies, and the users that have it."""

    accounts: tuple[Account, ...]
    users: list[User] = field(default_factory=list)


class PolicyFinder:
    """Finds the policy that a row names: by name or Guid, or as `FILE#Policy` of a file that was given."""

    def __init__(self, policies: Sequence[Policy]):
        self._policies = policies
        self._found: dict[str, int | PolicyChoiceError] = {}
        self._by_path: dict[str, list[Policy]] = {}
        for policy in policies:
            self._by_path.setdefault(policy.document.path, []).append(policy)
        self._index = {id(policy): number for number, policy in enumerate(policies)}

    def find(self, text: str) -> int:
        """Return the number of a policy. Raises `PolicyChoiceError`."""
        found = self._found.get(text)
        if found is None:
            try:
                found = self._index[id(self._search(text))]
            except PolicyChoiceError as error:
                found = error
            self._found[text] = found
        if isinstance(found, PolicyChoiceError):
            raise found
        return found

    def _search(self, text: str) -> Policy:
        wanted: Reference = reference(text, self._by_path.__contains__)
        if wanted.policy is not None and wanted.path in self._by_path:
            return named_policy(wanted.policy, self._by_path[wanted.path])
        return named_policy(text, self._policies)


@dataclass(slots=True)
class UserMerges:
    """The merges of a list of users: one for each set of policies, made anew whenever somebody goes through them.

    `unread` tells of the rows that could not be used. `severities` are those of the findings met so far.
    """

    kind: ClassVar[str] = "users"

    setup: Setup
    inputs: Sequence[Input]
    sets: Sequence[UserSet]
    preview: Callable[[Sequence[Account]], Preview]
    unread: list[str]
    severities: set[str] = field(default_factory=set)

    def __iter__(self) -> Iterator[tuple[Preview, Sequence[User]]]:
        for each in self.sets:
            preview = self.preview(each.accounts)
            self.severities |= preview.severities
            yield preview, each.users


def read_users(users: str, files: Sequence[str], read: Read, max_bytes: int) -> tuple[bytes, str, Inputs]:
    """Read a list of users and the files that hold the policies: its bytes, what to call it, what was read.

    Raises `UsageError`.
    """
    if not files:
        raise UsageError("--user goes with the files that hold the policies: name them, too")
    if users == STDIN and STDIN in files:
        raise UsageError("- (stdin) can be read once only")
    inputs = read(files)
    if inputs.errors:
        raise UsageError(*map(str, inputs.errors))
    return (*read_whole(users, max_bytes), inputs)


def merges_of(
    data: bytes,
    path: str,
    inputs: Inputs,
    preview: Callable[[Sequence[Account]], Preview],
    setup: Setup,
) -> UserMerges:
    """Read a list of users and group them by their policies. Raises `UsageError` where the whole list is of no use."""
    finder = PolicyFinder(inputs.policies)
    rows: list[tuple[UserRow, int]] = []
    unread = []
    try:
        for row in read(data):
            if isinstance(row, BadRow):
                unread.append(f"{path}:{row.line}: {row.reason}")
                continue
            try:
                rows.append((row, finder.find(row.policy)))
            except PolicyChoiceError as error:
                unread.append(f"{path}:{row.line}: user {row.user!r}: {error}")
    except ExportError as error:
        error.path = error.path or path
        raise UsageError(str(error)) from None
    if not rows and not unread:
        raise UsageError(f"{path}: names no user")
    return UserMerges(setup, inputs.summary, grouped(rows, inputs.policies), preview, unread)


def grouped(rows: Sequence[tuple[UserRow, int]], policies: Sequence[Policy]) -> list[UserSet]:
    """Group users by their sets of policies; each row comes with the number of its policy.

    Users are told apart by name, in any case. The accounts of a set bear the names that all of its users agree on,
    else the names of the policies.
    """
    held: dict[str, list[tuple[int, UserRow]]] = {}
    for row, number in rows:
        held.setdefault(row.user.casefold(), []).append((number, row))
    by_set: dict[tuple[int, ...], list[tuple[str, int, tuple[str, ...]]]] = {}
    for parts in held.values():
        first = parts[0][1]
        # a row that is repeated is no second account
        once = sorted(dict.fromkeys((number, row.account) for number, row in parts), key=lambda part: part[0])
        names = unique([account or policies[number].name for number, account in once])
        by_set.setdefault(tuple(number for number, _ in once), []).append((first.user, first.line, tuple(names)))
    policy_names = labels(policies)
    made = []
    for index, (numbers, users) in enumerate(by_set.items()):
        agreed = {names for _, _, names in users}
        shown = next(iter(agreed)) if len(agreed) == 1 else unique([policy_names[number] for number in numbers])
        accounts = tuple(Account(name, policies[number]) for name, number in zip(shown, numbers, strict=True))
        made.append(UserSet(accounts, [User(name, line, names, index) for name, line, names in users]))
    return made
