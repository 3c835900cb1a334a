"""Users out of the spellings that many files have of them.

Spellings of one row are one user. Rows are one user where they share an address, a name of the directory or a GUID;
else where they share a name to sign in with, else a displayed name: these two only where nobody else has it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policylint.evidence.spellings import ADDRESS, GUID, LOGIN, NAME, PATH, Spelling, address, mangled, short_name

if TYPE_CHECKING:
    from policylint.evidence.fleet import Account, Device, Mailbox

_ORDER = {ADDRESS: 0, LOGIN: 1, NAME: 2, PATH: 3, GUID: 4}
"""Which kind of spelling a user is called by."""


@dataclass(slots=True, eq=False)
class User:
    """One user and all spellings of theirs, the most telling first.

    Joining adds the `mailbox` and the `account` that lists have of the user, None where there is none, and the devices.
    """

    spellings: tuple[Spelling, ...] = field(default=(), repr=False)
    mailbox: "Mailbox | None" = field(default=None, repr=False)
    account: "Account | None" = field(default=None, repr=False)
    devices: "list[Device]" = field(default_factory=list, repr=False)

    @property
    def label(self) -> str:
        """What a report calls the user: the address, else the name to sign in with, else the displayed name."""
        return self.spellings[0].text if self.spellings else ""

    def texts(self, kind: str) -> tuple[str, ...]:
        """Return the spellings of one kind."""
        return tuple(each.text for each in self.spellings if each.kind == kind)

    @property
    def sort_key(self) -> tuple[str, ...]:
        """What orders users, whatever the order of files."""
        return tuple(each.key for each in self.spellings)


class Users:
    """Collects rows of spellings, then says which of them are one user."""

    def __init__(self) -> None:
        self._rows: list[tuple[Spelling, ...]] = []
        self._numbers: dict[tuple[Spelling, ...], int] = {}
        self._parents: list[int] = []
        self._users: dict[int, User] = {}
        self._by_key: dict[tuple[str, str], set[int]] = {}
        self._domains: set[str] = set()

    def add(self, spellings: Iterable[Spelling]) -> int:
        """Add a row, and return its number: equal rows have one number."""
        row = tuple(sorted(set(spellings)))
        number = self._numbers.get(row)
        if number is None:
            number = self._numbers[row] = len(self._rows)
            self._rows.append(row)
            self._parents.append(number)
        return number

    def settle(self) -> None:
        """Join the rows; to be called once, after the last row."""
        self._join_certain()
        for kind in (LOGIN, NAME):
            self._join_unless_taken(kind)
        members: dict[int, set[Spelling]] = {}
        for number, row in enumerate(self._rows):
            members.setdefault(self._root(number), set()).update(row)
        for root, spellings in members.items():
            ordered = sorted(spellings, key=lambda each: (_ORDER[each.kind], each.rank, each.key, each.text))
            self._users[root] = User(tuple(ordered))
            for each in ordered:
                self._by_key.setdefault((each.kind, each.key), set()).add(root)
                if each.kind == ADDRESS:
                    local, _, domain = each.key.partition("@")
                    self._by_key.setdefault(("local", local), set()).add(root)
                    self._domains.add(domain)

    def user(self, number: int) -> User:
        """Return the user of a row."""
        return self._users[self._root(number)]

    def person(self, text: str) -> str:
        """Return what is the same for all spellings of a user in logs: of one that is not known, the name in short."""
        user = self.find(text)
        return f"\0{user.sort_key}" if user is not None else short_name(text)

    def all(self) -> list[User]:
        """Return all users in a fixed order."""
        return sorted(self._users.values(), key=lambda user: user.sort_key)

    def find(self, text: str) -> User | None:
        r"""Return the only user that a name in a log means: an address, `DOMAIN\name` or a name to sign in with.

        Where an address is not known as it stands, what comes before its @ counts, unless its domain is known.
        """
        mail = address(text)
        local, _, domain = text.strip().rsplit("\\", 1)[-1].casefold().partition("@")
        asked = [(ADDRESS, mail.casefold())] if mail else []
        if domain not in self._domains:
            asked += [(LOGIN, local), ("local", local), (NAME, local)]
        for each in asked:
            found = self._by_key.get(each, ())
            if found:
                return self._users[next(iter(found))] if len(found) == 1 else None
        return None

    def _root(self, number: int) -> int:
        parents = self._parents
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    def _join(self, numbers: Iterable[int]) -> None:
        roots = sorted({self._root(number) for number in numbers})
        for other in roots[1:]:
            self._parents[other] = roots[0]

    def _join_certain(self) -> None:
        shared: dict[tuple[str, str], int] = {}
        legible: dict[str, set[int]] = {}
        for number, row in enumerate(self._rows):
            for each in row:
                if each.kind in (PATH, GUID, ADDRESS):
                    self._join((shared.setdefault((each.kind, each.key), number), number))
                if each.kind == PATH and mangled(each.key) != each.key:
                    legible.setdefault(mangled(each.key), set()).add(number)
        for (kind, key), number in shared.items():
            if kind == PATH and "?" in key:
                roots = {self._root(other) for other in legible.get(key, ())}
                if len(roots) == 1:
                    self._join((number, *roots))

    def _join_unless_taken(self, kind: str) -> None:
        """Join rows that share a spelling, unless they are known to be several users."""
        sharing: dict[str, list[int]] = {}
        told: dict[int, set[tuple[str, str]]] = {}
        for number, row in enumerate(self._rows):
            own = told.setdefault(self._root(number), set())
            own.update(_tells_apart(row, kind))
            for each in row:
                if each.kind == kind:
                    sharing.setdefault(each.key, []).append(number)
        for key in sorted(sharing):
            roots = {self._root(number) for number in sharing[key]}
            if len(roots) < 2:
                continue
            facts = [told[root] for root in sorted(roots)]
            if _may_be_one(facts):
                self._join(roots)
                told[self._root(next(iter(roots)))] = set().union(*facts)


def _tells_apart(row: Sequence[Spelling], kind: str) -> set[tuple[str, str]]:
    """Return what a user has only one of, so that two of them are two users."""
    facts = {(PATH, mangled(each.key)) for each in row if each.kind == PATH}
    if kind == NAME:
        facts |= {(f"{each.kind} {each.rank}", each.key) for each in row if _own(each)}
    return facts


def _may_be_one(users: Sequence[set[tuple[str, str]]]) -> bool:
    """Tell whether nothing shows that these are several users."""
    for about in {about for facts in users for about, _ in facts}:
        values = [{value for name, value in facts if name == about} for facts in users]
        if not set.intersection(*(each for each in values if each)):
            return False
    return True


def _own(each: Spelling) -> bool:
    """Tell a spelling that nobody has twice: the main address, the principal name, the account's name."""
    return (each.kind == ADDRESS and each.rank < 2) or (each.kind == LOGIN and each.rank == 0)
