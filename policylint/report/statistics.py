"""How often each rule speaks, in place of what it says: the first look at a large set of policies."""

from collections import Counter
from collections.abc import Iterator

from policylint.judging.findings import SEVERITIES
from policylint.judging.report import Report
from policylint.writing.style import SEVERITY_COLOURS, Style


def statistics(report: Report, style: Style) -> Iterator[str]:
    """Yield a line for each rule that found something, the gravest and most frequent first."""
    found = Counter(finding.rule for finding in report.findings if finding.waived is None)
    waived = Counter(finding.rule for finding in report.findings if finding.waived is not None)
    for rule in sorted(found | waived, key=lambda each: (SEVERITIES.index(each.severity), -found[each], each.id)):
        severity = style.paint(f"{rule.severity:7}", SEVERITY_COLOURS[rule.severity])
        also = f"  and {waived[rule]} waived" if waived[rule] else ""
        yield f"{found[rule]:6}  {severity}  {rule.id}  {rule.name}{also}\n"
