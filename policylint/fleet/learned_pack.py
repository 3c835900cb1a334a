"""What was learned, as a pack in a folder. What it held before stays, unless devices now did otherwise."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from policylint.fleet.report import FleetReport
from policylint.knowledge.catalogue import GATE
from policylint.knowledge.families import Target
from policylint.knowledge.observed import Within, bounds
from policylint.learning.observed import FILE, Learned, observed_text, written
from policylint.learning.trials import Lessons, Taught, Trial
from policylint.writing.whole import write_file

_SOURCE = "Observed on devices of this organisation, by their inventory and logs"


def learned_of(report: FleetReport) -> list[Learned]:
    """Return everything that the fleet teaches, whether it is known from an earlier run or not."""
    day = (report.as_of or datetime.now(UTC)).date().isoformat()
    learned = [_learned(each, day) for each in report.lessons.taught if each.support is not None]
    return [*learned, *_provisioning(report.lessons, learned, day)]


def _provisioning(lessons: Lessons, learned: Sequence[Learned], day: str) -> Iterator[Learned]:
    """Yield that a release provisions at all, where nothing else that is learned or known of it says so.

    It took a policy behind a closed gate that asks nothing else of it.
    """
    known = {(each.family, each.versions) for each in learned}
    found: dict[Target, list[Trial]] = {}
    for trial in lessons.took:
        gate = trial.policy.get(GATE)
        place = trial.target.family.id, f"=={trial.target.version}"
        if place not in known and trial.target.provisioning.ability == "unknown" and gate and gate.value is False:
            found.setdefault(trial.target, []).append(trial)
    for target, trials in found.items():
        devices = len(frozenset().union(*(trial.all for trial in trials)))
        within = Within(equals=(False,))
        versions = f"=={target.version}"
        yield Learned(target.family.id, versions, GATE, "accepted", within, devices, len(trials), day)


def _learned(taught: Taught, day: str) -> Learned:
    return Learned(
        taught.target.family.id,
        f"=={taught.target.version}",
        taught.known.key,
        str(taught.support),
        bounds(taught.known, written(taught.value), taken=taught.taken),
        len(taught.devices),
        len(taught.policies),
        day,
    )


def write(report: FleetReport, directory: Path) -> None:
    """Write the pack, and make its folder where it is missing. Raises `OSError`, and `PackError` for a bad file."""
    learned = learned_of(report)
    path = directory / FILE
    before = list(_kept(path, report.lessons.taught, learned)) if path.exists() else []
    directory.mkdir(parents=True, exist_ok=True)
    write_file(path, [observed_text([*learned, *before], _SOURCE)])


def _kept(path: Path, taught: Sequence[Taught], learned: Sequence[Learned]) -> Iterator[Learned]:
    """Yield what a file holds that is neither said anew nor against what devices did now."""
    from policylint.knowledge.pack import schema
    from policylint.knowledge.pack.reading import read_file

    said = {(each.family, each.versions, each.property, each.support, repr(each.within)) for each in learned}
    for entry in read_file(path, schema.ObservedFile).model.observed:
        equals = tuple(entry.within.equals) if entry.within.equals else None
        within = Within(entry.within.min, entry.within.max, equals)
        versions = str(entry.versions or "")
        if (entry.family, versions, entry.property, entry.support, repr(within)) in said:
            continue
        against = (
            (each.target.family.id, f"=={each.target.version}", each.known.key)
            == (entry.family, versions, entry.property)
            and each.taken == (entry.support == "blocks")
            and within.holds(each.known, each.value)
            for each in taught
        )
        if not any(against):
            day = entry.as_of.isoformat()
            yield Learned(
                entry.family, versions, entry.property, entry.support, within, entry.devices, entry.policies, day
            )
