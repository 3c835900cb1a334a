"""The report as Markdown, for the summary of a job or a comment: counts, verdicts, then a table for each severity."""

from collections.abc import Iterator, Sequence

from policylint.judging.findings import SEVERITIES, Finding
from policylint.judging.report import Report
from policylint.report.words import instead, passed_text, summary, waiver_text
from policylint.writing.markdown import code, escaped, table

_FOUND = ("place", "rule", "what", "fix")


def render(report: Report) -> Iterator[str]:
    """Yield the report in pieces: headings and heads of tables, and each row of a table by itself."""
    yield f"**{escaped(summary(report))}**\n"
    yield from _section(
        "Verdicts", (report.about, "verdict", "targets" if report.about == "policy" else "way"), _verdicts(report)
    )
    for severity in SEVERITIES:
        found = (each for each in report.findings if each.waived is None and each.rule.severity == severity)
        yield from _section(f"{severity.capitalize()}s", (report.about, *_FOUND), map(_cells, found))
    waived = ((*_cells(each), escaped(waiver_text(each.waived))) for each in report.findings if each.waived)
    yield from _section("Waived", (report.about, *_FOUND, "why"), waived)
    yield from _section("Passed", (report.about, "place", "what"), _passed(report))


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
        for verdict, where in verdicts.rows(report.targets):
            yield code(verdicts.about.name), verdict, escaped(where)


def _cells(finding: Finding) -> Sequence[str]:
    return (
        code(finding.about.name),
        code(finding.place.at),
        f"{finding.rule.id} {escaped(finding.rule.name)}",
        escaped(finding.message),
        " ".join([*([code(finding.fix)] if finding.fix else []), *_instead(finding)]),
    )


def _instead(finding: Finding) -> Iterator[str]:
    return (f"Instead: {escaped(text)}" for text in instead(finding.ruling))


def _passed(report: Report) -> Iterator[Sequence[str]]:
    for verdicts in report.verdicts:
        subject = verdicts.about
        for passed in verdicts.passed:
            place = subject.place(passed.setting.mark)
            yield code(subject.name), code(place.at), escaped(passed_text(passed, report.targets))
