"""What to do first: a few settings, the gravest first, with what to paste and why."""

from dataclasses import dataclass

from policylint.html.findings import capital
from policylint.html.harmless import Whole
from policylint.judging.findings import SEVERITIES
from policylint.judging.report import Report
from policylint.report.entries import Entry, entries_of
from policylint.report.words import beneath, reasons
from policylint.writing.style import and_more

MOST = 7
_FIXES = 8
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: `pairs` counts the pairs of policy and client it is about, `fixes` is PowerShell."""

    severity: str
    rule: str
    title: str
    what: str
    why: str
    policies: str
    clients: str
    pairs: int
    fixes: Whole | None
    left: int
    setting: tuple[str, object] | None


def steps(report: Report) -> list[Step]:
    """Return what to do first; errors before warnings, and what hurts most first. Advice comes last, if at all."""
    entries = [entry for entry in entries_of(report).entries if entry.title]
    made = [_step(entry, report) for entry in entries]
    order = {severity: number for number, severity in enumerate(SEVERITIES)}
    made.sort(key=lambda step: (order[step.severity], -step.pairs))
    return made[:MOST]


def _step(entry: Entry, report: Report) -> Step:
    said = next(iter(entry.said.values()))
    findings = [each for other in entry.said.values() for each in other.findings]
    first, mask = said.first, 0
    for each in findings:
        mask |= each.ruling.mask
    names = list(dict.fromkeys(each.about.name for each in findings))
    fixes = list(dict.fromkeys(each.fix for each in findings if each.fix))
    title = first.setting
    return Step(
        entry.severity,
        first.rule.id,
        title,
        capital(beneath(title, first.headline)),
        next(reasons(first.ruling), ""),
        and_more(names, _NAMED),
        report.targets.fold(mask),
        len({(each.about.identity, bit) for each in findings for bit in report.targets.bits(each.ruling.mask)}),
        Whole("\n".join(fixes[:_FIXES])) if fixes else None,
        max(0, len(fixes) - _FIXES),
        (first.known.key, first.value) if first.known and first.raw is None else None,
    )
