"""The laws of comparing, over generated policies."""

from collections.abc import Callable
from typing import Any

import pytest
from comparisons import Comparer
from formats import Formats
from generated import policies
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policylint.comparing.model import Comparison, Impact
from policylint.judging.engine import judge
from policylint.judging.report import Verdicts
from policylint.judging.run import Run
from policylint.knowledge import load
from policylint.policies.policy import Policy

Settings = dict[str, Any]

KNOWLEDGE = load()
FORMATS = Formats(KNOWLEDGE.catalogue)
GATE = "AllowNonProvisionableDevices"

settings.register_profile(
    "comparing", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
COMPARING = settings(settings.get_profile("comparing"))

GATES = st.sampled_from([True, True, False, False, None])


def gated(drawn: tuple[Settings, bool | None]) -> Settings:
    """Let the gate stand in any position or be missing; something is there all the same that makes it a policy."""
    made, gate = drawn
    made = {"AllowHTMLEmail": True, **made, GATE: gate}
    if gate is None:
        del made[GATE]
    return made


ONE = st.tuples(policies(), GATES).map(gated)


def changed(drawn: tuple[Settings, Settings, list[str]]) -> tuple[Settings, Settings]:
    """Make an old policy, and a new one that has part of its settings from another, and lacks some."""
    old, other, lost = drawn
    new = {**old, **other}
    return old, {name: value for name, value in new.items() if name not in lost or name == "Name"}


TWO = st.tuples(ONE, ONE, st.lists(st.sampled_from(["AllowCamera", GATE, "PasswordEnabled"]), max_size=1)).map(changed)
SEVERAL = st.lists(ONE, max_size=4).map(
    lambda several: [{**each, "Name": f"P{number}"} for number, each in enumerate(several)]
)

ENCODINGS: list[Callable[[str], bytes]] = [
    lambda text: text.encode(),
    lambda text: text.encode("utf-8-sig"),
    lambda text: text.encode("utf-16"),
    lambda text: text.encode("utf-16-be"),
]


def other_spelling(settings: Settings) -> Settings:
    """Write a policy as the other cmdlet would."""
    made = {}
    for name, value in settings.items():
        known = KNOWLEDGE.catalogue[name]
        names = [each for each in known.spellings if each != name]
        made[names[0] if names else name] = value
    return made


def without_lists(settings: Settings) -> Settings:
    """Leave out what a table cannot hold."""
    return {name: value for name, value in settings.items() if not isinstance(value, list)}


@COMPARING
@given(
    ONE.flatmap(lambda one: st.tuples(st.just(one), st.permutations(list(one)))),
    st.sampled_from(["clixml", "convertxml", "csv", "json", "listing"]),
    st.sampled_from(["clixml", "convertxml", "csv", "json", "listing"]),
    st.sampled_from(ENCODINGS),
    st.booleans(),
)
def test_what_is_written_otherwise_and_says_the_same_is_no_difference(
    comparer: Comparer,
    drawn: tuple[Settings, list[str]],
    was: str,
    form: str,
    encode: Callable[[str], bytes],
    respelled: bool,
) -> None:
    one, order = drawn
    if "csv" in (was, form):
        one = without_lists(one)
    again = {name: one[name] for name in order if name in one}
    text = FORMATS.all([other_spelling(again) if respelled else again])[form]
    found = comparer.of(comparer.side("old", [one], was), comparer.side("new", encode(text)))
    assert found.policies == []
    assert found.unchanged == 1


@COMPARING
@given(SEVERAL.flatmap(lambda several: st.tuples(st.just(several), st.permutations(several))))
def test_the_order_of_policies_is_no_difference(
    comparer: Comparer, drawn: tuple[list[Settings], list[Settings]]
) -> None:
    several, shuffled = drawn
    if several:
        assert comparer.between(several, shuffled).policies == []


def changes(found: Comparison) -> dict[str, tuple[str, str | None]]:
    return {each.property.key: (each.kind, each.direction) for policy in found.policies for each in policy.changes}


MIRRORED = {
    "stricter": "looser",
    "looser": "stricter",
    "now-shown": "no-longer-shown",
    "no-longer-shown": "now-shown",
    "added": "removed",
    "removed": "added",
}


def mirror(word: str | None) -> str | None:
    return MIRRORED.get(word or "", word)


@COMPARING
@given(TWO)
def test_swapping_the_sides_swaps_the_directions(comparer: Comparer, drawn: tuple[Settings, Settings]) -> None:
    old, new = drawn
    there, back = changes(comparer.between([old], [new])), changes(comparer.between([new], [old]))
    assert {key: (mirror(kind), mirror(direction)) for key, (kind, direction) in there.items()} == back


@COMPARING
@given(SEVERAL, SEVERAL)
def test_swapping_the_sides_swaps_added_and_removed(
    comparer: Comparer, ours: list[Settings], theirs: list[Settings]
) -> None:
    def told(found: Comparison) -> set[tuple[str | None, str]]:
        return {(each.status, each.policy.name) for each in found.policies}

    if ours and theirs:
        there, back = told(comparer.between(ours, theirs)), told(comparer.between(theirs, ours))
        assert {(mirror(status), name) for status, name in there} == back


def flag(impact: Impact) -> str:
    known = impact.finding.known
    assert known is not None
    return known.same_flag_as or known.key


def told(found: Comparison, *kinds: str, effects: tuple[str, ...], known: bool = True) -> set[tuple[str, int]]:
    """List the impacts of some kinds as pairs of a flag and the position of a target."""
    return {
        (flag(each), bit)
        for policy in found.policies
        for each in policy.impacts
        if each.kind in kinds and each.finding.rule.effect in effects and each.known_before is known
        for bit in found.stamp.targets.bits(each.finding.ruling.mask)
    }


REFUSED = ("blocks-sync", "blocks-some")
UNENFORCED = ("not-enforced", "partly-enforced")


@COMPARING
@given(TWO)
def test_swapping_the_sides_swaps_newly_refused_and_cured(comparer: Comparer, drawn: tuple[Settings, Settings]) -> None:
    old, new = drawn
    there, back = comparer.between([old], [new], "all"), comparer.between([new], [old], "all")
    for known, lost in ((True, "cured"), (False, "no-longer-seen")):
        assert told(there, "newly-refused", effects=REFUSED, known=known) == told(back, lost, effects=REFUSED)
        # a refusal is no cure, so what is let in without being enforced may have been refused before
        assert told(there, "newly-unenforced", effects=UNENFORCED, known=known) >= told(back, lost, effects=UNENFORCED)


@pytest.fixture(scope="module")
def run() -> Run:
    return Run(KNOWLEDGE, tuple(KNOWLEDGE.targets))


def grades(verdicts: Verdicts, effects: tuple[str, ...], run: Run) -> set[tuple[str, int]]:
    """List, target by target, the flags at which one policy hurts it in one of some ways."""
    return {
        (finding.known.same_flag_as or finding.known.key, bit)
        for finding in verdicts.findings
        if finding.rule.effect in effects and finding.known is not None
        for bit, target in enumerate(run.targets.targets)
        if target in finding.targets
    }


@COMPARING
@given(TWO)
def test_what_is_new_to_a_target_is_what_one_side_says_and_the_other_does_not(
    comparer: Comparer, run: Run, drawn: tuple[Settings, Settings]
) -> None:
    """The masks against a count by hand, in which every target stands for itself."""

    def read(settings: Settings) -> Policy:
        (policy,) = comparer.side("x.json", [settings]).policies
        return policy

    old, new = drawn
    found = comparer.between([old], [new], "all")
    before, after = judge(run, [read(old)])[0], judge(run, [read(new)])[0]
    for kind, effects in (("newly-refused", REFUSED), ("newly-unenforced", UNENFORCED)):
        newly = told(found, kind, effects=effects) | told(found, kind, effects=effects, known=False)
        worse = grades(after, effects, run) - grades(before, effects, run)
        # from some to all: worse than before, though there was something already
        worse |= grades(after, (effects[0],), run) - grades(before, (effects[0],), run)
        assert newly == worse
    gone = told(found, "cured", "no-longer-seen", effects=REFUSED)
    assert gone == grades(before, REFUSED, run) - grades(after, REFUSED, run)
    moved = {
        (run.targets.targets[bit].label, move.old, move.new)
        for policy in found.policies
        for move in policy.moves
        for bit in run.targets.bits(move.mask)
    }
    pairs = zip(before.by_target(run.targets), after.by_target(run.targets), strict=True)
    labels = [target.label for target in run.targets.targets]
    assert moved == {(label, was, is_) for label, (was, is_) in zip(labels, pairs, strict=True) if was != is_}
