"""The report in one line a finding, in the shape of a compiler's messages, which editors jump to; then the counts."""

from collections.abc import Iterator
from typing import Any

from policylint.exports.record import Place
from policylint.judging.findings import Finding
from policylint.judging.report import Report
from policylint.report.words import passed_text, quoted, summary, waiver_text
from policylint.writing.style import SEVERITY_COLOURS, Style, printable


def render(report: Report, style: Style, *, with_totals: bool = True) -> Iterator[str]:
    """Yield a line for each finding and each demand that is met; the counts only `with_totals`."""
    told: dict[tuple[Any, ...], str] = {}
    for verdicts in report.verdicts:
        policy = verdicts.policy
        whose = f"[policy {quoted(policy.name)}]"
        for finding in verdicts.findings:
            what = told.get(finding.wording)
            if what is None:
                what = told[finding.wording] = f"{finding.rule.id} {finding.rule.name}: {printable(finding.message)}"
            why = f" ({waiver_text(finding.waived)})" if finding.waived else ""
            yield f"{_where(finding.place, style)} {_kind(finding, style)} {what} {whose}{why}\n"
        for passed in verdicts.passed:
            where = _where(policy.place(passed.setting.mark), style)
            yield f"{where} {style.paint('passed:', 'green')} {passed_text(passed, report.targets)} {whose}\n"
    if with_totals:
        yield style.bold(summary(report)) + "\n"


def _where(place: Place, style: Style) -> str:
    return style.bold(f"{printable(place.path)}:{place.line}:{place.column}:")


def _kind(finding: Finding, style: Style) -> str:
    severity = finding.rule.severity
    if finding.waived is not None:
        return style.dim(f"waived {severity}:")
    return style.paint(f"{severity}:", SEVERITY_COLOURS[severity])
