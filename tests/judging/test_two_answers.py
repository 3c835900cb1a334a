"""Access, demands met and the verdict: the program against an independent judge, and the laws that must hold."""

from collections.abc import Iterator

import pytest
from exported import Exported, exports, interesting
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracle import GATE, Judged, Oracle

from policylint.exports.reader import read_document
from policylint.judging.engine import judge
from policylint.judging.report import Verdicts
from policylint.judging.run import Run
from policylint.knowledge import load
from policylint.knowledge.families import Target
from policylint.knowledge.query import find_server
from policylint.policies.reading import PolicyReader

KNOWLEDGE = load()
ORACLE = Oracle(KNOWLEDGE.catalogue)
QUIET = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _alike(target: Target) -> tuple[object, ...]:
    told = target.provisioning
    return (told.ability, told.gate_open, *(target.cell(known.key) for known in KNOWLEDGE.catalogue))


# of targets that nothing tells apart, one will do
TARGETS = tuple({_alike(target): target for target in KNOWLEDGE.targets}.values())
RUN = Run(KNOWLEDGE, TARGETS)


def verdicts_of(export: Exported, run: Run = RUN, *, assume_complete: bool = False) -> Verdicts:
    reader = PolicyReader(KNOWLEDGE.catalogue, assume_complete=assume_complete)
    (verdicts,) = judge(run, reader.policies(read_document(export.text(KNOWLEDGE).encode(), "policy.json")))
    return verdicts


def judged(verdicts: Verdicts, run: Run = RUN) -> list[Judged]:
    """Return what the program says, target by target."""
    columns = (verdicts.access_by_target(run.targets), *verdicts.demands(run.targets), verdicts.by_target(run.targets))
    return [Judged(*row) for row in zip(*columns, strict=True)]


class TestTheTables:
    @given(exports(KNOWLEDGE))
    @QUIET
    def test_the_program_says_what_the_tables_say(self, export: Exported) -> None:
        shown = export.shown()
        for target, said in zip(TARGETS, judged(verdicts_of(export)), strict=True):
            assert said == ORACLE.judge(shown, target), target.label

    @given(exports(KNOWLEDGE, gates=(None,)), st.booleans())
    @QUIET
    def test_an_assumed_gate_counts_as_a_gate(self, export: Exported, gate: bool) -> None:
        run = Run(KNOWLEDGE, TARGETS, assume_gate=gate)
        shown = export._replace(gate=gate).shown()
        for target, said in zip(TARGETS, judged(verdicts_of(export, run), run), strict=True):
            assert said == ORACLE.judge(shown, target), target.label

    @pytest.mark.parametrize("server", [server.id for server in KNOWLEDGE.servers])
    def test_whom_the_server_end_refuses_is_told_nothing_else(self, server: str) -> None:
        run = Run(KNOWLEDGE, TARGETS, server=find_server(server, KNOWLEDGE))
        export = Exported({"AllowCamera": False}, {}, False, "activesync")
        refused = run.targets.members(run.server_end.refused)
        for target, said in zip(TARGETS, judged(verdicts_of(export, run), run), strict=True):
            assert said == ORACLE.judge(export.shown(), target, server_refuses=target in refused), target.label


class TestLaws:
    @given(exports(KNOWLEDGE, gates=(True,)))
    @QUIET
    def test_an_open_gate_shuts_out_nobody_but_who_refuses_by_himself(self, export: Exported) -> None:
        for target, said in zip(TARGETS, judged(verdicts_of(export)), strict=True):
            needs = any(target.cell(known.key).support == "must-be" for known in KNOWLEDGE.catalogue)
            assert needs or said.access in ("let-in", "not-applicable"), target.label

    @given(exports(KNOWLEDGE), st.data())
    @QUIET
    def test_to_show_one_more_never_makes_anything_less_known(self, export: Exported, data: st.DataObject) -> None:
        hidden = [key for key in VALUES if key not in export.told] + ([GATE] if export.gate is None else [])
        if not hidden:
            return
        key = data.draw(st.sampled_from(hidden))
        before, after = judged(verdicts_of(export)), judged(verdicts_of(_showing(export, key, data)))
        for target, was, now in zip(TARGETS, before, after, strict=True):
            assert was.access == "maybe" or now.access != "maybe", target.label
            if was.access == "refused" and key not in (GATE, *_SWITCHES, *_FLAG):
                assert now.access == "refused", target.label
            if key == GATE:
                assert now.unknown <= was.unknown
            elif key not in (*_SWITCHES, *_FLAG):
                grown = [new - old for old, new in zip(was[1:5], now[1:5], strict=True)]
                assert sorted(grown)[:3] == [0, 0, 0], target.label
                assert max(grown) <= 1, target.label

    @given(exports(KNOWLEDGE))
    @QUIET
    def test_to_assume_an_export_complete_is_to_read_the_rest_as_neutral(self, export: Exported) -> None:
        neutral = {key: (KNOWLEDGE.catalogue[key].neutral or (None,))[0] for key in VALUES}
        whole = export._replace(told={**neutral, **export.told}, hidden={})
        assert judged(verdicts_of(export, assume_complete=True)) == judged(verdicts_of(whole))

    @given(exports(KNOWLEDGE))
    @QUIET
    def test_findings_and_answers_never_contradict_each_other(self, export: Exported) -> None:
        verdicts = verdicts_of(export)
        told = {name: set(_told(verdicts, effects)) for name, effects in _EFFECTS.items()}
        for target, said in zip(TARGETS, judged(verdicts), strict=True):
            if export.gate is not None:
                assert (said.access == "refused") == (target in told["refused"]), target.label
                assert said.access != "refused-on-some" or target in told["some"], target.label
            weak = said.partly + said.unmet > 0
            assert not weak or target in told["refused"] | told["some"] | told["weak"] | told["gate"], target.label
            assert target not in told["weak"] or weak, target.label

    @given(exports(KNOWLEDGE))
    @QUIET
    def test_what_is_counted_as_unknown_is_what_can_be_listed(self, export: Exported) -> None:
        verdicts = verdicts_of(export, LISTING)
        listed = [each.ruling.mask for each in verdicts.findings if each.rule.outcome == "unknown"]
        assert list(LISTING.targets.tally(listed)) == list(verdicts.counts(LISTING.targets)[2])

    @given(exports(KNOWLEDGE, gates=(None,)))
    @QUIET
    def test_a_gate_that_is_not_shown_is_told_wherever_it_makes_a_difference(self, export: Exported) -> None:
        verdicts = verdicts_of(export)
        (missing,) = [each for each in verdicts.findings if each.rule.outcome == "gate-missing"]
        ends = [judged(verdicts_of(export._replace(gate=gate))) for gate in (True, False)]
        for target, opened, closed in zip(TARGETS, *ends, strict=True):
            assert (target in missing.targets) == (opened[:5] != closed[:5]), target.label

    @given(exports(KNOWLEDGE, gates=(False,)))
    @QUIET
    def test_weak_support_on_the_hardware_that_is_let_in_is_told_beside_the_refusal(self, export: Exported) -> None:
        verdicts = verdicts_of(export)
        for finding in verdicts.findings:
            if finding.rule.outcome == "blocks-some" and finding.known is not None:
                key = finding.known.key
                also = {
                    target
                    for each in verdicts.findings
                    if each.rule.outcome in ("partly-enforced", "not-enforced") and each.known is finding.known
                    for target in each.targets
                }
                assert all(target in also for target in finding.targets if target.cell(key).support == "partial")


VALUES = interesting(KNOWLEDGE)
LISTING = Run(KNOWLEDGE, TARGETS, show_unknown=True)
_SWITCHES = {known.gate.property for known in KNOWLEDGE.catalogue if known.gate is not None}
_FLAG = {name for known in KNOWLEDGE.catalogue if known.same_flag_as for name in (known.key, known.same_flag_as)}
_EFFECTS = {
    "refused": ("blocks-sync",),
    "some": ("blocks-some",),
    "weak": ("not-enforced", "partly-enforced"),
    "gate": ("unknown",),
}


def _showing(export: Exported, key: str, data: st.DataObject) -> Exported:
    if key == GATE:
        return export._replace(gate=data.draw(st.booleans()))
    value = data.draw(st.sampled_from(VALUES[key]))
    return export._replace(
        told={**export.told, key: value}, hidden={each: why for each, why in export.hidden.items() if each != key}
    )


def _told(verdicts: Verdicts, effects: tuple[str, ...]) -> Iterator[Target]:
    for finding in verdicts.findings:
        if finding.rule.effect in effects:
            yield from finding.targets
