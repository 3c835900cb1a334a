"""The rules: what each finding is called, how grave it is and how it is worded. All of it is data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from policylint.knowledge.nearest import did_you_mean, nearest


class UnknownRuleError(Exception):
    """A name that no rule has; the message holds the nearest ones."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule as its file describes it.

    Either the engine finds it (`outcome`) or its patterns do (`when`); `devices` are queries for the targets that a
    pattern concerns. What holds `once` is told once in a run, whatever the policy. `about` is what it judges: a
    `policy`, or a `chain` of certificates.
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
    about: str
    entry: dict[str, Any] = field(repr=False)


class Rulebook:
    """All rules, found by id, by name, or by the outcome of the engine they report."""

    def __init__(self, rules: Iterable[Rule]):
        self.rules = tuple(rules)
        self.by_outcome = {rule.outcome: rule for rule in self.rules if rule.outcome}
        self.patterns = tuple(rule for rule in self.rules if rule.when)

    @classmethod
    def of_entries(cls, entries: list[dict[str, Any]]) -> "Rulebook":
        """Make it out of the compiled entries of a pack."""
        return cls(
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
                about=entry.get("about", "policy"),
                entry=entry,
            )
            for entry in entries
        )

    def regraded(self, severities: Mapping[str, str]) -> "Rulebook":
        """Return the rulebook with other severities for some rules, named by id."""
        return Rulebook(replace(rule, severity=severities.get(rule.id, rule.severity)) for rule in self.rules)

    def find(self, name: str) -> Rule:
        """Find a rule by id or name, in any case. Raises `UnknownRuleError`."""
        rule = self.named(name)
        if rule is None:
            near = nearest(name, [each for rule in self.rules for each in (rule.id, rule.name)])
            hint = did_you_mean(near) or " (policylint rules lists them)"
            raise UnknownRuleError(f"unknown rule {name!r}{hint}")
        return rule

    def named(self, name: str) -> Rule | None:
        """Find a rule by id or name, in any case."""
        wanted = name.casefold()
        return next((rule for rule in self.rules if wanted in (rule.id.casefold(), rule.name)), None)
