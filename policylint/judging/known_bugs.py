"""Known bugs that a policy or a server end brings out: conditions that stand with the devices, as data."""

from collections.abc import Iterator
from typing import Any

from policylint.judging.findings import Ruling
from policylint.judging.patterns import Pattern, pattern_of
from policylint.judging.targets import TargetSet
from policylint.knowledge import Knowledge
from policylint.knowledge.servers import Server

Patterns = tuple[Ruling, str | None, list[Pattern]]


def bugs_of_policies(knowledge: Knowledge, targets: TargetSet, server: Server | None, refused: int) -> list[Patterns]:
    """Return the rulings on bugs that show under some policies, each with its conditions; where, they tell themselves.

    `refused` is the mask of the targets of which nothing is said.
    """
    found: list[Patterns] = []
    for bug, mask in _bugs(knowledge, targets, server):
        if bug.get("when") and mask & ~refused:
            patterns = [pattern_of(entry, knowledge.catalogue) for entry in bug["when"]]
            found.append((_ruling("known-bug", bug, mask & ~refused, knowledge, targets), None, patterns))
    return found


def bugs_at_server(knowledge: Knowledge, targets: TargetSet, server: Server, refused: int) -> list[Ruling]:
    """Return the rulings on bugs that show at a server end, whatever the policy."""
    return [
        _ruling("server-bug", bug, mask & ~refused, knowledge, targets)
        for bug, mask in _bugs(knowledge, targets, server)
        if bug.get("server") and not bug.get("when") and mask & ~refused
    ]


def _bugs(knowledge: Knowledge, targets: TargetSet, server: Server | None) -> Iterator[tuple[dict[str, Any], int]]:
    """Yield the bugs of the targets that may show at a server end, with the targets that have them."""
    for family in dict.fromkeys(target.family for target in targets.targets):
        for bug in family.entry["known_bugs"]:
            if "server" not in bug or (server is not None and bug["server"] == server.id):
                having = {family.targets[position] for position in bug["releases"]}
                yield bug, targets.mask(target for target in targets.targets if target in having)


def _ruling(outcome: str, bug: dict[str, Any], mask: int, knowledge: Knowledge, targets: TargetSet) -> Ruling:
    return Ruling(
        knowledge.rulebook.by_outcome[outcome],
        targets,
        mask,
        detail=" ".join(filter(None, [bug["text"], bug.get("fix")])).rstrip("."),
        evidence=bug["evidence"],
        sources=tuple(knowledge.sources[name] for name in bug["sources"]),
        key=bug["text"].split(".")[0],
    )
