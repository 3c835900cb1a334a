"""Trials to lessons: what is taken, what is refused, what is suspected. Nothing depends on the order of trials.

1. Taken: enough devices of a target took a policy in full. Each of its demands is taken there, at its value and looser
   ones, whatever a few others did.
2. Cut: enough devices did not take all of it, and none did. Where something is known to refuse, nothing is learned.
3. The culprit: a cut with one open demand only. Culprits explain other cuts; what is left is suspected.
4. Fewer than enough took all while others were cut: contradicting, nothing is learned.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from policylint.judging.cells import must_be_broken, refusal
from policylint.judging.demands import Demand, broken_must_be, demands_of, demands_on
from policylint.knowledge.catalogue import Catalogue
from policylint.knowledge.families import Target
from policylint.knowledge.observed import Within, bounds
from policylint.learning.observed import learn, written
from policylint.learning.trials import HIDDEN, PROVISIONING, Against, Lessons, Suspects, Taught, Trial
from policylint.values import Value, to_text

_TAKES = ("enforced", "accepted", "partial", "ignored")
SOME_TOOK_IT = "too few took it in full while others were cut"
NOTHING_OPEN = "it was cut though all it asks is known to be taken"


@dataclass(slots=True)
class _Cut:
    """A trial in which a policy was cut and the data does not say why."""

    trial: Trial
    demands: tuple[Demand, ...]
    open: tuple[Demand, ...]
    marks: tuple[str, ...]

    @property
    def on_some_hardware(self) -> bool:
        """Whether the only open demand is one that some hardware refuses."""
        return len(self.open) == 1 and _on_hardware(self.open[0])


def deduce(trials: Sequence[Trial], provisioning: Collection[Target], catalogue: Catalogue, enough: int) -> Lessons:
    """Learn from trials, one for each target and policy.

    `provisioning` are the targets of which some device took any policy in full or in part.
    """
    lessons = Lessons()
    asked = {id(trial): tuple(demands_on(trial.target, demands_of(trial.policy))) for trial in trials}
    taken = _Statements(taken=True)
    cuts = []
    for trial in trials:
        if len(trial.all) >= enough:
            taken.add(trial, asked[id(trial)])
            lessons.took.append(trial)
        elif len(trial.cut) >= enough and trial.all:
            lessons.against.append(Against(trial.target, trial.policy, SOME_TOOK_IT, trial.all | trial.cut))
    for trial in trials:
        if len(trial.cut) >= enough and not trial.all:
            demands = asked[id(trial)]
            if any(_refuses(each) for each in demands) or any(broken_must_be(trial.target, trial.policy, catalogue)):
                continue
            still = tuple(each for each in demands if not _is_taken(each) and not taken.covers(trial.target, each))
            hardware = tuple(each for each in demands if _on_hardware(each) and each not in still)
            cuts.append(_Cut(trial, demands, (*still, *hardware), tuple(_marks(trial, provisioning))))
    refused = _Statements(taken=False)
    for cut in cuts:
        if len(cut.open) == 1 and not cut.marks and not cut.on_some_hardware:
            refused.add(cut.trial, cut.open, cut.trial.cut)
    _conclude(cuts, refused, lessons)
    lessons.taught = [*taken.taught(), *refused.taught()]
    lessons.against.sort(key=lambda each: (each.target.label, each.policy.identity))
    return lessons


def _conclude(cuts: Iterable[_Cut], refused: "_Statements", lessons: Lessons) -> None:
    """Tell of the cuts that no culprit explains."""
    suspects: dict[tuple[Target, frozenset[str]], Suspects] = {}
    for cut in cuts:
        target = cut.trial.target
        if any(refused.covers(target, each) or _was_refused(each) for each in cut.demands):
            continue
        if not cut.marks:
            if not cut.open:
                devices = cut.trial.cut
                lessons.against.append(Against(target, cut.trial.policy, NOTHING_OPEN, devices))
            if len(cut.open) < 2:
                continue
        values = tuple(sorted(((each.known, each.value) for each in cut.open), key=lambda each: each[0].key))
        found = Suspects(target, values, cut.marks, cut.trial.cut)
        known = suspects.get((target, found.names))
        if known is not None:
            values = min(known.values, found.values, key=lambda each: [to_text(value) for _, value in each])
            found = Suspects(target, values, cut.marks, known.devices | found.devices)
        suspects[target, found.names] = found
    lessons.suspects = [
        each
        for each in sorted(suspects.values(), key=lambda each: (each.target.label, sorted(each.names)))
        if not any(other.target is each.target and other.names < each.names for other in suspects.values())
    ]


class _Statements:
    """Demands that are taken, or refused, on targets; each with its devices and policies."""

    def __init__(self, *, taken: bool) -> None:
        self._taken = taken
        self._found: dict[tuple[str, str, str], tuple[Target, Demand, set[str], set[str]]] = {}
        self._within: dict[tuple[Target, str], list[Within]] = {}

    def add(self, trial: Trial, demands: Iterable[Demand], devices: frozenset[str] | None = None) -> None:
        """Take in demands that a trial shows."""
        for demand in demands:
            key = trial.target.label, demand.known.key, to_text(demand.value)
            _, _, told, policies = self._found.setdefault(key, (trial.target, demand, set(), set()))
            told.update(trial.all if devices is None else devices)
            policies.add(trial.policy.identity)
            within = bounds(demand.known, written(demand.value), taken=self._taken)
            self._within.setdefault((trial.target, demand.known.key), []).append(within)

    def covers(self, target: Target, demand: Demand) -> bool:
        """Tell whether a demand on a target lies within what was shown."""
        shown = self._within.get((target, demand.known.key), ())
        return any(within.holds(demand.known, demand.value) for within in shown)

    def taught(self) -> list[Taught]:
        """Return what was shown: of the taken values of a demand the strictest, of the refused ones the loosest."""
        found = []
        for _, group in groupby(sorted(self._found.items(), key=lambda each: each[0]), key=lambda each: each[0][:2]):
            values = [each for _, each in group]
            found += [self._of(each) for each in values if not any(self._implies(other, each) for other in values)]
        return found

    def _implies(
        self, one: tuple[Target, Demand, set[str], set[str]], other: tuple[object, Demand, object, object]
    ) -> bool:
        demand, weaker = one[1], other[1]
        if demand.value == weaker.value and type(demand.value) is type(weaker.value):
            return False
        return bounds(demand.known, written(demand.value), taken=self._taken).holds(weaker.known, weaker.value)

    def _of(self, each: tuple[Target, Demand, set[str], set[str]]) -> Taught:
        target, (known, value, cell), devices, policies = each
        learned = learn(known, value, cell, taken=self._taken)
        support = learned[0] if learned else None
        return Taught(target, known, value, self._taken, cell, support, frozenset(devices), frozenset(policies))


def _refuses(demand: Demand) -> bool:
    """Tell whether the data has it that a value is refused, on any hardware."""
    known, value, cell = demand
    if cell.support == "must-be":
        return must_be_broken(cell, known, value)
    return refusal(cell, known, value) == "blocks"


def _was_refused(demand: Demand) -> bool:
    """Tell whether it was observed before that a value is refused."""
    known, value, cell = demand
    today = cell.at(known, value)
    return today is not cell and today.support == "blocks"


def _on_hardware(demand: Demand) -> bool:
    return refusal(demand.cell, demand.known, demand.value) == "blocks-some"


def _is_taken(demand: Demand) -> bool:
    """Tell whether a documented fact has it that a value is taken."""
    known, value, cell = demand
    if cell.support == "must-be":
        return not must_be_broken(cell, known, value)
    conditional = cell.support == "blocks" and cell.blocks is not None
    return cell.evidence == "documented" and (cell.support in _TAKES or conditional)


def _marks(trial: Trial, provisioning: Collection[Target]) -> Iterable[str]:
    if trial.policy.hidden:
        yield HIDDEN
    if trial.target.provisioning.ability in ("none", "unknown") and trial.target not in provisioning:
        yield PROVISIONING


def experiment(suspects: Suspects) -> dict[str, Value]:
    """Return the smallest policy that tells suspects apart, for one phone: the settings beside the closed gate.

    Where it is not even known that the phone fetches a policy, a policy that asks nothing tells that first.
    """
    if PROVISIONING in suspects.marks or not suspects.values:
        return {}
    known, value = suspects.values[0]
    asked = {known.key: value}
    if known.gate is not None and known.gate.property != known.key:
        asked[known.gate.property] = known.gate.equals
    return asked
