"""The report as JUnit XML: a test suite for each policy or chain, and in it a test case for each finding.

An error or a warning is a failure, what is waived is skipped. A note passes and says what it has to say as its output;
a demand that is met passes, too, and so does a suite without findings.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree

from policylint.judging.findings import Finding
from policylint.judging.report import Report, Verdicts
from policylint.judging.targets import TargetSet
from policylint.policies.labels import labels
from policylint.report.words import DEMAND_MET, gate_text, passed_text, reasons, source_text, waiver_text
from policylint.writing.style import printable

_NO_FINDINGS = "no findings"
# what XML 1.0 forbids, beside the characters that are not printable
_FORBIDDEN = re.compile("[\ufffe\uffff]")


def render(report: Report) -> Iterator[str]:
    """Yield the report in pieces that make one XML document: a suite is a piece."""
    cases = sum(_size(verdicts) for verdicts in report.verdicts)
    counts = report.counts()
    failures = counts["error"] + counts["warning"]
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="policylint" tests="{cases}" failures="{failures}" errors="0">\n'
    names = labels([verdicts.about for verdicts in report.verdicts])
    for name, verdicts in zip(names, report.verdicts, strict=True):
        yield etree.tostring(_suite(_legal(name), verdicts, report.targets), encoding="unicode", pretty_print=True)
    yield "</testsuites>\n"


def _size(verdicts: Verdicts) -> int:
    return len(verdicts.findings) + len(verdicts.passed) + (not verdicts.findings)


def _suite(name: str, verdicts: Verdicts, targets: TargetSet) -> etree._Element:
    subject = verdicts.about
    about = {"name": name, **_counts(verdicts), "file": _legal(subject.document.path)}
    suite = etree.Element("testsuite", about)
    taken: Counter[str] = Counter()

    def case(title: str) -> etree._Element:
        title = _legal(title)
        taken[title] += 1
        again = f" #{taken[title]}" if taken[title] > 1 else ""
        return etree.SubElement(suite, "testcase", classname=name, name=f"{title}{again}")

    for finding in verdicts.findings:
        _tell(case(f"{finding.rule.id} {finding.rule.name}: {finding.name or subject.name}"), finding)
    for passed in verdicts.passed:
        place = subject.place(passed.setting.mark)
        _add(case(f"{DEMAND_MET}: {passed.setting.spelling}"), "system-out", [place.at, passed_text(passed, targets)])
    if not verdicts.findings:
        case(_NO_FINDINGS)
    _add(suite, "system-out", [f"{verdict}: {where}" for verdict, where in verdicts.rows(targets)])
    return suite


def _counts(verdicts: Verdicts) -> dict[str, str]:
    skipped = sum(finding.waived is not None for finding in verdicts.findings)
    failures = sum(finding.waived is None and finding.rule.severity != "note" for finding in verdicts.findings)
    return {"tests": str(_size(verdicts)), "failures": str(failures), "errors": "0", "skipped": str(skipped)}


def _tell(case: etree._Element, finding: Finding) -> None:
    severity = finding.rule.severity
    if finding.waived is not None:
        _add(case, "skipped", [f"{severity}:", *_details(finding)], message=waiver_text(finding.waived))
    elif severity == "note":
        _add(case, "system-out", _details(finding))
    else:
        _add(case, "failure", _details(finding), type=severity, message=finding.message)


def _details(finding: Finding) -> Iterator[str]:
    """Yield a line for the place, and for each thing there is to say."""
    yield finding.place.at
    yield finding.headline
    yield from reasons(finding.ruling)
    gate = gate_text(finding, finding.policy.place(finding.gate_mark).line) if finding.gate_mark is not None else ""
    source = source_text(finding.ruling)
    for label, text in (("", gate), ("answer: ", finding.ruling.answer), ("fix: ", finding.fix), ("source: ", source)):
        if text:
            yield f"{label}{text}"


def _add(parent: etree._Element, name: str, lines: Iterable[str], **attributes: str) -> None:
    element = etree.SubElement(parent, name, {key: _legal(value) for key, value in attributes.items()})
    element.text = "\n".join(map(_legal, lines))


def _legal(text: str) -> str:
    """Return a line that XML can hold."""
    return _FORBIDDEN.sub("\ufffd", printable(text))
