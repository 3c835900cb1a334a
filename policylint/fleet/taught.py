"""What was learned and who is suspected, put together for reports: a row for what several targets have in common."""

from dataclasses import dataclass
from typing import Any

from policylint import values
from policylint.knowledge.catalogue import GATE, Property
from policylint.knowledge.families import Target
from policylint.learning.deducing import experiment
from policylint.learning.trials import Lessons
from policylint.values import Value, to_text


@dataclass(frozen=True, slots=True, eq=False)
class LearnedRow:
    """A demand that is now known to be taken, or refused, on some targets, by devices and policies in numbers."""

    known: Property
    value: Value
    support: str
    targets: tuple[Target, ...]
    devices: int
    policies: int


@dataclass(frozen=True, slots=True, eq=False)
class SuspectsRow:
    """Demands of which one is refused on some targets. `experiment` is a policy that would tell which."""

    names: tuple[str, ...]
    targets: tuple[Target, ...]
    devices: int
    experiment: dict[str, Any]


def learned_rows(lessons: Lessons) -> list[LearnedRow]:
    """Return what is new or changed, one row for each support, value and set of targets."""
    found: dict[tuple[str, str, str], list[Any]] = {}
    for each in lessons.taught:
        if each.is_new:
            found.setdefault((each.known.key, str(each.support), to_text(each.value)), []).append(each)
    rows = []
    for (_, support, _), taught in sorted(found.items()):
        targets = tuple(sorted((each.target for each in taught), key=_order))
        devices = frozenset().union(*(each.devices for each in taught))
        policies = frozenset().union(*(each.policies for each in taught))
        first = taught[0]
        rows.append(LearnedRow(first.known, first.value, support, targets, len(devices), len(policies)))
    return rows


def suspects_rows(lessons: Lessons) -> list[SuspectsRow]:
    """Return who is suspected, one row for each set of suspects."""
    found: dict[tuple[str, ...], list[Any]] = {}
    for each in lessons.suspects:
        found.setdefault(tuple(sorted(each.names, key=lambda name: (name.startswith("("), name))), []).append(each)
    rows = []
    for names, alike in sorted(found.items()):
        targets = tuple(sorted((each.target for each in alike), key=_order))
        devices = frozenset().union(*(each.devices for each in alike))
        asked = {key: values.to_json(value) for key, value in experiment(alike[0]).items()}
        rows.append(SuspectsRow(names, targets, len(devices), {GATE: False, **asked}))
    return rows


def _order(target: Target) -> tuple[str, int]:
    return target.family.id, target.position
