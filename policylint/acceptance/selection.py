"""Which findings a run is about: `--select` and `--ignore`, by rule, range of rules, or property."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from policylint.judging.findings import Finding
from policylint.judging.report import Report
from policylint.knowledge import Knowledge
from policylint.knowledge.nearest import did_you_mean, nearest

_RANGE = re.compile(r"[A-Z]+\d*", re.IGNORECASE)


class SelectorError(Exception):
    """A selector that names no rule, no range of rules and no property; the message holds the nearest names."""


class Selector(NamedTuple):
    """The ids of the rules it names, or the key of the property."""

    rules: frozenset[str]
    property: str | None

    def takes(self, rule: str, known: str) -> bool:
        """Tell whether it speaks of the findings of a rule on a property."""
        return rule in self.rules or known == self.property


def selectors(texts: Iterable[str], knowledge: Knowledge) -> list[Selector]:
    """Read selectors, several of which may stand in one text with commas between. Raises `SelectorError`."""
    return [_selector(part.strip(), knowledge) for text in texts for part in text.split(",") if part.strip()]


def _selector(text: str, knowledge: Knowledge) -> Selector:
    known = knowledge.catalogue.searched(text)
    if known is not None:
        return Selector(frozenset(), known.key)
    if _RANGE.fullmatch(text):
        within = frozenset(rule.id for rule in knowledge.rulebook.rules if rule.id.startswith(text.upper()))
        if within:
            return Selector(within, None)
    rule = knowledge.rulebook.named(text)
    if rule is None:
        names = [name for each in knowledge.rulebook.rules for name in (each.id, each.name)]
        names += [name for each in knowledge.catalogue.properties for name in each.spellings]
        hint = did_you_mean(nearest(text, names))
        raise SelectorError(f"{text!r} is no rule, no range of rules such as EAS1 and no property{hint}")
    return Selector(frozenset([rule.id]), None)


class Selection:
    """Keeps the findings that something selects, or all where nothing does, and that nothing ignores."""

    def __init__(self, selected: list[Selector], ignored: list[Selector]):
        self._selected = selected
        self._ignored = ignored
        self._kept: dict[tuple[str, str], bool] = {}

    def applied(self, report: Report) -> Report:
        """Return a report without the other findings. How devices fare is as it was: a refusal is one, told or not."""
        if not self._selected and not self._ignored:
            return report
        kept = [replace(each, findings=list(filter(self._keeps, each.findings))) for each in report.verdicts]
        return replace(report, verdicts=kept)

    def _keeps(self, finding: Finding) -> bool:
        key = (finding.rule.id, finding.subject_property)
        kept = self._kept.get(key)
        if kept is None:
            chosen = not self._selected or any(each.takes(*key) for each in self._selected)
            kept = self._kept[key] = chosen and not any(each.takes(*key) for each in self._ignored)
        return kept
