"""A line for what each chain, or policy, comes to, and the counts."""

from collections.abc import Iterator

from policylint.judging.report import Report
from policylint.report.words import summary
from policylint.writing.style import VERDICT_COLOURS, Style, printable, quoted

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
