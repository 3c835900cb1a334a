"""The report as a Code Quality report of GitLab: an array with an object for each finding, which stand on a line each.

GitLab knows lines and no columns. It takes two entries with one fingerprint for the same.
"""

from collections.abc import Iterator

from policylint.exports.record import Place
from policylint.judging.findings import Finding
from policylint.judging.report import Report
from policylint.report.services import Fingerprints, slashed
from policylint.report.words import DEMAND_MET, called, passed_text, waiver_text
from policylint.writing.json import dumps
from policylint.writing.style import printable

_SEVERITIES = {"error": "critical", "warning": "major", "note": "minor"}
_NO_MATTER = "info"


def render(report: Report) -> Iterator[str]:
    """Yield the report in pieces that make one JSON array."""
    separator = "[\n"
    for entry in _entries(report):
        yield separator + entry
        separator = ",\n"
    yield "\n]\n" if separator.startswith(",") else "[]\n"


def _entries(report: Report) -> Iterator[str]:
    fingerprints = Fingerprints()
    for verdicts in report.verdicts:
        subject = verdicts.about
        whose = called(subject)
        for finding in verdicts.findings:
            name = f"{finding.rule.id} {finding.rule.name}"
            text = f"{whose}: {_text(finding)}"
            yield _entry(text, name, fingerprints.of(finding), _severity(finding), finding.place)
        for passed in verdicts.passed:
            text = f"passed: {whose}: {passed_text(passed, report.targets)}"
            place = subject.place(passed.setting.mark)
            yield _entry(text, DEMAND_MET, fingerprints.of_passed(subject, passed), _NO_MATTER, place)


def _severity(finding: Finding) -> str:
    return _NO_MATTER if finding.waived is not None else _SEVERITIES[finding.rule.severity]


def _text(finding: Finding) -> str:
    why = f" ({waiver_text(finding.waived)})" if finding.waived else ""
    fix = f". Fix: {finding.fix}" if finding.fix else ""
    return f"{printable(finding.message)}{fix}{why}"


def _entry(text: str, name: str, fingerprint: str, severity: str, place: Place) -> str:
    return dumps(
        {
            "description": text,
            "check_name": name,
            "fingerprint": fingerprint,
            "severity": severity,
            "location": {"path": slashed(place.path), "lines": {"begin": place.line, "end": place.end_line}},
        }
    )
