"""Which devices teach, and what: rows to trials.

Only devices that resolve to one release teach, each counted once by its id, and only about a policy that stands in the
evidence and has not changed since; being assigned another one now does not matter.
"""

from collections.abc import Iterable, Sequence

from policylint.fleet.observing import SEEN, Seen
from policylint.fleet.rows import Row
from policylint.knowledge.families import Target
from policylint.learning.trials import Trial
from policylint.policies.policy import Policy

_TEACH = ("took-all", "took-part", "refused")


def trials_of(rows: Iterable[Row]) -> list[Trial]:
    """Return a trial for each release and policy, in a fixed order."""
    found: dict[tuple[Target, Policy], dict[str, Seen]] = {}
    for row in rows:
        given, seen = row.observation.policy, row.observation.seen
        if given is None or given.policy is None or row.observation.changed:
            continue
        if row.target is None or row.key is None or seen not in _TEACH:
            continue
        told = found.setdefault((row.target, given.policy), {})
        told[row.key] = min(seen, told.get(row.key, seen), key=SEEN.index)
    trials = [_trial(target, policy, told) for (target, policy), told in found.items()]
    return sorted(trials, key=lambda each: (each.target.label, each.policy.name.casefold(), each.policy.identity))


def _trial(target: Target, policy: Policy, told: dict[str, Seen]) -> Trial:
    def those(seen: Seen) -> frozenset[str]:
        return frozenset(key for key, said in told.items() if said == seen)

    return Trial(target, policy, those("took-all"), those("took-part"), those("refused"))


def provisioning(rows: Iterable[Row]) -> set[Target]:
    """Return the releases of which some device took any policy in full or in part."""
    return {row.target for row in rows if row.target is not None and row.observation.seen in ("took-all", "took-part")}


def took_in_full(trials: Sequence[Trial], enough: int) -> set[tuple[Target, Policy]]:
    """Return the releases and policies of which enough devices took the policy in full."""
    return {(trial.target, trial.policy) for trial in trials if len(trial.all) >= enough}
