"""What a report says, put together by what it is about: one entry for a setting with a value, errors first.

Policies that share a setting share its entry, and so do the clients that fare alike with it. What is said of the policy
itself, and not of a client, is said once for all policies it is true of.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from policylint.judging.findings import SEVERITIES, Divider, Finding
from policylint.judging.report import Report, Verdicts


class Said(NamedTuple):
    """One thing that is said, by the first finding that says it, and all findings that say the same."""

    first: Finding
    findings: list[Finding]


class Entry(NamedTuple):
    """What is said of one setting and value (or by one rule, where it is of none), the gravest first."""

    title: str
    said: dict[tuple[Any, ...], Said]

    @property
    def first(self) -> Finding:
        """The finding that is told first: it says what all of them are about."""
        return next(iter(self.said.values())).first

    @property
    def severity(self) -> str:
        """The gravest severity in it."""
        return min((each.first.rule.severity for each in self.said.values()), key=SEVERITIES.index)


class Idle(NamedTuple):
    """Clients that do nothing of what some policies ask: a mask of them, and those policies."""

    mask: int
    policies: list[Verdicts]


class Entries(NamedTuple):
    """All entries, the gravest first; the clients that do nothing; how many findings do not count."""

    entries: list[Entry]
    idle: list[Idle]
    waived: int


def entries_of(report: Report) -> Entries:
    """Put together what a report says. Findings that are waived are counted only."""
    idle: dict[int, Idle] = {}
    found: dict[tuple[Any, ...], Entry] = {}
    # of thousands of policies most say what others have said: their place is looked up, and not worked out
    alike: dict[tuple[Any, ...], Said] = {}
    divider = Divider()
    waived = 0
    for verdicts in report.verdicts:
        doing_nothing = _doing_nothing(verdicts)
        if doing_nothing:
            idle.setdefault(doing_nothing, Idle(doing_nothing, [])).policies.append(verdicts)
        for finding in verdicts.findings:
            if finding.waived is not None:
                waived += 1
                continue
            told: Finding | None = finding
            if finding.ruling.mask & doing_nothing and finding.rule.effect == "not-enforced":
                told = _without(finding, doing_nothing, divider)
            if told is not None:
                wording = told.wording
                said = alike.get(wording)
                if said is None:
                    said = alike[wording] = _said(found, told)
                said.findings.append(told)
    ordered = sorted(map(_ordered, found.values()), key=lambda entry: SEVERITIES.index(entry.severity))
    return Entries(ordered, list(idle.values()), waived)


def _ordered(entry: Entry) -> Entry:
    said = sorted(entry.said.items(), key=lambda item: SEVERITIES.index(item[1].first.rule.severity))
    return entry._replace(said=dict(said))


def _said(found: dict[tuple[Any, ...], Entry], finding: Finding) -> Said:
    """Return where a finding belongs."""
    if finding.rule.severity == "note" and not finding.ruling.reasons:  # advice on the policy itself
        key: tuple[Any, ...] = (finding.rule.id,)
        title = ""
    elif finding.known is not None:
        value = (finding.value.__class__, finding.value) if finding.raw is None else finding.raw
        key = (finding.known.key, value)
        title = finding.name or finding.known.key
    else:
        key = (finding.rule.id, finding.name)
        title = finding.name or ""
    entry = found.setdefault(key, Entry(title, {}))
    say = (finding.rule.id,) if len(key) == 1 else (finding.rule.id, finding.headline, finding.ruling.reasons)
    return entry.said.setdefault(say, Said(finding, []))


def _doing_nothing(verdicts: Verdicts) -> int:
    """Return the targets that get in and do none of several things that are asked of them."""
    one = several = other = 0
    for word, masks in verdicts.met.items():
        for mask in masks:
            if word == "not":
                several |= one & mask
                one |= mask
            else:
                other |= mask
    return (verdicts.access.get("let-in", 0) | verdicts.access.get("maybe", 0)) & several & ~other


def _without(finding: Finding, mask: int, divider: Divider) -> Finding | None:
    """Return what a finding says beside that some clients do nothing; None where that is all of it."""
    left = finding.ruling.mask & ~mask
    return divider.part(finding, left, None) if left else None


def settings(findings: Iterable[Finding]) -> list[str]:
    """List the settings that some findings are about, each once, as the exports spell them."""
    return list(dict.fromkeys(finding.name for finding in findings if finding.name is not None))


def names(findings: Iterable[Finding]) -> list[str]:
    """List what the policies are called that some findings are about, each once."""
    return list(dict.fromkeys(finding.about.name for finding in findings))
