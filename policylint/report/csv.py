"""The report as CSV: a row for each finding, waived or not, and for each demand that is met; columns as in JSON."""

from collections.abc import Iterator
from typing import Any

from policylint import values
from policylint.judging.findings import Finding
from policylint.judging.report import Report, Verdicts
from policylint.judging.targets import TargetSet
from policylint.report.words import passed_text
from policylint.writing.csv import rows

COLUMNS = (
    "rule",
    "name",
    "severity",
    "effect",
    "policy",
    "property",
    "spelling",
    "value",
    "targets",
    "evidence",
    "message",
    "answer",
    "fix",
    "sources",
    "path",
    "line",
    "column",
    "end_line",
    "end_column",
    "fingerprint",
    "waived",
    "waived_reason",
    "waived_expires",
)

_Row = tuple[str | int | bool, ...]


def render(report: Report) -> Iterator[str]:
    """Yield a header, then row by row: the findings of a policy or chain, then the demands met as `passed`."""
    shared: dict[tuple[Any, ...], tuple[_Row, _Row]] = {}
    yield from rows(COLUMNS, (row for each in report.verdicts for row in _rows(each, report.targets, shared)))


def _rows(verdicts: Verdicts, targets: TargetSet, shared: dict[tuple[Any, ...], tuple[_Row, _Row]]) -> Iterator[_Row]:
    subject = verdicts.about
    for finding in verdicts.findings:
        parts = shared.get(finding.wording)
        if parts is None:
            parts = shared[finding.wording] = _about(finding), _what(finding)
        about, what = parts
        sources = " ".join(source.id for source in finding.ruling.sources)
        yield (
            *about,
            subject.name,
            *what,
            finding.fix or "",
            sources,
            *finding.place,
            finding.fingerprint,
            *_waived(finding),
        )
    for passed in verdicts.passed:
        known, spelling, value, mark = passed.setting
        met = ", ".join(target.label for mask in passed.masks.values() for target in targets.members(mask))
        text = passed_text(passed, targets)
        about = ("", "", "passed", "")
        what = (known.key, spelling, values.to_text(value), met, "", text, "")
        yield (*about, subject.name, *what, "", "", *subject.place(mark), "", "", "", "")


def _about(finding: Finding) -> _Row:
    rule = finding.rule
    return rule.id, rule.name, rule.severity, rule.effect


def _what(finding: Finding) -> _Row:
    return (
        finding.known.key if finding.known else "",
        finding.name or "",
        _value(finding),
        ", ".join(target.label for target in finding.targets),
        finding.ruling.evidence or "",
        finding.message,
        finding.ruling.answer or "",
    )


def _value(finding: Finding) -> str:
    if finding.raw is not None:
        return finding.raw
    return "" if finding.value is None else values.to_text(finding.value)


def _waived(finding: Finding) -> _Row:
    waived = finding.waived
    return (waived.by, waived.reason or "", waived.expires or "") if waived else ("", "", "")
