"""A fleet as CSV: a row for each device and user. Whose it is stands there only where names are asked for."""

from collections.abc import Iterator

from policylint.fleet.json import instant
from policylint.fleet.report import FleetReport
from policylint.fleet.rows import Row
from policylint.writing.csv import rows

COLUMNS = (
    "user",
    "device",
    "line",
    "targets",
    "policy",
    "applied",
    "predicted",
    "access",
    "seen",
    "history",
    "standing",
    "shared",
    "last_seen",
)


def render(report: FleetReport) -> Iterator[str]:
    """Yield a header, then row by row."""
    yield from rows(COLUMNS, (_row(row, report) for row in report.devices))


def _row(row: Row, report: FleetReport) -> tuple[str | bool, ...]:
    device = row.device
    return (
        report.user_name(device.user) if report.names else "",
        (report.device_name(device) or "") if report.names else "",
        row.line,
        ", ".join(target.label for target in row.targets),
        row.policy_name or "",
        device.applied.name if device.applied is not None else "",
        row.predicted or "",
        row.access or "",
        row.observation.seen,
        row.observation.history or "",
        row.standing,
        row.shared,
        (instant(row.last_seen) or "") if report.names else "",
    )
