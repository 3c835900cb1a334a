"""A fleet as tables of plain cells, for the forms that are made of tables."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policylint.fleet.report import FleetReport
from policylint.fleet.taught import learned_rows, suspects_rows
from policylint.judging.findings import SEVERITIES, shown
from policylint.report.words import waiver_text
from policylint.writing.style import number


class Section(NamedTuple):
    """A heading, the names of columns, and rows of cells."""

    title: str
    columns: Sequence[str]
    rows: list[Sequence[str]]


def title(report: FleetReport) -> str:
    """Count the population and the findings."""
    counts = ", ".join(number(count, severity) for severity, count in report.counts().items())
    return f"{report.peopled}: {counts}"


def sections(report: FleetReport) -> Iterator[Section]:
    """Yield the tables that have rows."""
    made = (_groups(report), _findings(report), _learned(report), _suspects(report), _servers(report), _devices(report))
    yield from (each for each in made if each.rows)


def _groups(report: FleetReport) -> Section:
    rows = [
        (
            group.policy or "",
            group.line,
            str(group.devices),
            (group.predicted or "").replace("|", " or "),
            _counted(group.seen()),
            _counted(group.standings()),
        )
        for group in report.groups
    ]
    return Section("Devices", ("policy", "line", "devices", "predicted", "seen", "standing"), list(rows))


def _findings(report: FleetReport) -> Section:
    rows = [
        (
            finding.rule.severity if finding.waived is None else waiver_text(finding.waived),
            f"{finding.rule.id} {finding.rule.name}",
            finding.about.name,
            finding.message,
            finding.rule.entry["fix"],
        )
        for severity in SEVERITIES
        for finding in report.findings
        if finding.rule.severity == severity
    ]
    return Section("Findings", ("severity", "rule", "about", "what", "what to do"), list(rows))


def _learned(report: FleetReport) -> Section:
    rows = [
        (
            row.known.key,
            shown(row.value),
            row.support,
            report.targets.fold(report.targets.mask(row.targets)),
            str(row.devices),
            str(row.policies),
        )
        for row in learned_rows(report.lessons)
    ]
    return Section("Learned", ("property", "value", "support", "targets", "devices", "policies"), list(rows))


def _suspects(report: FleetReport) -> Section:
    rows = [
        (
            report.targets.fold(report.targets.mask(row.targets)),
            ", ".join(row.names),
            str(row.devices),
            ", ".join(f"{name} {value}" for name, value in row.experiment.items()),
        )
        for row in suspects_rows(report.lessons)
    ]
    return Section("Suspects", ("targets", "properties", "devices", "a policy that would tell"), list(rows))


def _servers(report: FleetReport) -> Section:
    rows = [(each.server, str(each.devices), f"{each.share:.0%}") for each in report.affinity.servers]
    return Section(f"Servers (affinity: {report.affinity.tied})", ("server", "devices", "share"), list(rows))


def _devices(report: FleetReport) -> Section:
    rows = [
        (
            report.user_name(row.device.user),
            report.device_name(row.device) or "",
            row.line,
            row.policy_name or "",
            row.observation.seen,
            row.observation.history or "",
            row.standing,
        )
        for row in (report.devices if report.names else ())
    ]
    return Section("List", ("user", "device", "line", "policy", "seen", "history", "standing"), list(rows))


def _counted(words: dict[str, int]) -> str:
    return ", ".join(f"{count} {word}" for word, count in words.items())
