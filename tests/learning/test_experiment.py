"""An experiment with simulated phones: it learns what they do, is safe to try, and survives its file."""

import json
from random import Random

import jsonschema
import pytest
import tree_sitter_powershell
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from tree_sitter import Language, Parser

from policylint.knowledge import load
from policylint.knowledge.families import Target
from policylint.learning.experiment import Experiment, ExperimentError, begin, resume
from policylint.learning.pages import json_text, lines

KNOWLEDGE = load()
SHAPE = jsonschema.Draft202012Validator(
    json.loads((ROOT / "docs" / "schema" / "experiment-1.schema.json").read_text(encoding="utf-8"))
)
CATALOGUE = KNOWLEDGE.catalogue
NO_COMMANDS = ("AppliedInFull", "PartiallyApplied", "NotApplied", "Get-")
"""How the lines begin that look like a script and change nothing, or are none."""
SWITCH = CATALOGUE["DevicePasswordEnabled"]
OPEN = [
    target
    for target in KNOWLEDGE.targets
    if target.provisioning.ability != "none"
    and any(
        target.cell(known.key).support in ("unknown", "unmet") and known.never_tried is None
        for known in CATALOGUE.properties
        if known.kind == "device"
    )
]


def target_of(label: str) -> Target:
    return next(each for each in KNOWLEDGE.targets if each.label == label)


def run(experiment: Experiment, refused: set[str]) -> Experiment:
    while not experiment.plan.done:
        keys = {known.key for known in experiment.trial}
        experiment = experiment.answered("refused" if keys & refused else "took-all")
    return experiment


@given(st.integers(0, len(OPEN) - 1), st.randoms(use_true_random=False))
def test_a_simulated_phone_is_found_out(number: int, random: Random):
    target = OPEN[number]
    experiment = begin(target, KNOWLEDGE)
    cells = experiment.plan.open
    refused = {key for key in cells if random.random() < 0.2}
    done = run(experiment, refused)
    learned = {known.key: taken for known, _, taken in done.learned()}
    assert {key for key, taken in learned.items() if not taken} <= refused
    untried = set(cells) - set(learned)
    if SWITCH.key in refused:
        assert all(CATALOGUE[key].gate is not None for key in untried)
    else:
        assert not untried
        assert {key for key, taken in learned.items() if not taken} == refused


@given(st.integers(0, len(OPEN) - 1), st.lists(st.booleans(), max_size=40))
def test_every_policy_is_whole_and_safe(number: int, answers: list[bool]):
    experiment = begin(OPEN[number], KNOWLEDGE)
    for refused in (*answers, False):
        for known, value in experiment.trial.items():
            assert known.never_tried is None
            assert not known.is_neutral(value)
        details = [known for known in experiment.trial if known.gate and known.gate.property == SWITCH.key]
        if details:
            assert experiment.policy[SWITCH] is True
            assert SWITCH in experiment.trial
            assert SWITCH.key not in experiment.plan.refused
        asked = {
            known for known, value in experiment.policy.items() if known.kind == "device" and value != known.neutral[0]
        }
        kept = {known for known in asked if experiment.target.cell(known.key).support == "must-be"}
        assert asked - kept == set(experiment.trial)
        assert experiment.policy[CATALOGUE["AllowNonProvisionableDevices"]] is False
        if experiment.plan.done:
            return
        experiment = experiment.answered("refused" if refused else "took-all")


def test_what_could_wipe_or_lock_out_is_never_tried():
    never = {known.key for known in CATALOGUE.properties if known.kind == "device" and known.never_tried}
    assert never >= {"MaxDevicePasswordFailedAttempts", "DevicePasswordExpiration", "RequireDeviceEncryption"}
    reasons = [CATALOGUE[key].never_tried for key in never]
    assert "The data has no value to try." not in reasons
    assert all(reason.endswith(".") for reason in reasons)
    assert never <= set(begin(target_of("nine 2026"), KNOWLEDGE).left_out)


@given(st.lists(st.sampled_from(["took-all", "took-part", "refused"]), max_size=30))
def test_a_state_is_resumed_where_it_stood(answers: list[str]):
    target = target_of("nine 2026")
    experiment = begin(target, KNOWLEDGE)
    for answer in answers:
        if not experiment.plan.done:
            experiment = experiment.answered(answer)
    assert resume(experiment.state(), target, KNOWLEDGE) == experiment


def state() -> dict[str, object]:
    begun = begin(target_of("nine 2026"), KNOWLEDGE)
    return json.loads(begun.answered("refused").state())


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"target": "ios 27.0"}, "an experiment with ios 27.0"),
        ({"cells": ["AllowCamera"]}, "other knowledge"),
        ({"schema": "other"}, "no state"),
        ({"steps": [{"cells": ["AllowCamera"], "answer": "refused"}]}, "do not follow"),
        ({"steps": [{"cells": 1}]}, "no state"),
        ({"steps": {}}, "no state"),
        ({"only": None}, "no state"),
    ],
)
def test_a_state_that_does_not_fit_is_told(change: dict[str, object], complaint: str):
    with pytest.raises(ExperimentError, match=complaint):
        resume(json.dumps({**state(), **change}), target_of("nine 2026"), KNOWLEDGE)


@given(st.text(max_size=60) | st.recursive(st.none() | st.integers() | st.text(max_size=5), st.lists).map(json.dumps))
def test_any_text_is_no_state(text: str):
    with pytest.raises(ExperimentError):
        resume(text, target_of("nine 2026"), KNOWLEDGE)


def test_an_answer_belongs_to_a_step():
    done = run(begin(target_of("nine 2026"), KNOWLEDGE, ["AllowCamera"]), set())
    with pytest.raises(ExperimentError, match="no step to answer"):
        done.answered("took-all")
    with pytest.raises(ExperimentError, match="is no answer"):
        begin(target_of("nine 2026"), KNOWLEDGE).answered("perhaps")


@pytest.mark.parametrize("label", ["firefox-os 1.0", "macos-mail 27", "tbsync 5.3.4"])
def test_where_nothing_is_left_to_learn_there_is_no_experiment(label: str):
    with pytest.raises(ExperimentError, match="nothing"):
        begin(target_of(label), KNOWLEDGE)


@given(st.integers(0, len(OPEN) - 1), st.lists(st.booleans(), max_size=60))
def test_every_step_as_json_has_the_published_shape(number: int, answers: list[bool]):
    experiment = begin(OPEN[number], KNOWLEDGE)
    for refused in answers:
        SHAPE.validate(json.loads(json_text(experiment)))
        if not experiment.plan.done:
            experiment = experiment.answered("refused" if refused else "took-all")
    SHAPE.validate(json.loads(json_text(run(experiment, set()))))


def test_json_says_where_it_stands():
    experiment = begin(target_of("nine 2026"), KNOWLEDGE, ["AllowCamera", "AllowBluetooth"])
    first = json.loads(json_text(experiment))
    assert first == {
        "schema": "policylint/experiment/1", "target": "nine 2026", "step": 1, "done": False,
        "settings": {"AllowCamera": False, "AllowBluetooth": "Disable"}, "unknown": 2, "learned": [],
    }  # fmt: skip
    last = json.loads(json_text(run(experiment, {"AllowCamera"})))
    assert last["done"]
    assert last["settings"] == {}
    assert last["learned"] == [
        {"property": "AllowCamera", "value": False, "support": "blocks"},
        {"property": "AllowBluetooth", "value": "Disable", "support": "accepted"},
    ]


@pytest.mark.parametrize("run_it", [True, False])
def test_the_commands_are_powershell_and_change_nothing_unasked(run_it: bool):
    printed = list(lines(begin(target_of("nine 2026"), KNOWLEDGE), run=run_it, state="s.json"))
    script = "\n".join(
        line[3:]
        for line in printed
        if line.startswith("   ")
        and not line.strip().startswith(("AppliedInFull", "PartiallyApplied", "NotApplied", "Get-"))
    )
    tree = Parser(Language(tree_sitter_powershell.language())).parse(script.encode())
    assert not tree.root_node.has_error
    changing = [line for line in script.splitlines() if line.strip().startswith(("New-", "Set-", "Remove-"))]
    assert len(changing) == 5
    assert all(line.endswith(" -WhatIf") is not run_it for line in changing)
    assert "MaxInactivityTimeLock = '00:15:00'" in script
    assert "MaxPasswordFailedAttempts = 'Unlimited'" in script
