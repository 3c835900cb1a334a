"""The baseline: findings that are known already, so that only what is new counts.

An entry is a finding by its rule, the identity of its policy, its property and its targets, never by its line: a new
export moves lines and changes nothing. A target that an entry does not list is new.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from policylint.judging.findings import Divider, Finding, Waived
from policylint.judging.report import Report, Verdicts
from policylint.judging.targets import TargetSet


class Entry(NamedTuple):
    """What a finding is known by, its targets apart. `key` tells apart what one rule says of one property."""

    rule: str
    identity: str
    property: str
    key: str = ""


def _entry_of(finding: Finding) -> Entry:
    return Entry(finding.rule.id, finding.subject, finding.subject_property, finding.ruling.key)


class Stale(NamedTuple):
    """How many entries were no longer found as they stand, and how many concern policies that were not read."""

    gone: int
    unread: int


NOTHING_STALE = Stale(0, 0)


@dataclass(slots=True)
class Baseline:
    """Known findings: each entry with the labels of its targets. `names` holds the policies' names, for readers."""

    entries: dict[Entry, frozenset[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, verdicts: Iterable[Verdicts]) -> "Baseline":
        """Take up every finding that is not waived."""
        made = cls()
        for each in verdicts:
            for finding in each.findings:
                if finding.waived is None:
                    made.add(_entry_of(finding), (target.label for target in finding.targets), each.about.name)
        return made

    def add(self, entry: Entry, labels: Iterable[str], name: str) -> None:
        """Add an entry, or targets to it."""
        self.entries[entry] = self.entries.get(entry, frozenset()) | frozenset(labels)
        self.names[entry.identity] = name if entry.identity else ""

    def without_gone(
        self, verdicts: Iterable[Verdicts], targets: TargetSet, *, drop_unread: bool = False
    ) -> tuple["Baseline", Stale]:
        """Return what findings that are not marked yet still bear out, and how much was left out.

        Of policies that were not read and of targets that were not judged nothing is known: they are kept, the policies
        unless told otherwise.
        """
        verdicts = list(verdicts)
        found = Baseline.of(verdicts).entries
        read = {"", *(each.about.identity for each in verdicts)}
        judged = {target.label for target in targets.targets}
        left = Baseline(names=self.names)
        gone = unread = 0
        for entry, labels in self.entries.items():
            if entry.identity not in read:
                unread += 1
                kept = not drop_unread
            else:
                still = labels & found.get(entry, frozenset()) | labels - judged
                kept = bool(still) or (not labels and entry in found)
                gone += still != labels or not kept
                labels = still
            if kept:
                left.entries[entry] = labels
        return left, Stale(gone, unread)

    def applied(self, report: Report) -> tuple[Report, Stale]:
        """Return a report in which the findings that are known are marked, and how much of this is stale.

        A finding that has further targets is divided.
        """
        _, stale = self.without_gone(report.verdicts, report.targets)
        targets = report.targets
        known = {
            entry: targets.mask(target for target in targets.targets if target.label in labels)
            for entry, labels in self.entries.items()
        }
        divider, waived = Divider(), Waived("baseline")

        def parts(finding: Finding) -> Iterator[Finding]:
            mask = known.get(_entry_of(finding)) if finding.waived is None else None
            if mask is None or (finding.ruling.mask and not finding.ruling.mask & mask):
                yield finding
            else:
                yield from divider.divide(finding, mask, waived)

        marked = [
            replace(each, findings=[part for finding in each.findings for part in parts(finding)])
            for each in report.verdicts
        ]
        return replace(report, verdicts=marked), stale


SCHEMA = "policylint/baseline/1"


class BaselineError(Exception):
    """A text that holds no baseline; the message says what to do."""


def written(baseline: Baseline) -> str:
    """Write a baseline, in an order that keeps differences small."""
    lines = ",\n    ".join(
        json.dumps(_plain(entry, labels, baseline.names.get(entry.identity, "")), ensure_ascii=False)
        for entry, labels in sorted(baseline.entries.items())
    )
    return f'{{\n  "schema": "{SCHEMA}",\n  "findings": [' + (f"\n    {lines}\n  ]\n}}\n" if lines else "]\n}\n")


def _plain(entry: Entry, labels: frozenset[str], name: str) -> dict[str, Any]:
    plain = {"rule": entry.rule, "policy": name, "identity": entry.identity, "property": entry.property}
    return {**plain, **({"key": entry.key} if entry.key else {}), "targets": sorted(labels)}


def read(text: str) -> Baseline:
    """Read what `written` wrote. Raises `BaselineError`."""
    try:
        document: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BaselineError(f"is not JSON: {error}") from None
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise BaselineError(f"is no baseline: its schema is not {SCHEMA} (policylint baseline create makes one)")
    baseline = Baseline()
    for number, found in enumerate(document.get("findings") or (), 1):
        try:
            entry = Entry(found["rule"], found["identity"], found["property"], found.get("key", ""))
            labels, name = list(found["targets"]), found.get("policy", "")
            if not all(isinstance(each, str) for each in (*entry, *labels, name)):
                raise TypeError
        except (KeyError, TypeError, AttributeError):
            raise BaselineError(f"finding {number} is damaged (policylint baseline create makes it anew)") from None
        baseline.add(entry, labels, name)
    return baseline
