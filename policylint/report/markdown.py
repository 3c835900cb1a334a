"""The report as Markdown, for the summary of a job or a comment: counts, verdicts, then a table for each severity."""

from collections.abc import Iterator, Sequence

from policylint.exports.record import Place
from policylint.judging.findings import SEVERITIES, Finding
from policylint.judging.report import VERDICTS, Report
from policylint.report.words import passed_text, summary, waiver_text
from policylint.writing.markdown import code, escaped, table

_FOUND = ("policy", "place", "rule", "what", "fix")


def render(report: Report) -> Iterator[str]:
    """Yield the report in pieces: headings and heads of tables, and each row of a table by itself."""
    yield f"**{escaped(summary(report))}**\n"
    yield from _section("Verdicts", ("policy", "verdict", "targets"), _verdicts(report))
    for severity in SEVERITIES:
        found = (each for each in report.findings if each.waived is None and each.rule.severity == severity)
        yield from _section(f"{severity.capitalize()}s", _FOUND, map(_cells, found))
    waived = ((*_cells(each), escaped(waiver_text(each.waived))) for each in report.findings if each.waived)
    yield from _section("Waived", (*_FOUND, "why"), waived)
    yield from _section("Passed", ("policy", "place", "what"), _passed(report))


def _section(title: str, header: Sequence[str], body: Iterator[Sequence[str]]) -> Iterator[str]:
    """Yield a heading and a table, or nothing without a row."""
    rows = table(header, body)
    head, first = next(rows), next(rows, None)
    if first is not None:
        yield f"\n### {title}\n\n{head}"
        yield first
        yield from rows


def _verdicts(report: Report) -> Iterator[Sequence[str]]:
    for verdicts in report.verdicts:
        for verdict in VERDICTS:
            mask = verdicts.masks.get(verdict)
            if mask:
                yield code(verdicts.policy.name), verdict, escaped(report.targets.fold(mask))


def _cells(finding: Finding) -> Sequence[str]:
    return (
        code(finding.policy.name),
        code(_at(finding.place)),
        f"{finding.rule.id} {escaped(finding.rule.name)}",
        escaped(finding.message),
        code(finding.fix) if finding.fix else "",
    )


def _passed(report: Report) -> Iterator[Sequence[str]]:
    for verdicts in report.verdicts:
        policy = verdicts.policy
        for passed in verdicts.passed:
            place = policy.place(passed.setting.mark)
            yield code(policy.name), code(_at(place)), escaped(passed_text(passed, report.targets))


def _at(place: Place) -> str:
    return f"{place.path}:{place.line}:{place.column}"
