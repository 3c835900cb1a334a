"""Findings and verdicts as JSON: what all reports that hold some write of them.

They are written as they are made: a report on thousands of policies is never held as one text, and what policies share
is put into JSON once and kept.
"""

from collections.abc import Iterator
from functools import cache
from operator import add
from typing import Any

from policylint import values
from policylint.exports.record import Place
from policylint.judging.findings import Finding, Ruling
from policylint.judging.report import Report, Verdicts
from policylint.judging.targets import TargetSet
from policylint.writing.json import Runs, dumps, inner, runs


class Writer:
    """Writes findings and verdicts, each as a JSON object on one line."""

    def __init__(self, targets: TargetSet):
        self._targets = targets
        self._labels = [f'"target": {dumps(target.label)}, ' for target in targets.targets]
        self._parts: dict[tuple[Any, ...], tuple[str, Runs, str]] = {}
        # of thousands of policies most targets fare as some have fared before
        self._fare = cache(_fare)

    def findings(self, verdicts: Verdicts, *, with_fix: bool = True) -> Iterator[str]:
        """Yield the findings of one policy, which may draw on several files."""
        return map("".join, self.pieces(verdicts, with_fix=with_fix))

    def pieces(self, verdicts: Verdicts, *, with_fix: bool = True) -> Iterator[tuple[str, ...]]:
        """Yield the findings of one policy, each in pieces."""
        subject = verdicts.about
        name, paths = dumps(subject.name), {subject.document.path: dumps(subject.document.path)}
        mark, elsewhere = -1, None
        for finding in verdicts.findings:
            rule, (first, others, rest), sources = self._shared(finding)
            # several findings in a row may speak of one value
            if finding.mark != mark or finding.standing_in is not elsewhere:
                mark, elsewhere, place = finding.mark, finding.standing_in, finding.place
                at = location(place, paths.get(place.path) or dumps(place.path))
            fix = finding.fix if with_fix else None
            yield (
                f'{{{rule}, "policy": {name}, {first}',
                *others,
                f'{rest}, "fix": {"null" if fix is None else dumps(fix)}, {sources}, '
                f'"location": {at}, "fingerprint": "{finding.fingerprint}", "waived": {_waived(finding)}}}',
            )

    def _shared(self, finding: Finding) -> tuple[str, Runs, str]:
        """Return the three parts of a finding that do not depend on the policy."""
        parts = self._parts.get(finding.wording)
        if parts is None:
            rule = finding.rule
            about = {"rule": rule.id, "name": rule.name, "severity": rule.severity, "effect": rule.effect}
            what = content(finding)
            sources = {"sources": what.pop("sources")}
            parts = self._parts[finding.wording] = (inner(about), runs(inner(what)), inner(sources))
        return parts

    def verdicts(self, verdicts: Verdicts, between: str) -> str:
        """Write a row for each target of one policy, and something between the rows."""
        subject, targets = f'{{"policy": {dumps(verdicts.policy.name)}, ', self._targets
        words = verdicts.by_target(targets), verdicts.access_by_target(targets)
        fares = map(self._fare, *words, *verdicts.demands(targets), *verdicts.counts(targets))
        return subject + (between + subject).join(map(add, self._labels, fares))


def _fare(
    verdict: str, access: str, met: int, partly: int, unmet: int, unsure: int, errors: int, warnings: int, unknown: int
) -> str:
    """Write the end of a row: how a target fares."""
    return (
        f'"verdict": "{verdict}", "access": "{access}", '
        f'"demands": {{"met": {met}, "partly": {partly}, "not": {unmet}, "unknown": {unsure}}}, '
        f'"errors": {errors}, "warnings": {warnings}, "unknown": {unknown}}}'
    )


def location(place: Place, path: str) -> str:
    """Write a place whose path is in JSON already."""
    _, line, column, end_line, end_column = place
    return f'{{"path": {path}, "line": {line}, "column": {column}, "end_line": {end_line}, "end_column": {end_column}}}'


def _waived(finding: Finding) -> str:
    waived = finding.waived
    return "null" if waived is None else dumps({"by": waived.by, "reason": waived.reason, "expires": waived.expires})


def content(finding: Finding) -> dict[str, Any]:
    """Return what a finding says that does not depend on the policy, as far as it is no matter of its rule."""
    return {
        "property": finding.known.key if finding.known else None,
        "spelling": finding.name,
        "value": values.to_json(finding.value),
        "targets": [target.label for target in finding.targets],
        "evidence": finding.ruling.evidence,
        "message": finding.message,
        "reasons": _reasons(finding.ruling),
        "instead": [
            {
                "targets": [target.label for target in finding.ruling.targets.members(each.mask)],
                "text": each.note,
                "evidence": each.evidence,
                "sources": [source.id for source in each.sources],
            }
            for each in finding.ruling.instead
        ],
        "answer": finding.ruling.answer,
        "key": finding.ruling.key or None,
        "sources": [source._asdict() for source in finding.ruling.sources],
    }


def _reasons(ruling: Ruling) -> list[dict[str, Any]]:
    return [
        {
            "targets": [target.label for target in ruling.targets.members(reason.mask)],
            "note": reason.note,
            "evidence": reason.evidence,
            "sources": [source.id for source in reason.sources],
        }
        for reason in ruling.reasons
    ]


def summary(report: Report) -> dict[str, int]:
    """Count the findings by severity; waived ones apart."""
    counts = {f"{severity}s": count for severity, count in report.counts().items()}
    return {**counts, "unknown": report.unknown, "waived": report.waived}
