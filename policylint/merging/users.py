"""Users and the sets of policies they have: equal sets are merged once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from policylint.merging.model import Account
from policylint.merging.naming import unique
from policylint.merging.user_list import UserRow
from policylint.policies.choice import PolicyChoiceError, Reference, named_policy, reference
from policylint.policies.labels import labels
from policylint.policies.policy import Policy


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
        parts.sort(key=lambda part: part[0])
        names = unique([row.account or policies[number].name for number, row in parts])
        by_set.setdefault(tuple(number for number, _ in parts), []).append((first.user, first.line, tuple(names)))
    policy_names = labels(policies)
    made = []
    for index, (numbers, users) in enumerate(by_set.items()):
        agreed = {names for _, _, names in users}
        shown = next(iter(agreed)) if len(agreed) == 1 else unique([policy_names[number] for number in numbers])
        accounts = tuple(Account(name, policies[number]) for name, number in zip(shown, numbers, strict=True))
        made.append(UserSet(accounts, [User(name, line, names, index) for name, line, names in users]))
    return made
