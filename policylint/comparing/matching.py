"""Finds for each policy of the old side the same policy on the new one: by Guid, then by name."""

from collections.abc import Callable, Iterator
from typing import Literal

from policylint.comparing.changes import content
from policylint.comparing.model import Pair, Side
from policylint.policies.policy import Policy

_BY: tuple[tuple[Literal["guid", "name"], Callable[[Policy], str | None]], ...] = (
    ("guid", lambda policy: policy.guid),
    ("name", lambda policy: policy.name.casefold()),
)


def paired(old: Side, new: Side) -> tuple[list[Pair], list[str]]:
    """Pair policies: those of the new side in their order, then those that are gone. None is left out.

    Where several answer to one Guid or name, those of the same file find each other first, then those that say the
    same, then the others in their order. The names of these are returned as well.
    """
    # as dicts, because they keep the order and give up single policies quickly
    olds, news = dict.fromkeys(old.policies), dict.fromkeys(new.policies)
    partners: dict[Policy, Pair] = {}
    repeated: dict[str, None] = {}
    for by, key in _BY:
        for same_file in (True, False):
            groups: dict[tuple[str, str], tuple[list[Policy], list[Policy]]] = {}
            for number, side, policies in ((0, old, olds), (1, new, news)):
                for policy in policies:
                    found = key(policy)
                    if found is not None:
                        where = side.file(policy) if same_file else ""
                        groups.setdefault((found, where), ([], []))[number].append(policy)
            for ours, theirs in groups.values():
                if ours and theirs and len(ours) + len(theirs) > 2:
                    repeated[theirs[0].name] = None
                for one, other in _matched(ours, theirs):
                    partners[other] = Pair(one, other, by)
                    del olds[one], news[other]
    if old.is_one and new.is_one and olds and news:  # two policies that somebody holds against each other
        (one,), (other,) = olds, news
        partners[other] = Pair(one, other)
        del olds[one]
    pairs = [partners.get(each) or Pair(None, each) for each in new.policies]
    return [*pairs, *(Pair(one, None) for one in olds)], list(repeated)


def _matched(olds: list[Policy], news: list[Policy]) -> Iterator[tuple[Policy, Policy]]:
    if len(olds) == len(news) == 1:
        yield olds[0], news[0]
        return
    alike: dict[object, list[Policy]] = {}
    for each in reversed(news):
        alike.setdefault(content(each), []).append(each)
    left = []
    taken = set()
    for each in olds:
        others = alike.get(content(each))
        if others:
            taken.add(others[-1])
            yield each, others.pop()
        else:
            left.append(each)
    yield from zip(left, (each for each in news if each not in taken), strict=False)
