"""Several rows of one device and user to one: that with the newest success holds, others fill what it does not tell."""

from collections.abc import Sequence
from datetime import UTC, datetime

from policylint.evidence.calendar import Calendar
from policylint.evidence.dates import Moment
from policylint.evidence.fleet import Device
from policylint.evidence.policy_names import PolicyNames
from policylint.evidence.rows import DeviceRow
from policylint.evidence.users import User

_DESCRIBING = ("type", "os", "model", "agent", "client_type", "eas_version")
_STATES = (("state", "state"), ("reason", "reason"), ("status", "status"))
_DATES = (
    ("first_sync", "first-sync"),
    ("last_success", "last-success"),
    ("last_policy_update", "last-policy-update"),
)
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


def merged(rows: Sequence[DeviceRow], user: User, calendar: Calendar, policies: PolicyNames) -> Device:
    """Return the device of rows that have its id and its user."""
    ordered = sorted(rows, key=lambda row: _rank(row, calendar), reverse=True) if len(rows) > 1 else rows
    device = Device(min((row.id for row in rows if row.id), default=None), user, tuple(ordered))
    for name in _DESCRIBING:
        setattr(device, name, next((value for row in ordered if (value := getattr(row, name))), None))
    for name, meaning in _STATES:
        row = _asked(ordered, meaning)
        setattr(device, name, getattr(row, name) if row else None)
    applied = _asked(ordered, "applied")
    if applied and applied.applied:
        device.applied = policies.find(applied.applied)
    for name, meaning in _DATES:
        setattr(device, name, _date(ordered, name, meaning, calendar))
    device.synced = any(row.success for row in ordered)
    return device


def _asked(rows: Sequence[DeviceRow], meaning: str) -> DeviceRow | None:
    """Return the first row whose table tells something at all: an empty cell there is an answer."""
    return next((row for row in rows if meaning in row.table.asked), None)


def _date(rows: Sequence[DeviceRow], name: str, meaning: str, calendar: Calendar) -> Moment | None:
    """Return the date of the first row that has one that can be read, or says that there is none."""
    for row in rows:
        if meaning in row.table.asked:
            written = getattr(row, name)
            settled = calendar.settle(written)
            if settled is not None or written is None:
                return settled
    return None


def _rank(row: DeviceRow, calendar: Calendar) -> tuple[object, ...]:
    """Order rows by their newest success; then by what does not depend on the order of files."""
    dates = [calendar.settle(written) for written in (row.last_success, row.last_policy_update, row.first_sync)]
    texts = (row.state, row.reason, row.status, row.applied, *(getattr(row, name) for name in _DESCRIBING))
    return (
        dates[0].at if dates[0] else _LONG_AGO,
        row.success,
        "last-success" in row.table.asked,
        *(date.at if date else _LONG_AGO for date in dates[1:]),
        *(text or "" for text in texts),
    )
