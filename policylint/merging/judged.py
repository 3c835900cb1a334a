"""The findings on a merged set, as every renderer shows them: each once, with the accounts that it concerns."""

from policylint.exports.record import Place
from policylint.judging.findings import SEVERITIES, Finding
from policylint.judging.report import Verdicts
from policylint.merging.preview import Preview


def judged(preview: Preview) -> list[tuple[list[str], Verdicts]]:
    """List the findings, each once, by the accounts whose servers they concern: those of all accounts first."""
    named: dict[tuple[str, Place, str], tuple[Finding, list[str]]] = {}
    for each in preview.admissions:
        for finding in each.verdicts.findings:
            key = (finding.rule.id, finding.place, finding.message)
            named.setdefault(key, (finding, []))[1].append(each.account.name)
    found: dict[tuple[str, ...], Verdicts] = {}
    for finding, names in sorted(named.values(), key=lambda each: -len(each[1])):
        group = found.setdefault(tuple(names), Verdicts(finding.policy, {}, [], []))
        group.findings.append(finding)
    return [(list(names), group) for names, group in found.items()]


def counts(preview: Preview) -> dict[str, int]:
    """Count the findings of each severity."""
    found = [finding.rule.severity for _, verdicts in judged(preview) for finding in verdicts.findings]
    return {severity: found.count(severity) for severity in SEVERITIES}
