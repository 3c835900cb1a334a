"""The report in one line a finding, in the shape of a compiler's messages, which editors jump to; then the counts."""

from collections.abc import Iterator
from typing import Any

from policylint.exports.record import Place
from policylint.judging.findings import Finding
from policylint.judging.report import Report
from policylint.report.words import called, passed_text, summary, waiver_text
from policylint.writing.style import SEVERITY_COLOURS, Look, Style, printable


def render(report: Report, look: Look = Look()) -> Iterator[str]:
    """Yield a line for each finding and each demand that is met, then the counts."""
    style = look.style
    chosen = report if look.only is None else report.only(look.only)
    told: dict[tuple[Any, ...], str] = {}
    for verdicts in chosen.verdicts:
        whose = f"[{called(verdicts.about)}]"
        for finding in verdicts.findings:
            what = told.get(finding.wording)
            if what is None:
                what = told[finding.wording] = f"{finding.rule.id} {finding.rule.name}: {printable(finding.message)}"
            why = f" ({waiver_text(finding.waived)})" if finding.waived else ""
            yield f"{_where(finding.place, style)} {_kind(finding, style)} {what} {whose}{why}\n"
        for passed in verdicts.passed:
            where = _where(verdicts.about.place(passed.setting.mark), style)
            yield f"{where} {style.paint('passed:', 'green')} {passed_text(passed, report.targets)} {whose}\n"
    if look.only is None and report.verdicts:
        yield style.bold(summary(report)) + "\n"


def _where(place: Place, style: Style) -> str:
    return style.bold(f"{printable(place.at)}:")


def _kind(finding: Finding, style: Style) -> str:
    severity = finding.rule.severity
    if finding.waived is not None:
        return style.dim(f"waived {severity}:")
    return style.paint(f"{severity}:", SEVERITY_COLOURS[severity])
