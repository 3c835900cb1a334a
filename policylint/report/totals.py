"""What stands below the findings of a report for a person: a verdict line for each policy, and the counts."""

from collections.abc import Iterator

from policylint.judging.report import VERDICTS, Report, Verdicts
from policylint.report.words import quoted, summary
from policylint.writing.style import VERDICT_COLOURS, Style

_WIDEST_NAME = 40


def totals(report: Report, style: Style) -> Iterator[str]:
    """Yield the verdicts and the counts, each ending with a line break."""
    names = [len(quoted(verdicts.policy.name)) for verdicts in report.verdicts]
    width = min(max(names, default=0), _WIDEST_NAME)
    for verdicts in report.verdicts:
        yield _verdict(verdicts, report, width, style)
    yield style.bold(summary(report)) + "\n"


def _verdict(verdicts: Verdicts, report: Report, width: int, style: Style) -> str:
    name = quoted(verdicts.policy.name)
    lines = []
    for verdict in VERDICTS:
        mask = verdicts.masks.get(verdict)
        if mask:
            shown = style.paint(f"{verdict:15}", VERDICT_COLOURS.get(verdict))
            lines.append(f"{name:{width}}  {shown}  {report.targets.fold(mask)}\n")
    return "".join(lines)
