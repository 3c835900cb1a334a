"""The report for a person: each finding with the line of the export it is about, then a verdict for each policy."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from policylint.exports.record import Document, Place
from policylint.findings import Finding, Report, Ruling, Verdicts, Waived, shown
from policylint.report.style import SEVERITY_COLOURS, Style, printable
from policylint.report.totals import quoted, totals
from policylint.targets import TargetSet

# Where a device refuses or ignores a setting, the first sentence of a note says enough; elsewhere it takes all of it.
_IN_FULL = ("partly-enforced", "beyond-limits", "cannot-provision", "never-fetches")
_WIDEST_LINE = 160
# Where the carets go in a headline that is kept: their number depends on the value.
_CARETS = "\0"
_BREAK = "\n"


def render(report: Report, style: Style, *, with_totals: bool = True) -> Iterator[str]:
    """Yield the report in pieces, each ending with a line break; verdicts and counts only `with_totals`."""
    printer = _Printer(style)
    for verdicts in report.verdicts:
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
        policy = verdicts.policy
        name = quoted(policy.name)
        gate_line = -1
        document: Document | None = None
        mark = -1
        for finding in verdicts.findings:
            told = self._tell(finding)
            if finding.gate_mark is not None and gate_line < 0:
                gate_line = policy.place(finding.gate_mark).line
            # several findings in a row may speak of one value
            if finding.mark != mark or finding.document is not document:
                document, mark, place = finding.document, finding.mark, finding.place
                where = self._style.bold(f"{printable(place.path)}:{place.line}:{place.column}")
                excerpt, carets = self._excerpt(document.line(place.line), place)
            if finding.waived is not None:
                advice = told.advice + f"   = {waiver_text(finding.waived)}\n"
                yield f"{where}  {self._style.dim('waived')} {told.kind}  policy {name}\n{advice}\n"
                continue
            if finding.rule.severity == "note":
                # advice, in short: no line of the export, and no sources (explain has them)
                yield f"{where}  {told.kind}  policy {name}\n{told.advice}{told.reasons}\n"
                continue
            gate = _gate(finding, gate_line) if finding.gate_mark is not None else ""
            fix = finding.fix
            yield (
                f"{where}  {told.kind}  policy {name}\n{excerpt}{told.headline.replace(_CARETS, carets)}\n"
                f"{told.reasons}{gate}{told.answer}{f'   = fix: {fix}{_BREAK}' if fix else ''}{told.source}\n"
            )

    def passed(self, verdicts: Verdicts, targets: TargetSet) -> Iterator[str]:
        """Yield a line for each demand of one policy that targets meet."""
        policy = verdicts.policy
        for passed in verdicts.passed:
            setting = passed.setting
            path, line, column, *_ = policy.place(setting.mark)
            where = self._style.bold(f"{printable(path)}:{line}:{column}")
            met = "; ".join(f"{support} on {targets.fold(mask)}" for support, mask in passed.masks.items())
            what = printable(f"{setting.spelling} {shown(setting.value)}: {met}")
            yield f"{where}  {self._style.paint('passed', 'green')}  policy {quoted(policy.name)}  {what}\n"
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
                f"   = {headline}\n",
                "".join(f"   = {line}\n" for line in _reasons(ruling)),
                f"   = answer: {ruling.answer}\n" if ruling.answer else "",
                "".join(f"   = source: {line}\n" for line in _source(ruling)),
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


def waiver_text(waived: Waived) -> str:
    """Say why a finding does not count, and until when."""
    until = f" until {waived.expires}" if waived.expires else ""
    reason = f": {printable(waived.reason)}" if waived.reason else ""
    return f"{'in the baseline' if waived.by == 'baseline' else 'waived'}{until}{reason}"


def _reasons(ruling: Ruling) -> Iterator[str]:
    """Give each reason once, with the targets it holds for unless it holds for all."""
    in_full = ruling.rule.outcome in _IN_FULL
    masks: dict[tuple[str, str | None], int] = {}
    for reason in ruling.reasons:
        text = reason.note if in_full or not reason.claim else f"{reason.claim}."
        if text:
            masks[text, reason.evidence] = masks.get((text, reason.evidence), 0) | reason.mask
    for (text, evidence), mask in masks.items():
        where = "" if mask == ruling.mask else f"{ruling.targets.fold(mask)}: "
        grade = " (inferred)" if evidence == "inferred" else ""
        yield f"{where}{text}{grade}"


def _gate(finding: Finding, line: int) -> str:
    if finding.rule.outcome in ("blocks", "blocks-some"):
        return f"   = refused: AllowNonProvisionableDevices is False (line {line})\n"
    if finding.policy.value("AllowNonProvisionableDevices"):
        return f"   = let in: AllowNonProvisionableDevices is True (line {line})\n"
    return ""


def _source(ruling: Ruling) -> Iterator[str]:
    if ruling.sources:
        first = ruling.sources[0]
        date = f" ({first.date})" if first.date else ""
        more = f", and {len(ruling.sources) - 1} more" if len(ruling.sources) > 1 else ""
        yield f"{first.title}{date}{more}"
