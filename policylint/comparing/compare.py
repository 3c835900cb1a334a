"""Compare two sides, policy by policy: pure, without files or clock."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from policylint.comparing.changes import changes, unknown_that_differ
from policylint.comparing.impacts import Impacts, moves, shifts
from policylint.comparing.matching import paired
from policylint.comparing.model import Change, Comparison, Pair, PolicyDiff, Remark, Side, renamed
from policylint.judging.findings import Finding
from policylint.judging.report import Verdicts
from policylint.judging.stamp import Stamp
from policylint.judging.targets import TargetSet
from policylint.knowledge.catalogue import Catalogue
from policylint.policies.policy import Policy
from policylint.writing.style import and_more

_NAMED = 10

Judge = Callable[[Sequence[Policy]], Sequence[Verdicts]]
"""Judges policies for the targets of the run, with what counts of the findings marked."""


def compare(
    old: Side,
    new: Side,
    stamp: Stamp,
    catalogue: Catalogue,
    judge: Judge,
    tell: Judge,
    *,
    gate_is_assumed: bool = False,
) -> Comparison:
    """Return what differs between two sides, and what that means for the targets.

    Only policies that differ are judged: the verdicts of the others are the same on both sides. Of all, `tell` returns
    what their exports do not tell.
    """
    pairs, repeated = paired(old, new)
    differing = [(pair, found) for pair in pairs if (found := _changes(pair, catalogue)) is not None]
    before = _judged([pair.old for pair, _ in differing if pair.new is not None], judge)
    after = _judged([pair.new for pair, _ in differing], judge)
    impacts = Impacts(gate_is_assumed=gate_is_assumed)
    policies = [
        _policy_diff(pair, found, before, after, impacts, catalogue, stamp.targets) for pair, found in differing
    ]
    notes = list(_notes(pairs, repeated))
    return Comparison(stamp, old, new, policies, len(pairs) - len(policies), notes, _not_told(old, new, tell))


def _not_told(old: Side, new: Side, tell: Judge) -> dict[str, list[Verdicts]]:
    """Return by side what its exports do not tell; what is the same on both, of the new one."""
    after = list(tell(new.policies))
    same = {_about(finding) for verdicts in after for finding in verdicts.findings}
    before = [
        replace(verdicts, findings=[each for each in verdicts.findings if _about(each) not in same])
        for verdicts in tell(old.policies)
    ]
    return {"old": [verdicts for verdicts in before if verdicts.findings], "new": after}


def _about(finding: Finding) -> tuple[str, str, str, str]:
    return finding.rule.id, finding.subject, finding.subject_property, finding.ruling.key or finding.message


def _notes(pairs: Sequence[Pair], repeated: Sequence[str]) -> Iterator[str]:
    """Tell what is no difference of a setting, but may be why somebody looks for one."""
    if repeated:
        how = "paired by file, then by what they say, then in order"
        yield f"several policies of a side have one Guid or name, and were {how}: {_listed(repeated)}"
    both = [(old, new) for old, new, _ in pairs if old is not None and new is not None]
    renewed = [new.name for old, new in both if old.guid and new.guid and old.guid != new.guid]
    if renewed:
        yield f"recognised by name, though the Guid is another one: {_listed(renewed)}"
    names = dict.fromkeys(name for old, new in both for name in unknown_that_differ(old, new))
    if names:
        yield f"columns that are not in the catalogue differ and were not compared: {_listed(list(names))}"


def _listed(names: Sequence[str]) -> str:
    return and_more([repr(name) for name in names], _NAMED)


def _changes(pair: Pair, catalogue: Catalogue) -> list[Change] | None:
    """List the settings that differ; None where nothing does."""
    if pair.old is None or pair.new is None:
        return []
    found = changes(pair.old, pair.new, catalogue)
    return found if found or renamed(pair) is not None else None


def _judged(policies: Sequence[Policy | None], judge: Judge) -> dict[Policy, Verdicts]:
    return {verdicts.policy: verdicts for verdicts in judge([each for each in policies if each is not None])}


def _policy_diff(
    pair: Pair,
    found: Sequence[Change],
    before: dict[Policy, Verdicts],
    after: dict[Policy, Verdicts],
    impacts: Impacts,
    catalogue: Catalogue,
    targets: TargetSet,
) -> PolicyDiff:
    if pair.new is None:
        return PolicyDiff(pair)
    new = after[pair.new]
    if pair.old is None:
        return PolicyDiff(pair, impacts=impacts.of_added(new), moves=moves(None, new))
    old = before[pair.old]
    remarks = tuple(_remarks(pair.old, pair.new, found, catalogue))
    shifted = shifts(old, new, targets)
    return PolicyDiff(pair, found, impacts.between(old, new, found), moves(old, new), shifted, remarks)


def _remarks(old: Policy, new: Policy, found: Sequence[Change], catalogue: Catalogue) -> Iterator[Remark]:
    """Say whom the change reaches, as far as the catalogue knows."""
    alone = len(found) == 1 and not unknown_that_differ(old, new)
    for known in catalogue:
        if known.reach is None:
            continue
        if alone and found[0].property is known and found[0].direction == "stricter":
            yield Remark(known.reach.alone, known.reach.sources)
        if any(change.kind == "changed" and change.property.kind == "device" for change in found):
            yield Remark(known.reach.others, known.reach.sources)
