"""The rules: what each finding is called, how grave it is and how it is worded. All of it is data."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule as its file describes it.

    Either the engine finds it (`outcome`) or its patterns do (`when`); `devices` are queries for the targets that a
    pattern concerns. What holds `once` is told once in a run, whatever the policy.
    """

    id: str
    name: str
    severity: str
    effect: str
    outcome: str | None
    when: tuple[dict[str, Any], ...]
    devices: tuple[str, ...]
    at: str | None
    message: str
    sources: tuple[str, ...]
    once: bool
    entry: dict[str, Any] = field(repr=False)


class Rulebook:
    """All rules, found by id, by name, or by the outcome of the engine they report."""

    def __init__(self, entries: list[dict[str, Any]]):
        self.rules = tuple(
            Rule(
                id=entry["id"],
                name=entry["name"],
                severity=entry["severity"],
                effect=entry["effect"],
                outcome=entry.get("outcome"),
                when=tuple(entry.get("when", ())),
                devices=tuple(entry.get("devices", ())),
                at=entry.get("at"),
                message=entry["message"],
                sources=tuple(entry["sources"]),
                once=entry.get("once", False),
                entry=entry,
            )
            for entry in entries
        )
        self.by_outcome = {rule.outcome: rule for rule in self.rules if rule.outcome}
        self.patterns = tuple(rule for rule in self.rules if rule.when)

    def named(self, name: str) -> Rule | None:
        """Find a rule by id or name, in any case."""
        wanted = name.casefold()
        return next((rule for rule in self.rules if wanted in (rule.id.casefold(), rule.name)), None)
