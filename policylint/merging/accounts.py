"""Reads the accounts of a merge: the files that were named, each once, and one policy out of each reference."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from policylint.merging.model import Account
from policylint.policies.choice import PolicyChoiceError, Reference, default_policy, named_policy, reference
from policylint.policies.disk import STDIN
from policylint.policies.files import Read
from policylint.policies.labels import unique
from policylint.policies.policy import Policy
from policylint.usage import UsageError


class _Asked(NamedTuple):
    """An account as it was asked for; `name` is None where none was given."""

    name: str | None
    text: str
    reference: Reference

    @property
    def shown(self) -> str:
        return self.name or self.stem

    @property
    def stem(self) -> str:
        path = self.reference.path
        return "stdin" if path == STDIN else Path(path).stem or path


def read_accounts(files: Sequence[str], named: Sequence[tuple[str, str]], read: Read) -> tuple[Account, ...]:
    """Read accounts from `FILE#Policy`, and from pairs of a name and such a reference.

    Raises `UsageError`, with the name of the account, for what cannot be read or does not name one policy.
    """
    asked = [_Asked(name, text, _reference(text)) for name, text in [*((None, text) for text in files), *named]]
    if len(asked) < 2:
        raise UsageError("a merge needs two accounts or more: name files, each FILE or FILE#Policy, or use --user")
    if sum(each.reference.path == STDIN for each in asked) > 1:
        raise UsageError("- (stdin) can be read once only")
    given = [each.name for each in asked if each.name is not None]
    held: dict[str, list[Policy]] = {}
    policies = []
    for each in asked:
        path = each.reference.path
        if path not in held:
            held[path] = _policies(each, read)
        policies.append(_chosen(each, held[path]))
    if len(set(given)) < len(given):
        twice = next(name for name in given if given.count(name) > 1)
        raise UsageError(f"two accounts are called {twice!r}; give each --account a name of its own")
    # a name that was given stays as it is: the others make way for it
    order = sorted(range(len(asked)), key=lambda number: asked[number].name is None)
    free = unique([asked[number].shown for number in order], [_detail(asked[n], policies[n]) for n in order])
    names = dict(zip(order, free, strict=True))
    return tuple(Account(names[number], policy) for number, policy in enumerate(policies))


def _reference(text: str) -> Reference:
    return reference(text, lambda path: path == STDIN or Path(path).is_file())


def _detail(asked: _Asked, policy: Policy) -> str:
    return "" if asked.name is not None else policy.name


def _policies(asked: _Asked, read: Read) -> list[Policy]:
    path = asked.reference.path
    whose = f"account {asked.shown}: "
    if path != STDIN and Path(path).is_dir():
        raise UsageError(f"{whose}{path}: is a directory; name the file, or the policy as FILE#Policy")
    inputs = read([path], whose=whose)
    if inputs.errors:
        raise UsageError(*(f"{whose}{error}" for error in inputs.errors))
    return inputs.policies


def _chosen(asked: _Asked, policies: list[Policy]) -> Policy:
    try:
        if asked.reference.policy is None:
            return default_policy(policies)
        return named_policy(asked.reference.policy, policies)
    except PolicyChoiceError as error:
        raise UsageError(f"account {asked.shown}: {asked.reference.path}: {error}") from None
