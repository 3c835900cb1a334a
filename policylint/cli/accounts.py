"""Reads the accounts of a merge: the files that were named, each once, and one policy out of each reference."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from policylint.cli.terminal import fail, note
from policylint.policies.choice import PolicyChoiceError, Reference, default_policy, named_policy, reference
from policylint.policies.labels import unique

if TYPE_CHECKING:
    from policylint.knowledge.catalogue import Catalogue
    from policylint.merging.model import Account
    from policylint.policies.policy import Policy

_STDIN = "-"


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
        return "stdin" if path == _STDIN else Path(path).stem or path


def read_accounts(
    files: list[str], named: list[str], catalogue: "Catalogue", *, max_size: int
) -> tuple["Account", ...]:
    """Read accounts from `FILE#Policy` and `NAME=FILE#Policy`.

    What cannot be read or does not name one policy ends the program with exit code 2 and a line that names the account.
    """
    from policylint.merging.model import Account

    asked = [_Asked(None, text, _reference(text)) for text in files] + [_named(text) for text in named]
    if len(asked) < 2:
        fail("a merge needs two accounts or more: name files, each FILE or FILE#Policy, or use --user")
    if sum(each.reference.path == _STDIN for each in asked) > 1:
        fail("- (stdin) can be read once only")
    read: dict[str, list[Policy]] = {}
    policies = []
    for each in asked:
        path = each.reference.path
        if path not in read:
            read[path] = _policies(each, catalogue, max_size)
        policies.append(_chosen(each, read[path]))
    given = [each.name for each in asked if each.name is not None]
    if len(set(given)) < len(given):
        twice = next(name for name in given if given.count(name) > 1)
        fail(f"two accounts are called {twice!r}; give each --account a name of its own")
    # a name that was given stays as it is: the others make way for it
    order = sorted(range(len(asked)), key=lambda number: asked[number].name is None)
    free = unique([asked[number].shown for number in order], [_detail(asked[n], policies[n]) for n in order])
    names = dict(zip(order, free, strict=True))
    return tuple(Account(names[number], policy) for number, policy in enumerate(policies))


def _named(text: str) -> _Asked:
    name, equals, rest = text.partition("=")
    if not equals or not name.strip() or not rest:
        fail(f"--account {text}: write NAME=FILE or NAME=FILE#Policy")
    return _Asked(name.strip(), rest, _reference(rest))


def _reference(text: str) -> Reference:
    return reference(text, lambda path: path == _STDIN or Path(path).is_file())


def _detail(asked: _Asked, policy: "Policy") -> str:
    return "" if asked.name is not None else policy.name


def _policies(asked: _Asked, catalogue: "Catalogue", max_size: int) -> "list[Policy]":
    from policylint.policies.files import read_inputs

    path = asked.reference.path
    if path != _STDIN and Path(path).is_dir():
        fail(f"account {asked.shown}: {path}: is a directory; name the file, or the policy as FILE#Policy")
    inputs = read_inputs([path], catalogue, max_bytes=max_size << 20)
    for text in inputs.notes:
        note(f"account {asked.shown}: {text}")
    for problem in inputs.errors:
        fail(f"account {asked.shown}: {problem}")
    return inputs.policies


def _chosen(asked: _Asked, policies: "list[Policy]") -> "Policy":
    try:
        if asked.reference.policy is None:
            return default_policy(policies)
        return named_policy(asked.reference.policy, policies)
    except PolicyChoiceError as error:
        fail(f"account {asked.shown}: {asked.reference.path}: {error}")
