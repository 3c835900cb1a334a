"""What is to be told of a fleet: findings, each about a policy and a line of devices, or about the fleet."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from policylint.fleet.predicting import Predictor
from policylint.fleet.rows import Group, Row, count_devices
from policylint.judging.findings import Finding, Ruling
from policylint.judging.run import Run
from policylint.knowledge import Source
from policylint.knowledge.catalogue import Property
from policylint.learning.trials import Lessons
from policylint.policies.judged import Judged
from policylint.policies.policy import Policy
from policylint.writing.style import and_more, number

_SETTINGS = 5
_REFUSING = ("blocks-sync", "blocks-some")

Told = Callable[[Sequence[Row]], str]
"""Names the devices of some rows and their users, where that is allowed; else it says nothing."""


@dataclass(slots=True)
class Maker:
    """Makes findings. `fleet` is what those are about that concern no exported policy."""

    run: Run
    predictor: Predictor
    fleet: Judged
    named: Told
    subject_of: Callable[[Row], Judged]
    lessons: Lessons

    def finding(
        self,
        outcome: str,
        about: Judged,
        detail: str,
        rows: Sequence[Row] = (),
        *,
        name: str | None = None,
        known: Property | None = None,
        key: str = "",
        sources: Iterable[Source] = (),
        evidence: str | None = None,
        mask: int | None = None,
    ) -> Finding:
        """Make a finding of the rule that reports an outcome."""
        rule = self.run.knowledge.rulebook.by_outcome[outcome]
        own = [self.run.knowledge.sources[each] for each in rule.sources]
        ruling = Ruling(
            rule,
            self.run.targets,
            self.mask(rows) if mask is None else mask,
            detail=f"{detail}{self.named(rows)}",
            evidence=evidence,
            sources=tuple(dict.fromkeys([*sources, *own])),
            key=key,
        )
        return Finding(ruling, about, about.mark, known, name)

    def mask(self, rows: Iterable[Row]) -> int:
        """Return the mask of the releases that some devices may be."""
        return reduce(or_, (self.run.targets.mask(targets) for targets in {row.targets for row in rows}), 0)

    def because(self, policy: Policy | None, mask: int) -> tuple[str, tuple[Source, ...]]:
        """Name the settings for which the engine has it that some targets are refused, and the sources."""
        verdicts = self.predictor.verdicts.get(policy) if policy is not None else None
        found = [
            finding
            for finding in (verdicts.findings if verdicts else ())
            if finding.rule.effect in _REFUSING and finding.ruling.mask & mask
        ]
        names = list(dict.fromkeys(finding.name for finding in found if finding.name is not None))
        sources = tuple(dict.fromkeys(source for finding in found for source in finding.ruling.sources))
        return (f" because of {and_more(names, _SETTINGS)}" if names else ""), sources


def counted(rows: Sequence[Row]) -> str:
    """Say how many devices of how many users some rows are."""
    users = len({id(row.device.user) for row in rows if row.device.user.spellings})
    devices = number(count_devices(rows), "device")
    return f"{devices} of {number(users, 'user')}" if users else devices


def of_groups(groups: Iterable[Group], make: Maker) -> Iterator[Finding]:
    """Yield what is to be told of the devices of each line under each policy."""
    for group in groups:
        for outcome, rows in _told(group):
            policy = rows[0].judged
            why, sources = make.because(policy, make.mask(rows)) if outcome in _WHY else ("", ())
            if outcome == "fleet-refused" and not why:
                why = _as_learned(rows, make.lessons)
            about = make.subject_of(rows[0])
            detail = f"{group.line}: {counted(rows)}{why}{_seen(rows) if outcome == 'fleet-contradicted' else ''}"
            yield make.finding(outcome, about, detail, rows, name=group.line, key=group.line, sources=sources)


def _as_learned(rows: Sequence[Row], lessons: Lessons) -> str:
    """Name the settings that are refused, or suspected, by what these very devices did."""
    given = ((row.target, row.observation.policy) for row in rows)
    places = {(target, each.policy.identity) for target, each in given if each is not None and each.policy is not None}
    culprits = {
        each.known.key
        for each in lessons.taught
        if not each.taken and any((each.target, name) in places for name in each.policies)
    }
    if culprits:
        return f" because of {and_more(sorted(culprits), _SETTINGS)}, as these devices show"
    targets = {target for target, _ in places}
    suspects = {name for each in lessons.suspects if each.target in targets for name in each.names}
    return f", suspected of it: {and_more(sorted(suspects), _SETTINGS)}" if suspects else ""


_WHY = ("fleet-refused", "fleet-latent")


def _told(group: Group) -> Iterator[tuple[str, list[Row]]]:
    by: dict[str, list[Row]] = {}
    for row in group.rows:
        outcome = _outcome(row)
        if outcome is not None:
            by.setdefault(outcome, []).append(row)
        if row.observation.history == "refresh-dead":
            by.setdefault("fleet-refresh", []).append(row)
    yield from sorted(by.items())


def _outcome(row: Row) -> str | None:
    seen, standing = row.observation.seen, row.standing
    if standing == "contradicted":
        return "fleet-contradicted"
    if standing == "others-took-it":
        return "fleet-others-took-it"
    if seen == "refused":
        return "fleet-refused"
    if standing == "latent":
        disabled = row.device.user.mailbox is not None and row.device.user.mailbox.enabled is False
        return None if disabled else "fleet-latent"
    return "fleet-part" if seen == "took-part" and standing != "stale" else None


def _seen(rows: Sequence[Row]) -> str:
    """Say what was seen, and what was predicted."""
    pairs = dict.fromkeys((row.observation.seen, row.access) for row in rows)
    return ": " + "; ".join(f"seen {seen}, predicted {access}" for seen, access in pairs)
