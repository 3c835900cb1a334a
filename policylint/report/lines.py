"""Each finding by itself, with the line of the export it is about: `--group line`."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from policylint.exports.record import Document
from policylint.judging.findings import Finding
from policylint.judging.report import Report, Verdicts
from policylint.judging.targets import TargetSet
from policylint.report.excerpt import excerpt
from policylint.report.words import called, gate_text, instead, passed_text, reasons, source_text, waiver_text
from policylint.writing.style import SEVERITY_COLOURS, Style, printable

# Where the carets go in a headline that is kept: their number depends on the value.
_CARETS = "\0"


def lines(report: Report, whole: Report, style: Style) -> Iterator[str]:
    """Yield each finding of a report, policy by policy, and each demand that is met; `whole` has all targets."""
    printer = _Printer(style)
    for verdicts in report.verdicts:
        yield from printer.findings(verdicts)
        yield from printer.passed(verdicts, whole.targets)


class _Told(NamedTuple):
    """What a finding says that does not depend on the policy."""

    kind: str
    headline: str
    advice: str
    reasons: str
    instead: str
    answer: str
    source: str


class _Printer:
    """Prints findings. What policies share is put into words once and kept."""

    def __init__(self, style: Style):
        self._style = style
        self._told: dict[tuple[Any, ...], _Told] = {}

    def findings(self, verdicts: Verdicts) -> Iterator[str]:
        """Yield the findings of one policy."""
        subject = verdicts.about
        name = called(subject)
        gate_line = -1
        document: Document | None = None
        mark = -1
        for finding in verdicts.findings:
            told = self._tell(finding)
            if finding.gate_mark is not None and gate_line < 0:
                gate_line = subject.place(finding.gate_mark).line
            # several findings in a row may speak of one value
            if finding.mark != mark or finding.document is not document:
                document, mark, place = finding.document, finding.mark, finding.place
                where = self._style.bold(printable(place.at))
                quote, carets = excerpt(document.line(place.line), place, self._style)
            if finding.waived is not None:
                advice = told.advice + _line("", waiver_text(finding.waived))
                yield f"{where}  {self._style.dim('waived')} {told.kind}  {name}\n{advice}\n"
                continue
            if finding.rule.severity == "note":
                # advice, in short: no line of the export, and no sources (explain has them)
                yield f"{where}  {told.kind}  {name}\n{told.advice}{told.reasons}\n"
                continue
            gate = _line("", gate_text(finding, gate_line)) if finding.gate_mark is not None else ""
            yield (
                f"{where}  {told.kind}  {name}\n{quote}{told.headline.replace(_CARETS, carets)}\n"
                f"{told.reasons}{gate}{told.answer}{_line('fix: ', finding.fix)}{told.instead}{told.source}\n"
            )

    def passed(self, verdicts: Verdicts, targets: TargetSet) -> Iterator[str]:
        """Yield a line for each demand of one policy that targets meet."""
        subject = verdicts.about
        for passed in verdicts.passed:
            path, line, column, *_ = subject.place(passed.setting.mark)
            where = self._style.bold(f"{printable(path)}:{line}:{column}")
            kind = self._style.paint("passed", "green")
            yield f"{where}  {kind}  {called(subject)}  {passed_text(passed, targets)}\n"
        if verdicts.passed:
            yield "\n"

    def _tell(self, finding: Finding) -> _Told:
        key = finding.wording
        told = self._told.get(key)
        if told is None:
            rule, ruling = finding.rule, finding.ruling
            colour, headline = SEVERITY_COLOURS[rule.severity], printable(finding.headline)
            told = self._told[key] = _Told(
                f"{self._style.paint(rule.severity, colour)} {rule.id} {rule.name}",
                self._style.paint(f"{_CARETS} {headline}", colour),
                _line("", headline),
                "".join(_line("", reason) for reason in reasons(ruling)),
                "".join(_line("instead: ", text) for text in instead(ruling)),
                _line("answer: ", ruling.answer),
                _line("source: ", source_text(ruling)),
            )
        return told


def _line(label: str, text: str | None) -> str:
    return f"   = {label}{text}\n" if text else ""
