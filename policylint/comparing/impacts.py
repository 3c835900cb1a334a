"""What a change means for the targets: findings that are new to them, and findings that they lost.

Each side is judged as ever, and the findings of both are held against each other as masks of targets, by property and
effect. Two names of one flag are one property here.
"""

from collections.abc import Iterator, Sequence

from policylint.comparing.model import Answers, Change, Impact, ImpactKind, Move, Shift
from policylint.judging.findings import Divider, Finding
from policylint.judging.report import VERDICTS, Verdicts
from policylint.judging.targets import TargetSet
from policylint.knowledge.catalogue import GATE
from policylint.policies.policy import Policy

_REFUSED = ("blocks-some", "blocks-sync")
_UNENFORCED = ("partly-enforced", "not-enforced")
# From a grade to those at least as grave, of its own kind.
_AS_GRAVE = {grade: kind[position:] for kind in (_REFUSED, _UNENFORCED) for position, grade in enumerate(kind)}

_Masks = dict[tuple[str, str], int]


class _Causes:
    """The changes of a policy, as what findings come from."""

    def __init__(self, changes: Sequence[Change]):
        self._by_property = {change.property.key: change for change in changes}
        self._by_flag = {change.property.same_flag_as or change.property.key: change for change in changes}

    def of(self, finding: Finding) -> Change | None:
        """Find the change that a finding comes from: of its own property, else of what that depends on."""
        first, *rest = _depends_on(finding)
        found = self._by_property.get(first) or self._by_flag.get(_flag(finding))
        # where the provisioning gate does not decide a finding, it may still decide whether a target fetches the policy
        others = (self._by_property.get(key) for key in (*rest, GATE))
        return found or next(filter(None, others), None)


class Impacts:
    """Works out what changes mean for the targets of a run; with `gate_is_assumed` a missing gate is no secret."""

    def __init__(self, *, gate_is_assumed: bool):
        self._gate_is_assumed = gate_is_assumed
        self._divider = Divider()

    def of_added(self, verdicts: Verdicts) -> list[Impact]:
        """List what an added policy does to whoever gets it."""
        return [Impact(_newly(finding), finding) for finding in _of_devices(verdicts)]

    def between(self, old: Verdicts, new: Verdicts, changes: Sequence[Change]) -> list[Impact]:
        """List what targets gain and lose between two judgements of one policy, the gravest first."""
        before, after, causes = _masks(old), _masks(new), _Causes(changes)
        found = [*self._gained(new, before, old.policy, causes), *self._lost(old, after, new.policy, causes)]
        order = ("newly-refused", "newly-unenforced", "no-longer-seen", "cured")
        return sorted(found, key=lambda impact: order.index(impact.kind))

    def _gained(self, new: Verdicts, before: _Masks, old: Policy, causes: _Causes) -> Iterator[Impact]:
        for finding in _of_devices(new):
            flag, effect = _flag(finding), finding.rule.effect
            mask = finding.ruling.mask & ~_union(before, flag, _AS_GRAVE[effect])
            if mask:
                known = self._shows(old, finding)
                yield Impact(
                    _newly(finding), self._divider.part(finding, mask, finding.waived), causes.of(finding), known
                )

    def _lost(self, old: Verdicts, after: _Masks, new: Policy, causes: _Causes) -> Iterator[Impact]:
        for finding in _of_devices(old):
            flag = _flag(finding)
            # what refuses now neither cures what refused before nor what was let in without enforcing something
            still = _REFUSED if finding.rule.effect in _REFUSED else (*_REFUSED, *_UNENFORCED)
            mask = finding.ruling.mask & ~_union(after, flag, still)
            if mask:
                seen = self._shows(new, finding)
                part = self._divider.part(finding, mask, finding.waived)
                yield Impact("cured" if seen else "no-longer-seen", part, causes.of(finding))

    def _shows(self, policy: Policy, finding: Finding) -> bool:
        """Tell whether a policy shows all that a finding on the other side depends on, as far as that side shows it."""
        return all(
            policy.get(key) is not None or (key == GATE and self._gate_is_assumed) or finding.policy.get(key) is None
            for key in _depends_on(finding)
        )


def moves(old: Verdicts | None, new: Verdicts) -> list[Move]:
    """List the targets whose verdict is another one, or all if there is no old verdict, the gravest first."""
    if old is None:
        return [Move(None, verdict, mask) for verdict in VERDICTS if (mask := new.masks.get(verdict))]
    asked = set(old.policy.demanded())
    shows_less = any(known.key in asked for known in new.policy.hidden)
    return [
        Move(was, verdict, mask, shows_less and VERDICTS.index(verdict) > VERDICTS.index(was))
        for verdict in VERDICTS
        for was in VERDICTS
        if was != verdict and (mask := new.masks.get(verdict, 0) & old.masks.get(was, 0))
    ]


def shifts(old: Verdicts, new: Verdicts, targets: TargetSet) -> list[Shift]:
    """List the targets whose verdict stays, and whose access or demands do not."""
    stay = 0
    for verdict, mask in new.masks.items():
        stay |= mask & old.masks.get(verdict, 0)
    before, after = _answers(old, targets), _answers(new, targets)
    found: dict[tuple[Answers, Answers], int] = {}
    for bit in targets.bits(stay):
        if before[bit] != after[bit]:
            key = (before[bit], after[bit])
            found[key] = found.get(key, 0) | 1 << bit
    return [Shift(was, now, mask) for (was, now), mask in found.items()]


def _answers(verdicts: Verdicts, targets: TargetSet) -> list[Answers]:
    demands = zip(*verdicts.demands(targets), strict=True)
    return list(zip(verdicts.access_by_target(targets), demands, strict=True))


def _of_devices(verdicts: Verdicts) -> Iterator[Finding]:
    """Yield the findings on devices that come from the policy."""
    for finding in verdicts.findings:
        if finding.rule.effect in _AS_GRAVE and not finding.rule.once:
            yield finding


def _newly(finding: Finding) -> ImpactKind:
    return "newly-refused" if finding.rule.effect in _REFUSED else "newly-unenforced"


def _masks(verdicts: Verdicts) -> _Masks:
    found: _Masks = {}
    for finding in _of_devices(verdicts):
        key = (_flag(finding), finding.rule.effect)
        found[key] = found.get(key, 0) | finding.ruling.mask
    return found


def _union(masks: _Masks, flag: str, effects: Sequence[str]) -> int:
    union = 0
    for effect in effects:
        union |= masks.get((flag, effect), 0)
    return union


def _flag(finding: Finding) -> str:
    known = finding.known
    return known.same_flag_as or known.key if known else finding.subject_property


def _depends_on(finding: Finding) -> list[str]:
    """List the keys of what a finding depends on: its property, the gate of that, and the provisioning gate.

    That a policy is never fetched is told only of one that demands something: whatever it demands.
    """
    known = finding.known
    found = [finding.subject_property]
    if finding.rule.outcome == "never-fetches":
        found += finding.policy.demanded()
    if known is not None and known.gate is not None:
        found.append(known.gate.property)
    if finding.ruling.gated:
        found.append(GATE)
    return found
