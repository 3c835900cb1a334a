"""The report for a person: each finding with the line of the export it is about, then a verdict for each policy."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from policylint.exports.record import Document, Place
from policylint.judging.findings import SEVERITIES, Finding
from policylint.judging.report import Report, Verdicts
from policylint.judging.targets import TargetSet
from policylint.report.words import called, gate_text, passed_text, quoted, reasons, source_text, summary, waiver_text
from policylint.writing.style import SEVERITY_COLOURS, VERDICT_COLOURS, Look, Style, printable

_WIDEST_NAME = 40


def totals(report: Report, style: Style) -> Iterator[str]:
    """Yield the verdicts and the counts, each ending with a line break."""
    names = [len(quoted(verdicts.about.name)) for verdicts in report.verdicts]
    width = min(max(names, default=0), _WIDEST_NAME)
    for verdicts in report.verdicts:
        name = quoted(verdicts.about.name)
        for verdict, where in verdicts.rows(report.targets):
            shown = style.paint(f"{verdict:15}", VERDICT_COLOURS.get(verdict))
            yield f"{name:{width}}  {shown}  {printable(where)}\n"
    yield style.bold(summary(report)) + "\n"


_WIDEST_LINE = 160
# Where the carets go in a headline that is kept: their number depends on the value.
_CARETS = "\0"


def render(report: Report, look: Look = Look()) -> Iterator[str]:
    """Yield the report in pieces, each ending with a line break: findings, verdicts and counts."""
    style = look.style
    told = report if look.only is None else report.only(look.only)
    with_totals = look.only is None and bool(report.verdicts)  # nobody needs to be told that there is nothing to tell
    if look.statistics:
        counted = list(_statistics(told, style))
        yield from [*counted, "\n"] if counted and with_totals else counted
    else:
        printer = _Printer(style)
        for verdicts in told.verdicts:
            yield from printer.findings(verdicts)
            yield from printer.passed(verdicts, report.targets)
    if with_totals:
        yield from totals(report, style)


class _Told(NamedTuple):
    """What a finding says that does not depend on the policy."""

    kind: str
    headline: str
    advice: str
    reasons: str
    answer: str
    source: str


class _Printer:
    """Prints findings. What policies share is put into words once and kept."""

    def __init__(self, style: Style):
        self._style = style
        self._bar = style.dim("|")
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
                where = self._style.bold(f"{printable(place.path)}:{place.line}:{place.column}")
                excerpt, carets = self._excerpt(document.line(place.line), place)
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
                f"{where}  {told.kind}  {name}\n{excerpt}{told.headline.replace(_CARETS, carets)}\n"
                f"{told.reasons}{gate}{told.answer}{_line('fix: ', finding.fix)}{told.source}\n"
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
                _line("answer: ", ruling.answer),
                _line("source: ", source_text(ruling)),
            )
        return told

    def _excerpt(self, line: str, place: Place) -> tuple[str, str]:
        """Quote the line of the export, up to where the carets go below it; and return the carets."""
        begin = place.column - 1
        end = place.end_column - 1 if place.end_line == place.line else len(line)
        if len(line) > _WIDEST_LINE:
            line, begin, end = _window(line, begin, end)
        number = str(place.line)
        gutter = " " * len(number)
        bar = self._bar
        below = f"{gutter} {bar} {' ' * begin}"
        return f"{gutter} {bar}\n{self._style.dim(number)} {bar} {printable(line)}\n{below}", "^" * max(1, end - begin)


def _window(line: str, begin: int, end: int) -> tuple[str, int, int]:
    """Cut a long line (a minified export) down to what surrounds the value."""
    left = max(0, begin - 60)
    right = min(len(line), max(min(end, begin + 60) + 20, left + 100))
    head, tail = ("…" if left else ""), ("…" if right < len(line) else "")
    shift = len(head) - left
    return head + line[left:right] + tail, begin + shift, min(end, right) + shift


def _line(label: str, text: str | None) -> str:
    return f"   = {label}{text}\n" if text else ""


def _statistics(report: Report, style: Style) -> Iterator[str]:
    """Yield a line for each rule that found something, the gravest and most frequent first."""
    found = Counter(finding.rule for finding in report.findings if finding.waived is None)
    waived = Counter(finding.rule for finding in report.findings if finding.waived is not None)
    for rule in sorted(found | waived, key=lambda each: (SEVERITIES.index(each.severity), -found[each], each.id)):
        severity = style.paint(f"{rule.severity:7}", SEVERITY_COLOURS[rule.severity])
        also = f"  and {waived[rule]} waived" if waived[rule] else ""
        yield f"{found[rule]:6}  {severity}  {rule.id}  {rule.name}{also}\n"
