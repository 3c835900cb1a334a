"""The report as SARIF 2.1.0, for code scanning services and editors. Results stand on a line each."""

from collections.abc import Iterator, Mapping
from typing import Any

from policylint import values
from policylint.exports.record import Place
from policylint.judging.findings import Finding
from policylint.judging.report import Report, Verdicts
from policylint.knowledge import Source
from policylint.knowledge.families import first_sentence
from policylint.knowledge.rulebook import Rule
from policylint.policies.judged import Judged
from policylint.report.objects import content
from policylint.report.services import STDIN, Fingerprints, is_absolute, uri
from policylint.report.words import DEMAND_MET, called, passed_text, waiver_text
from policylint.writing.json import Runs, array, body, dumps, inner, members, runs, tool
from policylint.writing.markdown import escaped
from policylint.writing.style import printable

ROOT = "%SRCROOT%"
"""What relative addresses start from: the directory in which the program was run."""


def artifact(path: str) -> dict[str, Any]:
    """Return the `artifact` that an input is."""
    roles = ["analysisTarget", "standardStream"] if path == STDIN else ["analysisTarget"]
    return {"location": _artifact_location(path), "roles": roles}


def _artifact_location(path: str) -> dict[str, str]:
    reference = {"uri": uri(path)}
    return reference if is_absolute(path) or path == STDIN else {**reference, "uriBaseId": ROOT}


def descriptor(rule: Rule, sources: Mapping[str, Source]) -> dict[str, Any]:
    """Return the `reportingDescriptor` of a rule; a source that is not among `sources` is named by its id."""
    entry = rule.entry
    meaning, why, fix = entry["meaning"], entry["why"], entry["fix"]
    cited = [sources.get(name, Source(name, name, None, None)) for name in rule.sources]
    named = [source.dated for source in cited]
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": f"{first_sentence(meaning)}."},
        "fullDescription": {"text": f"{meaning} {why}"},
        "help": {
            "text": "\n\n".join([meaning, why, f"Fix: {fix}", "\n".join(["Sources:", *named])]),
            "markdown": "\n\n".join(
                [
                    escaped(meaning),
                    f"**Why it matters:** {escaped(why)}",
                    f"**Fix:** {escaped(fix)}",
                    "\n".join(["**Sources:**\n", *_list(cited, named)]),
                ]
            ),
        },
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"tags": ["activesync", rule.effect]},
    }


def demand_met() -> dict[str, Any]:
    """Return what stands for a rule where targets meet a demand."""
    meaning = "The policy demands something of devices, and the targets that are named meet it."
    how = "They are known to act on it (enforced), or a source lists them as taking it (accepted)."
    return {
        "id": DEMAND_MET,
        "shortDescription": {"text": meaning},
        "fullDescription": {"text": f"{meaning} {how}"},
        "help": {"text": f"{how} There is nothing to do."},
        "defaultConfiguration": {"level": "none"},
    }


def _list(cited: list[Source], named: list[str]) -> Iterator[str]:
    for source, name in zip(cited, named, strict=True):
        yield f"- [{escaped(name)}]({_address(source.url)})" if source.url else f"- {escaped(name)}"


def _address(url: str) -> str:
    return url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")


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
        "version": report.stamp.program,
        "rules": list(described.values()),
        "properties": {
            "knowledge": tool(report.stamp.program, report.stamp.knowledge, report.stamp.as_of)["knowledge"]
        },
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [_invocation(report)],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The directory in which policylint was run."}}},
        "artifacts": [artifact(each.path) for each in report.inputs],
        "properties": {"targets": [target.label for target in report.targets.targets], "server": report.stamp.server},
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
        self._parts: dict[tuple[Any, ...], tuple[str, Runs, str | None, Runs]] = {}
        self._artifacts: dict[str, str] = {}

    def results(self, verdicts: Verdicts) -> Iterator[tuple[str, ...]]:
        """Yield the findings of one policy, then the demands that are met, each in pieces."""
        subject = verdicts.about
        name, whose = body(subject.name), body(_literal(called(subject)))
        mark, elsewhere = -1, None
        for finding in verdicts.findings:
            about, (message, more, end), spelled, (properties, others, rest) = self._shared(finding)
            fix = finding.fix
            told = "null" if fix is None else dumps(fix)
            # a line to paste is shown as it is or not at all
            how = f". Fix: {told[1:-1]}" if fix and _literal(fix) == fix else ""
            # several findings in a row may speak of one value
            if finding.mark != mark or finding.standing_in is not elsewhere:
                mark, elsewhere, physical = finding.mark, finding.standing_in, self._physical(finding.place)
            yield self._result(
                about,
                (f"{whose}: {message}", more, f"{end}{how}"),
                f"{physical}, {_logical(subject, name, spelled)}",
                self._fingerprints.of(finding),
                waiver_text(finding.waived) if finding.waived else None,
                (f'"policy": "{name}", {properties}', others, f'{rest}, "fix": {told}'),
            )
        for passed in verdicts.passed:
            known, spelling, value, mark = passed.setting
            met = [target.label for mask in passed.masks.values() for target in self._targets.members(mask)]
            rule = {"ruleId": DEMAND_MET, "ruleIndex": self._index[DEMAND_MET], "kind": "pass", "level": "none"}
            properties = inner({"property": known.key, "value": values.to_json(value), "targets": met})
            yield self._result(
                inner(rule),
                (f"{whose}: {body(_literal(passed_text(passed, self._targets)))}", [], ""),
                f"{self._physical(subject.place(mark))}, {_logical(subject, name, body(spelling))}",
                self._fingerprints.of_passed(subject, passed),
                None,
                (f'"policy": "{name}", {properties}', [], ""),
            )

    def _shared(self, finding: Finding) -> tuple[str, Runs, str | None, Runs]:
        """Return what a finding says that does not depend on the policy: members, texts and members in JSON."""
        parts = self._parts.get(finding.wording)
        if parts is None:
            rule = finding.rule
            about = {"ruleId": rule.id, "ruleIndex": self._index[rule.id], "level": rule.severity}
            properties = content(finding)
            message = runs(body(_literal(properties.pop("message"))))
            properties["effect"] = rule.effect
            spelled = None if finding.name is None else body(finding.name)
            parts = self._parts[finding.wording] = (inner(about), message, spelled, runs(inner(properties)))
        return parts

    def _physical(self, place: Place) -> str:
        artifact_location = self._artifacts.get(place.path)
        if artifact_location is None:
            artifact_location = self._artifacts[place.path] = dumps(_artifact_location(place.path))
        return (
            f'"physicalLocation": {{"artifactLocation": {artifact_location}, "region": {{"startLine": {place.line}, '
            f'"startColumn": {place.column}, "endLine": {place.end_line}, "endColumn": {place.end_column}}}}}'
        )

    def _result(
        self,
        about: str,
        text: Runs,
        where: str,
        fingerprint: str,
        waived: str | None,
        properties: Runs,
    ) -> tuple[str, ...]:
        """Put a result together; all but `waived` is in JSON already, `text` without its quotes."""
        suppressions = ""
        if self._suppressing:
            why = [{"kind": "external", "status": "accepted", "justification": waived}]
            suppressions = f', "suppressions": {dumps(why if waived else [])}'
        message, more, end = text
        first, others, rest = properties
        return (
            f'{{{about}, "message": {{"text": "{message}',
            *more,
            f'{end}"}}, "locations": [{{{where}}}], "partialFingerprints": {{"{FINGERPRINT}": "{fingerprint}"}}'
            f'{suppressions}, "properties": {{{first}',
            *others,
            f"{rest}}}}}",
        )


def _logical(subject: Judged, name: str, part: str | None) -> str:
    """Say what a policy or chain is called, or what it calls a part of it: both names are in JSON without quotes."""
    if part is None:
        return f'"logicalLocations": [{{"name": "{name}", "kind": "object"}}]'
    return (
        f'"logicalLocations": [{{"name": "{part}", "fullyQualifiedName": "{name}/{part}", "kind": "{subject.part}"}}]'
    )


def _literal(text: str) -> str:
    """Return a text that says in a message what it is: braces hold placeholders there, and `[…](…)` is a link."""
    return printable(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")
