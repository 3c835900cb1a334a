"""A fleet as JSON: `policylint/fleet/1`, whose schema is published in docs/schema/."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from policylint import values
from policylint.fleet.report import FleetReport
from policylint.fleet.rows import Group, Row
from policylint.fleet.taught import LearnedRow, SuspectsRow, learned_rows, suspects_rows
from policylint.report.objects import Writer, summary
from policylint.writing.json import array, dumps, members, tool

SCHEMA = "policylint/fleet/1"


def render(report: FleetReport) -> Iterator[str]:
    """Yield the report in pieces that make one JSON document. Devices and users are in it where names are asked for."""
    head = {
        "schema": SCHEMA,
        "tool": tool(report.stamp.program, report.stamp.knowledge, report.stamp.as_of),
        "as_of": None if report.as_of is None else report.as_of.date().isoformat(),
    }
    yield "{\n" + members(head)
    evidence = (
        {
            "path": each.path,
            "kind": each.kind,
            "rows": each.rows,
            "used": each.used,
            "from": instant(each.start),
            "to": instant(each.end),
        }
        for each in report.evidence
    )
    yield from array("evidence", map(dumps, evidence))
    yield members({"population": report.population, "logs": _logs(report)})
    yield from array("groups", (dumps(_group(each)) for each in report.groups))
    if report.names:
        yield from array("users", (dumps(each) for each in _users(report)))
        yield from array("devices", (dumps(_device(each, report)) for each in report.devices))
    servers = (
        {"server": each.server, "devices": each.devices, "share": round(each.share, 4)}
        for each in report.affinity.servers
    )
    yield from array("servers", map(dumps, servers))
    yield members({"affinity": report.affinity.tied})
    yield from array("learned", (dumps(_learned(each)) for each in learned_rows(report.lessons)))
    yield from array("suspects", (dumps(_suspects(each)) for each in suspects_rows(report.lessons)))
    writer = Writer(report.targets)
    yield from array("findings", (finding for each in report.verdicts for finding in writer.findings(each)))
    yield from array("notes", map(dumps, [*report.unread, *report.notes]))
    yield f'  "summary": {dumps(_summary(report))}\n}}\n'


def instant(moment: datetime | None) -> str | None:
    """Write a time as RFC 3339 has it."""
    return None if moment is None else moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _logs(report: FleetReport) -> dict[str, Any] | None:
    logs = report.logs
    if logs is None:
        return None
    return {
        "from": instant(logs.start),
        "to": instant(logs.end),
        "refused_hours": logs.refused_hours,
        "missing_days": list(logs.missing_days),
        "never_seen": logs.never_seen,
        "histories": logs.histories,
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "policy": group.policy,
        "line": group.line,
        "devices": group.devices,
        "users": group.users,
        "predicted": group.predicted,
        "seen": group.seen(),
        "standing": group.standings(),
    }


def _users(report: FleetReport) -> Iterator[dict[str, Any]]:
    for user in report.users:
        mailbox = user.mailbox
        yield {
            "user": report.user_name(user),
            "policy": mailbox.policy.name if mailbox is not None and mailbox.policy is not None else None,
            "enabled": mailbox.enabled if mailbox is not None else None,
            "protected": user.account.protection if user.account is not None else None,
            "devices": len(user.devices),
        }


def _device(row: Row, report: FleetReport) -> dict[str, Any]:
    device = row.device
    return {
        "device": report.device_name(device),
        "user": report.user_name(device.user) or None,
        "model": device.model,
        "policy": row.policy_name,
        "applied": device.applied.name if device.applied is not None else None,
        "targets": [target.label for target in row.targets],
        "line": row.line,
        "predicted": row.predicted,
        "access": row.access,
        "seen": row.observation.seen,
        "history": row.observation.history,
        "standing": row.standing,
        "shared": row.shared,
        "last_seen": instant(row.last_seen),
    }


def _learned(row: LearnedRow) -> dict[str, Any]:
    return {
        "property": row.known.key,
        "value": values.to_json(row.value),
        "targets": [target.label for target in row.targets],
        "support": row.support,
        "devices": row.devices,
        "policies": row.policies,
    }


def _suspects(row: SuspectsRow) -> dict[str, Any]:
    return {
        "targets": [target.label for target in row.targets],
        "properties": list(row.names),
        "devices": row.devices,
        "experiment": row.experiment,
    }


def _summary(report: FleetReport) -> dict[str, Any]:
    counted: dict[str, int] = {}
    for row in report.devices:
        counted[row.standing] = counted.get(row.standing, 0) + 1
    return {**summary(report), "standing": dict(sorted(counted.items()))}
