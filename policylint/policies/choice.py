"""How a reader names a policy: `FILE`, `FILE#Policy`, and within a file by name or Guid, in any case."""

import difflib
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from policylint.exports.error import ExportError
from policylint.policies.policy import Policy
from policylint.usage import UsageError
from policylint.writing.style import and_more

if TYPE_CHECKING:
    from policylint.policies.files import Inputs

SEPARATOR = "#"


_NAMED = 10


class Reference(NamedTuple):
    """A file, and the policy asked for in it; None: its only one, or its default policy."""

    path: str
    policy: str | None


class PolicyChoiceError(Exception):
    """No policy, or more than one, answers to a reference; the message is one line."""


def reference(text: str, is_file: Callable[[str], bool]) -> Reference:
    """Split `FILE#Policy`. A path that holds a `#` itself works if there is such a file."""
    if is_file(text) or SEPARATOR not in text:
        return Reference(text, None)
    position = text.rfind(SEPARATOR)
    last = position
    while position >= 0:
        if is_file(text[:position]):
            return Reference(text[:position], text[position + 1 :])
        position = text.rfind(SEPARATOR, 0, position)
    return Reference(text[:last], text[last + 1 :])


def asked_of(texts: Sequence[str], exists: Callable[[str], bool]) -> dict[str, list[str] | None]:
    """Sort `FILE` and `FILE#Policy` by file: the policies asked for of each, None for all of them."""
    found: dict[str, list[str] | None] = {}
    for text in texts:
        path, policy = reference(text, exists)
        if policy is not None and not exists(path):
            path, policy = text, None  # to be told as it was typed
        names = found.setdefault(path, [])
        if policy is None or names is None:
            found[path] = None
        else:
            names.append(policy)
    return found


def _answering(names: Sequence[str], policies: Iterable[Policy]) -> list[Policy]:
    plain = [_plain(name) for name in names]
    return [policy for policy in policies if any(policy.answers_to(name) for name in plain)]


def only(names: Sequence[str], inputs: "Inputs") -> "Inputs":
    """Leave out policies that answer to none of some names; without names, none of them."""
    if names:
        found = set(_answering(names, inputs.policies))
        inputs.left_out += [policy for policy in inputs.policies if policy not in found]
        inputs.policies = [policy for policy in inputs.policies if policy in found]
    return inputs


def need(
    names: Sequence[str],
    policies: Sequence[Policy],
    others: Sequence[Policy] = (),
    errors: Sequence[ExportError] = (),
) -> None:
    """Raise `UsageError` where no policy answers to one of the names; `others` were read, too, and `errors` met."""
    for name in names:
        if not _answering([name], policies):
            try:
                _unknown(name, [*policies, *others])
            except PolicyChoiceError as error:
                raise UsageError(*map(str, errors), str(error)) from None


def _plain(name: str) -> str:
    return name.strip().removeprefix("{").removesuffix("}")


def default_policy(policies: Sequence[Policy]) -> Policy:
    """Return the only policy, or the one marked as the default. Raises `PolicyChoiceError`."""
    marked = [policy for policy in policies if policy.value("IsDefaultPolicy") is True]
    chosen = list(policies) if len(policies) == 1 else marked
    if len(chosen) == 1:
        return chosen[0]
    what = f"{len(marked)} are marked as the default" if marked else "none is marked as the default"
    raise PolicyChoiceError(f"holds {len(policies)} policies and {what}; add #Policy: {_listed(_names(policies))}")


def named_policy(name: str, policies: Sequence[Policy]) -> Policy:
    """Return a policy by name or Guid, in any case. Raises `PolicyChoiceError`, with the names there are."""
    wanted = name.strip().casefold()
    guid = wanted.strip("{}")
    found = [policy for policy in policies if policy.guid == guid] or [
        policy for policy in policies if policy.name.casefold() == wanted
    ]
    if len(found) == 1:
        return found[0]
    if found:
        places = _listed([f"{each.document.path} ({each.guid or 'no Guid'})" for each in found])
        raise PolicyChoiceError(f"{len(found)} policies are called {name!r}: in {places}; give a Guid or FILE#Policy")
    return _unknown(name, policies)


def _unknown(name: str, policies: Sequence[Policy]) -> Policy:
    wanted = name.strip().casefold()
    names = sorted(
        _names(policies),
        key=lambda each: (-difflib.SequenceMatcher(None, wanted, each.casefold()).ratio(), each.casefold()),
    )
    raise PolicyChoiceError(f"no policy {name!r}" + (f"; there are: {_listed(names)}" if names else ""))


def _names(policies: Sequence[Policy]) -> list[str]:
    return list(dict.fromkeys(policy.name for policy in policies))


def _listed(names: Sequence[str]) -> str:
    return and_more([repr(name) for name in names], _NAMED)
