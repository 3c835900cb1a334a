"""What stands below the findings of a report for a person: a verdict line for each policy, and the counts."""

from collections.abc import Iterator

from policylint.findings import SEVERITIES, VERDICTS, Report, Verdicts
from policylint.report.style import VERDICT_COLOURS, Style, printable

_WIDEST_NAME = 40


def totals(report: Report, style: Style) -> Iterator[str]:
    """Yield the verdicts and the counts, each ending with a line break."""
    names = [len(quoted(verdicts.policy.name)) for verdicts in report.verdicts]
    width = min(max(names, default=0), _WIDEST_NAME)
    for verdicts in report.verdicts:
        yield _verdict(verdicts, report, width, style)
    yield _summary(report, style)


def _verdict(verdicts: Verdicts, report: Report, width: int, style: Style) -> str:
    name = quoted(verdicts.policy.name)
    lines = []
    for verdict in VERDICTS:
        mask = verdicts.masks.get(verdict)
        if mask:
            shown = style.paint(f"{verdict:15}", VERDICT_COLOURS.get(verdict))
            lines.append(f"{name:{width}}  {shown}  {report.targets.fold(mask)}\n")
    return "".join(lines)


def _summary(report: Report, style: Style) -> str:
    parts = [_number(report.count(severity), severity) for severity in SEVERITIES]
    if report.waived:
        parts.append(f"{report.waived} waived")
    if report.unknown:
        parts.append(f"{_number(report.unknown, 'cell')} unknown (--show-unknown lists them)")
    policies = _number(len(report.verdicts), "policy", "policies")
    targets = _number(len(report.targets.targets), "target")
    return style.bold(f"{policies} × {targets} ({report.chosen_by}): {', '.join(parts)}") + "\n"


def _number(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def quoted(name: str) -> str:
    """Print the name of a policy."""
    return f'"{printable(name)}"'
