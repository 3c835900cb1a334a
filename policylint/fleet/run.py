"""A run over a fleet: evidence, predictions, observations, standing, lessons and findings."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from policylint.evidence.fleet import Device
from policylint.evidence.logs import affinity, keyed
from policylint.evidence.reading import Evidence
from policylint.evidence.users import User
from policylint.exports.record import Document
from policylint.fleet.asked import Asked
from policylint.fleet.findings import Maker, of_groups
from policylint.fleet.findings_of_all import (
    against_facts,
    known_faults,
    piled_servers,
    policies_of_nobody,
    protected_accounts,
    shared_devices,
    users_without_policy,
)
from policylint.fleet.gathering import Gathered, gather, newest, read, span_of
from policylint.fleet.observing import observe
from policylint.fleet.predicting import Predictor
from policylint.fleet.report import (
    THE_FLEET,
    EvidencePlace,
    FleetReport,
    FleetVerdicts,
    LogSpan,
    Subject,
    WholeFleet,
)
from policylint.fleet.rows import Group, Row, groups_of
from policylint.fleet.standing import Standing, standing
from policylint.fleet.teaching import provisioning, took_in_full, trials_of
from policylint.judging.findings import Finding
from policylint.judging.run import Run
from policylint.knowledge.families import Target
from policylint.learning.deducing import deduce
from policylint.policies.files import Input
from policylint.policies.judged import Judged
from policylint.policies.policy import Policy
from policylint.usage import UsageError
from policylint.writing.style import number

_NAMED = 10
"""How many devices a finding names."""


def of_paths(paths: Sequence[str], asked: Asked | None, run: Run, max_bytes: int, *, complete: bool) -> FleetReport:
    """Read the evidence in files and directories, and return what there is to say of it: see `report`."""
    wanted = (asked or Asked(()))._replace(paths=tuple(paths))
    return report(read(wanted, run.knowledge, max_bytes, assume_complete=complete), wanted, run)


def report(evidence: Evidence, asked: Asked, run: Run) -> FleetReport:
    """Return what there is to say of a fleet. Raises `UsageError` where nothing in the evidence can be used.

    Devices that are none of the run's targets are left out; all count where it is for all that are known.
    """
    restricted = len(run.targets.targets) < sum(len(each.targets) for each in run.knowledge.families.values())
    server = run.server_end.server
    gathered = gather(evidence, asked, run.knowledge, server.id if server is not None else None)
    if not evidence.kinds and not any(each.used for each in gathered.read) and not _resumed(gathered):
        raise UsageError(*gathered.unread, *gathered.evidence.notes, _nothing(run))
    devices, left_out = _chosen(gathered.fleet.devices, asked, run, restricted)
    chosen = set(devices)
    shared = [owned for owned in gathered.fleet.shared() if chosen.issuperset(owned)]
    policies = gathered.fleet.policies
    predictor = Predictor(run, policies.known, shared)
    rows = _rows(devices, gathered, predictor, {device for owned in shared for device in owned})
    trials = trials_of(rows)
    in_full = took_in_full(trials, asked.enough)
    for row in rows:
        row.standing = _standing(row, in_full)
    lessons = deduce(trials, provisioning(rows), run.knowledge.catalogue, asked.enough)
    made = FleetReport(
        run.stamp,
        unread=gathered.unread,
        sources=run.knowledge.sources,
        evidence=gathered.read,
        devices=rows,
        groups=groups_of(rows),
        users=gathered.fleet.users,
        lessons=lessons,
        notes=[*gathered.notes, *left_out, *_undated(rows), *_switched_off(gathered.fleet.users)],
        enough=asked.enough,
        as_of=asked.as_of or newest(gathered),
        names=asked.names,
        rename=keyed(asked.key) if asked.key is not None else None,
    )
    if gathered.logs is not None:
        made.affinity = affinity(gathered.logs.reading)
        made.logs = _span(gathered, rows, asked)
    made.inputs = [Input(each.path, "", each.used) for each in gathered.read if each.kind == "policies"]
    _tell(made, gathered, predictor, asked, restricted)
    return made


def _resumed(gathered: Gathered) -> bool:
    return gathered.logs is not None and bool(gathered.logs.reading.states)


def _nothing(run: Run) -> str:
    commands = "; ".join(f"{kind.title}: {kind.command()}" for kind in run.knowledge.evidence.values())
    return f"nothing here is evidence on a fleet; export it first, or let `policylint collect` do so: {commands}"


def _chosen(devices: Sequence[Device], asked: Asked, run: Run, restricted: bool) -> tuple[list[Device], list[str]]:
    """Return the devices that the run is about, and notes on how many are left out."""
    targets = set(run.targets.targets)
    notes = []
    kept = list(devices)
    if restricted:
        kept = [device for device in devices if targets.intersection(device.identification.targets)]
        if len(kept) < len(devices):
            notes.append(f"{len(devices) - len(kept)} devices are none of those asked for (--device), and left out")
    since = asked.since
    if since is not None:
        recent = [device for device in kept if not _gone(device, since)]
        if len(recent) < len(kept):
            notes.append(f"{len(kept) - len(recent)} devices were last seen before {since:%Y-%m-%d}, and left out")
        kept = recent
    return kept, notes


def _gone(device: Device, since: datetime) -> bool:
    seen = Row(device, observe(device, None), None, ()).last_seen
    return seen is not None and seen < since


def _rows(devices: Sequence[Device], gathered: Gathered, predictor: Predictor, shared: set[Device]) -> list[Row]:
    return [
        Row(
            device,
            observe(device, gathered.judge),
            predictor.judged(device),
            predictor.answers(device),
            device in shared,
        )
        for device in devices
    ]


def _standing(row: Row, in_full: set[tuple[Target, Policy]]) -> Standing:
    own = row.device.policy.policy if row.device.policy is not None else None
    others = [own is not None and (answer.target, own) in in_full for answer in row.answers]
    return standing(row.observation, row.answers, others)


def _undated(rows: Iterable[Row]) -> Iterable[str]:
    """Say once how many observations have no date to hold against the last change of their policy."""
    told = [row for row in rows if row.observation.seen not in ("silent", "refused") and row.observation.policy]
    without = [
        row
        for row in told
        if row.device.last_policy_update is None
        or (row.observation.policy is not None and row.observation.policy.changed is None)
    ]
    if without:
        yield (
            f"{len(without)} of {len(told)} devices: when they took their policy (LastPolicyUpdateTime) or when it was "
            "changed (WhenChangedUTC) is not shown, so it is taken as unchanged since"
        )


def _switched_off(users: Sequence[User]) -> Iterator[str]:
    count = sum(user.mailbox is not None and user.mailbox.enabled is False for user in users)
    if count:
        yield f"{number(count, 'user')} without ActiveSync (ActiveSyncEnabled False): kept out whatever the policy"


def _span(gathered: Gathered, rows: Sequence[Row], asked: Asked) -> LogSpan | None:
    assert gathered.logs is not None
    start, end, missing = span_of(gathered.logs.reading)
    seen = {row.key for row in rows if row.observation.state is not None}
    never = len({row.key for row in rows if row.device.rows and row.key is not None} - seen)
    counted = Counter(row.observation.history for row in rows if row.observation.history is not None)
    histories = dict(sorted(((str(word), count) for word, count in counted.items())))
    return LogSpan(start, end, asked.refused_hours, missing, never, histories)


def _tell(made: FleetReport, gathered: Gathered, predictor: Predictor, asked: Asked, restricted: bool) -> None:
    """Make the findings, and put those of each policy together with its groups."""
    document: Document = EvidencePlace(min(asked.paths, default="") or "<stdin>")
    whole = WholeFleet(THE_FLEET, document)
    subjects: dict[str, Subject] = {}

    def subject_of(row: Row) -> Judged:
        named = row.device.policy
        if named is None:
            return whole
        return named.policy or subjects.setdefault(named.name, Subject(named.name, document))

    maker = Maker(predictor.run, predictor, whole, _naming(made), subject_of, made.lessons)
    rows, users, policies = made.devices, made.users, gathered.fleet.policies
    found = [
        *of_groups(made.groups, maker),
        *protected_accounts(rows, maker),
        *piled_servers(made.affinity, maker),
        *shared_devices(rows, maker),
        *known_faults(rows, maker),
        *against_facts(maker, made.lessons),
    ]
    if not restricted:
        found += [*policies_of_nobody(policies, users, maker), *users_without_policy(policies, users, maker)]
    by_subject: dict[Judged, list[Finding]] = {}
    for finding in found:
        by_subject.setdefault(finding.about, []).append(finding)
    groups: dict[Judged, list[Group]] = {}
    for group in made.groups:
        groups.setdefault(subject_of(group.rows[0]), []).append(group)
    subjects_in_order = [each.policy for each in policies.known if each.policy is not None]
    ordered: list[Judged] = [*subjects_in_order, *(subjects[name] for name in sorted(subjects)), whole]
    for about in ordered:
        if about in groups or about in by_subject or about is whole:
            findings = sorted(by_subject.get(about, ()), key=lambda each: (each.rule.id, each.ruling.key))
            made.verdicts.append(FleetVerdicts(about, {}, {}, {}, [], findings, groups=groups.get(about, [])))


def _naming(made: FleetReport) -> Callable[[Sequence[Row]], str]:
    """Return what names devices and their users behind a count, where names are asked for."""

    def named(rows: Sequence[Row]) -> str:
        if not made.names or not rows:
            return ""
        pairs = sorted({(made.user_name(row.device.user), made.device_name(row.device) or "no id") for row in rows})
        shown = "; ".join(f"{user or 'nobody'}: {device}" for user, device in pairs[:_NAMED])
        more = f" and {len(pairs) - _NAMED} more" if len(pairs) > _NAMED else ""
        return f" ({shown}{more})"

    return named
