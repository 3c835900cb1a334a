"""The report as workflow commands of GitHub Actions, which become annotations; then the counts, for the log.

GitHub shows ten annotations of a kind for each step, the first ones. So the errors of all policies come first, and what
does not count comes last.
"""

from collections.abc import Iterator

from policylint.exports.record import Place
from policylint.judging.findings import SEVERITIES
from policylint.judging.report import Report
from policylint.policies.judged import Judged
from policylint.report.services import STDIN, slashed
from policylint.report.words import called, passed_text, summary, waiver_text
from policylint.writing.style import printable

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def render(report: Report) -> Iterator[str]:
    """Yield a command for each finding by severity, then for the waived ones and for the demands that are met."""
    for severity in SEVERITIES:
        yield from _findings(report, severity)
    for severity in SEVERITIES:
        yield from _findings(report, severity, waived=True)
    for verdicts in report.verdicts:
        subject = verdicts.about
        for passed in verdicts.passed:
            title = f"passed {passed.setting.spelling}"
            text = passed_text(passed, report.targets)
            yield _command("notice", title, subject, subject.place(passed.setting.mark), text)
    yield f"{summary(report)}\n"


def _findings(report: Report, severity: str, *, waived: bool = False) -> Iterator[str]:
    for finding in report.findings:
        rule = finding.rule
        if rule.severity != severity or (finding.waived is not None) is not waived:
            continue
        lines = [finding.message]
        if finding.fix:
            lines.append(f"Fix: {finding.fix}")
        title = f"{rule.id} {rule.name}"
        kind = _COMMANDS[severity]
        if finding.waived is not None:
            lines.append(waiver_text(finding.waived))
            title, kind = f"waived {title}", "notice"
        yield _command(kind, title, finding.about, finding.place, *lines)


def _command(kind: str, title: str, subject: Judged, place: Place, *lines: str) -> str:
    properties: dict[str, str | int] = {}
    text = f"{called(subject)}: " + "\n".join(printable(line) for line in lines)
    if place.path == STDIN:
        text = f"{place.at}: {text}"
    else:
        properties = {"file": slashed(place.path), "line": place.line, "endLine": place.end_line}
        if place.line == place.end_line:  # the runner drops columns of more than one line
            properties |= {"col": place.column, "endColumn": place.end_column}
    properties["title"] = title
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{kind} {listed}::{_data(text)}\n"


def _data(text: str) -> str:
    """Escape the message of a command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape the value of a property of a command."""
    return _data(printable(text)).replace(":", "%3A").replace(",", "%2C")
