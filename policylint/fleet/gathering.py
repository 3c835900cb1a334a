"""All evidence of a run, read and joined: files to users and devices, with what logs have of them."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from policylint.evidence.fleet import Fleet
from policylint.evidence.joining import joined
from policylint.evidence.logs import (
    FileReport,
    Judge,
    Logs,
    LogsError,
    histories,
    keyed,
    missing_days,
    read_logs,
)
from policylint.evidence.logs.names import Rename
from policylint.evidence.logs.reading import Reading
from policylint.evidence.logs.report import NO_VALUES
from policylint.evidence.missing import missing
from policylint.evidence.reading import LOGS, Evidence, read_evidence
from policylint.evidence.spellings import short_name
from policylint.fleet.asked import Asked
from policylint.fleet.report import EvidenceRead, utc
from policylint.knowledge import Knowledge
from policylint.knowledge.agents import load_agents
from policylint.usage import UsageError, reason
from policylint.writing.whole import write_file

_MANY = 3
"""How many logs that have one thing in common get a note each; more are told in one line."""


class Gathered(NamedTuple):
    """What was read: the joined fleet, the logs and their judge where there are any, and what is to be told.

    `unread` tells of files that could not be used.
    """

    evidence: Evidence
    fleet: Fleet
    logs: Logs | None
    judge: Judge | None
    read: list[EvidenceRead]
    notes: list[str]
    unread: list[str]


def gather(evidence: Evidence, asked: Asked, knowledge: Knowledge, server: str | None) -> Gathered:
    """Read the logs among the evidence and join all of it. Raises `UsageError` where logs cannot be read or kept."""
    rename = keyed(asked.key) if asked.key is not None else None
    logs = _read_logs(evidence, asked, rename)
    reading = _real(logs.reading, rename, evidence) if logs and rename and logs.names else logs and logs.reading
    rows = histories(reading, asked.refused_hours, evidence.users.person) if reading else []
    fleet = joined(evidence, knowledge, load_agents(knowledge), rows)
    reports = list(logs.files.values()) if logs else []
    read = [EvidenceRead(each.path, each.kind, each.rows, each.used) for each in evidence.reads]
    read += [_log_read(each) for each in reports]
    read.sort(key=lambda each: (each.path, each.kind))
    unread = [str(error) for error in evidence.errors]
    unread += [f"{each.path}: {text}" for each in reports if not each.used for text in each.problems]
    on = "online" if server is not None and server.endswith("online") else server
    notes = [*missing(evidence, knowledge.evidence, on), *evidence.notes, *_of_logs(reports), *fleet.notes]
    judge = Judge(reading, asked.refused_hours) if reading and reading.states else None
    return Gathered(evidence, fleet, logs, judge, read, notes, unread)


def read(asked: Asked, knowledge: Knowledge, max_bytes: int, *, assume_complete: bool = False) -> Evidence:
    """Read everything but the logs."""
    evidence = read_evidence(list(asked.paths), knowledge, max_bytes=max_bytes)
    for policy in evidence.policies:
        policy.complete = assume_complete
    return evidence


def _read_logs(evidence: Evidence, asked: Asked, rename: Rename | None) -> Logs | None:
    if not evidence.logs and asked.resume is None:
        return None
    # what is kept holds no real names where pseudonyms are asked for; what is joined in this run needs them
    kept = rename if asked.save is not None or asked.resume is not None else None
    try:
        before = _resumed(asked.resume) if asked.resume is not None else None
        logs = read_logs(
            evidence.logs,
            jobs=asked.jobs,
            engine=asked.engine,
            before=before,
            rename=kept,
            progress=asked.progress,
        )
    except LogsError as error:
        raise UsageError(str(error)) from None
    if asked.save is not None:
        try:
            write_file(Path(asked.save), [json.dumps(logs.as_json(), ensure_ascii=True), "\n"])
        except OSError as error:
            raise UsageError(f"--save {asked.save}: cannot be written: {reason(error)}") from None
    return logs


def _resumed(path: str) -> Logs:
    try:
        return Logs.from_json(json.loads(Path(path).read_bytes()))
    except OSError as error:
        raise UsageError(f"--resume {path}: cannot be read: {reason(error)}") from None
    except (ValueError, RecursionError):
        raise UsageError(f"--resume {path}: this is no JSON that --save wrote") from None
    except LogsError as error:
        raise UsageError(f"--resume {path}: {error}") from None


def _real(reading: Reading, rename: Rename, evidence: Evidence) -> Reading:
    """Give back the names of devices and users that lists know, so that logs can be joined to them."""
    back = {rename("device", row.id.lower()): row.id for row in evidence.devices if row.id is not None}
    for user in evidence.users.all():
        for each in user.spellings:
            back.setdefault(rename("user", short_name(each.text)), each.text)
    found = Reading()
    for (device, spelled), state in reading.states.items():
        named, owner = back.get(device, device), back.get(spelled, spelled)
        found.at((named.lower(), owner.lower()), named, owner).merge(state.renamed(named, owner))
    found.front, found.back = reading.front, reading.back
    return found


def _of_logs(reports: Sequence[FileReport]) -> Iterator[str]:
    """Yield what is to be told of logs that were used, what many of them have in common in one line."""
    telling = any(each.silent < each.used for each in reports)
    by_text: dict[str, list[str]] = {}
    for each in reports:
        for text in each.problems if each.used or each.same_as else ():
            if not (telling and text == NO_VALUES):
                by_text.setdefault(text, []).append(each.path)
    for text, paths in sorted(by_text.items()):
        yield from (f"{path}: {text}" for path in sorted(paths)[:_MANY])
        if len(paths) > _MANY:
            yield f"{len(paths) - _MANY} more logs: {text}"


def _log_read(report: FileReport) -> EvidenceRead:
    return EvidenceRead(report.path, LOGS, report.lines, report.used, utc(report.first), utc(report.last))


def span_of(reading: Reading) -> tuple[datetime | None, datetime | None, tuple[str, ...]]:
    """Return the first and the last line of any device, and the days between without any."""
    firsts = [state.first for state in reading.states.values() if state.first is not None]
    lasts = [state.last for state in reading.states.values() if state.last is not None]
    days = tuple((date(1970, 1, 1) + timedelta(days=day)).isoformat() for day in missing_days(reading))
    return utc(min(firsts, default=None)), utc(max(lasts, default=None)), days


def newest(gathered: Gathered) -> datetime | None:
    """Return the newest date in the evidence."""
    found = [device.last_success.at for device in gathered.fleet.devices if device.last_success is not None]
    found += [each.end for each in gathered.read if each.end is not None]
    return max(found, default=None)
