"""The report as SARIF 2.1.0, for code scanning services and editors. Results stand on a line each."""

from collections.abc import Iterator
from typing import Any

from policylint import values
from policylint.judging.findings import Finding
from policylint.judging.report import Passed, Report, Verdicts
from policylint.policies.policy import Policy
from policylint.report.fingerprints import Fingerprints
from policylint.report.json import array, content, dumps, inner, members, tool
from policylint.report.sarif_locations import ROOT, artifact, location
from policylint.report.sarif_rules import demand_met, descriptor
from policylint.report.words import DEMAND_MET, passed_text, quoted, waiver_text
from policylint.writing.style import printable

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "policylint/v1"


def render(report: Report) -> Iterator[str]:
    """Yield the report in pieces that make one SARIF document with one run."""
    rules = {finding.rule.id: finding.rule for verdicts in report.verdicts for finding in verdicts.findings}
    described = {name: descriptor(rules[name], report.sources) for name in sorted(rules)}
    if any(verdicts.passed for verdicts in report.verdicts):
        described[DEMAND_MET] = demand_met()
    driver = {
        "name": "policylint",
        "version": report.program,
        "rules": list(described.values()),
        "properties": {"knowledge": tool(report.program, report.knowledge, report.as_of)["knowledge"]},
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [_invocation(report)],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The directory in which policylint was run."}}},
        "artifacts": [artifact(each.path) for each in report.inputs],
        "properties": {"targets": [target.label for target in report.targets.targets], "server": report.server},
    }
    yield f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{\n{members(run)}'
    writer = _Writer(report, list(described))
    yield from array("results", (result for each in report.verdicts for result in writer.results(each)))
    yield '  "columnKind": "unicodeCodePoints"\n}]}\n'


def _invocation(report: Report) -> dict[str, Any]:
    invocation: dict[str, Any] = {"executionSuccessful": not report.unread}
    if report.unread:
        invocation["toolExecutionNotifications"] = [
            {"level": "error", "message": {"text": _literal(text)}} for text in report.unread
        ]
    return invocation


class _Writer:
    """Writes results, each as a JSON object on one line. What policies share is put into JSON once and kept."""

    def __init__(self, report: Report, rules: list[str]):
        self._targets = report.targets
        self._index = {name: index for index, name in enumerate(rules)}
        # one result that says whether it is suppressed obliges all others to say so
        self._suppressing = report.waived > 0
        self._fingerprints = Fingerprints()
        self._parts: dict[tuple[Any, ...], tuple[str, str, str]] = {}

    def results(self, verdicts: Verdicts) -> Iterator[str]:
        """Yield the findings of one policy, then the demands that are met."""
        policy = verdicts.policy
        for finding in verdicts.findings:
            yield self._finding(policy, finding)
        for passed in verdicts.passed:
            yield self._passed(policy, passed)

    def _finding(self, policy: Policy, finding: Finding) -> str:
        about, message, properties = self._shared(finding)
        fix = finding.fix
        # a line to paste is shown as it is or not at all
        how = f". Fix: {fix}" if fix and _literal(fix) == fix else ""
        return self._result(
            about,
            f"policy {quoted(policy.name)}: {message}{how}",
            location(finding.place, policy.name, finding.name),
            self._fingerprints.of(finding),
            waiver_text(finding.waived) if finding.waived else None,
            f'"policy": {dumps(policy.name)}, {properties}, "fix": {dumps(fix)}',
        )

    def _shared(self, finding: Finding) -> tuple[str, str, str]:
        """Return the three parts of a finding that do not depend on the policy; the second is not JSON yet."""
        parts = self._parts.get(finding.wording)
        if parts is None:
            rule = finding.rule
            about = {"ruleId": rule.id, "ruleIndex": self._index[rule.id], "level": rule.severity}
            properties = content(finding)
            message = properties.pop("message")
            properties["effect"] = rule.effect
            parts = self._parts[finding.wording] = (inner(about), message, inner(properties))
        return parts

    def _passed(self, policy: Policy, passed: Passed) -> str:
        known, spelling, value, mark = passed.setting
        met = [target.label for mask in passed.masks.values() for target in self._targets.members(mask)]
        about = {"ruleId": DEMAND_MET, "ruleIndex": self._index[DEMAND_MET], "kind": "pass", "level": "none"}
        properties = {"policy": policy.name, "property": known.key, "value": values.to_json(value), "targets": met}
        return self._result(
            inner(about),
            f"policy {quoted(policy.name)}: {passed_text(passed, self._targets)}",
            location(policy.place(mark), policy.name, spelling),
            self._fingerprints.of_passed(policy, passed),
            None,
            inner(properties),
        )

    def _result(
        self, about: str, text: str, where: dict[str, Any], fingerprint: str, waived: str | None, properties: str
    ) -> str:
        """Write a result; `about` and `properties` are members in JSON already."""
        what: dict[str, Any] = {
            "message": {"text": _literal(text)},
            "locations": [where],
            "partialFingerprints": {FINGERPRINT: fingerprint},
        }
        if self._suppressing:
            why = [{"kind": "external", "status": "accepted", "justification": waived}]
            what["suppressions"] = why if waived else []
        return f'{{{about}, {inner(what)}, "properties": {{{properties}}}}}'


def _literal(text: str) -> str:
    """Return a text that says in a message what it is: braces hold placeholders there, and `[…](…)` is a link."""
    return printable(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")
