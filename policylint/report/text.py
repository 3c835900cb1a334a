"""The report for a person: each finding with the line of the export it is about, then a verdict for each policy."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from policylint.exports.record import Place
from policylint.findings import SEVERITIES, VERDICTS, Finding, Report, Ruling, Verdicts
from policylint.report.style import SEVERITY_COLOURS, VERDICT_COLOURS, Style, printable

# Where a device refuses or ignores a setting, the first sentence of a note says enough; elsewhere it takes all of it.
_IN_FULL = ("partly-enforced", "beyond-limits", "cannot-provision", "never-fetches")
_WIDEST_LINE = 160
_WIDEST_NAME = 40
# Where the carets go in a headline that is kept: their number depends on the value.
_CARETS = "\0"
_BREAK = "\n"


def render(report: Report, style: Style) -> Iterator[str]:
    """Yield the report in pieces, each ending with a line break."""
    printer = _Printer(style)
    for verdicts in report.verdicts:
        yield from printer.findings(verdicts)
    names = [len(_quoted(verdicts.policy.name)) for verdicts in report.verdicts]
    width = min(max(names, default=0), _WIDEST_NAME)
    for verdicts in report.verdicts:
        yield _verdict(verdicts, report, width, style)
    yield _summary(report, style)


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
        path = printable(policy.document.path)
        name = _quoted(policy.name)
        gate_line = mark = -1
        for finding in verdicts.findings:
            told = self._tell(finding)
            if finding.gate_mark is not None and gate_line < 0:
                gate_line = policy.place(finding.gate_mark).line
            if finding.mark != mark:  # several findings in a row may speak of one value
                mark, place = finding.mark, finding.place
                where = self._style.bold(f"{path}:{place.line}:{place.column}")
                quoted, carets = self._excerpt(policy.document.line(place.line), place)
            if finding.rule.severity == "note":
                # advice, in short: no line of the export, and no sources (explain has them)
                yield f"{where}  {told.kind}  policy {name}\n{told.advice}{told.reasons}\n"
                continue
            gate = _gate(finding, gate_line) if finding.gate_mark is not None else ""
            fix = finding.fix
            yield (
                f"{where}  {told.kind}  policy {name}\n{quoted}{told.headline.replace(_CARETS, carets)}\n"
                f"{told.reasons}{gate}{told.answer}{f'   = fix: {fix}{_BREAK}' if fix else ''}{told.source}\n"
            )

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


def _verdict(verdicts: Verdicts, report: Report, width: int, style: Style) -> str:
    name = _quoted(verdicts.policy.name)
    lines = []
    for verdict in VERDICTS:
        mask = verdicts.masks.get(verdict)
        if mask:
            shown = style.paint(f"{verdict:15}", VERDICT_COLOURS.get(verdict))
            lines.append(f"{name:{width}}  {shown}  {report.targets.fold(mask)}\n")
    return "".join(lines)


def _summary(report: Report, style: Style) -> str:
    parts = [_number(report.count(severity), severity) for severity in SEVERITIES]
    if report.unknown:
        parts.append(f"{_number(report.unknown, 'cell')} unknown (--show-unknown lists them)")
    policies = _number(len(report.verdicts), "policy", "policies")
    targets = _number(len(report.targets.targets), "target")
    return style.bold(f"{policies} × {targets} ({report.chosen_by}): {', '.join(parts)}") + "\n"


def _number(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def _quoted(name: str) -> str:
    return f'"{printable(name)}"'
