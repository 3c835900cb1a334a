"""An experiment with one phone: what is on trial, where it stands, and what was learned. Pure: no files, no clock.

Its state is what was asked and answered. Replaying that gives the plan, so a file that was damaged is found out.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from policylint.knowledge import Knowledge
from policylint.knowledge.catalogue import GATE, Property
from policylint.knowledge.families import Target
from policylint.learning.observed import Learned, learn
from policylint.learning.plan import Plan, plan_for
from policylint.values import Value

STATE = "policylint/experiment-state/1"
ANSWERS = ("took-all", "took-part", "refused")
"""What a phone made of a policy: took it, told that it took part of it, or was refused."""

_SWITCH = "DevicePasswordEnabled"


class ExperimentError(Exception):
    """An experiment that cannot go on like this; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Experiment:
    """Where an experiment with one target stands. `asked` holds the cells and the answer of each trial so far.

    `only` are the properties it was restricted to, none for all.
    """

    target: Target
    knowledge: Knowledge
    only: tuple[str, ...]
    plan: Plan
    asked: tuple[tuple[tuple[str, ...], str], ...] = ()

    @property
    def step(self) -> int:
        """The number of the next trial, from 1; when done, of the last one."""
        return len(self.asked) + (not self.plan.done)

    @property
    def trial(self) -> dict[Property, Value]:
        """The settings of the next trial and their values, the password switch among them where details need it."""
        catalogue = self.knowledge.catalogue
        keys = list(self.plan.trial)
        if _SWITCH not in keys and any(_is_detail(catalogue[key]) for key in keys):
            keys.insert(0, _SWITCH)
        return {catalogue[key]: True if key == _SWITCH else catalogue[key].tried for key in keys}

    @property
    def policy(self) -> dict[Property, Value]:
        """Every setting of the policy to try: neutral, or the only value the target lives with, or on trial."""
        found: dict[Property, Value] = {self.knowledge.catalogue[GATE]: False}
        for known in self.knowledge.catalogue.properties:
            if known.kind == "device" and known.neutral and known.mobiledevice:
                cell = self.target.cell(known.key)
                needs = cell.support == "must-be"
                found[known] = known.written(cell.value) if needs else known.neutral[0]
        return {**found, **self.trial}

    @property
    def left_out(self) -> dict[str, str]:
        """What nobody knows of the target and is not tried, with the reason."""
        found = {known.key: known.never_tried for known in _open(self.target, self.knowledge) if known.never_tried}
        if not self._password_can_be_asked:
            for known in _open(self.target, self.knowledge):
                if _is_detail(known):
                    found.setdefault(known.key, "It counts only with a password, which this client refuses.")
        return found

    @property
    def _password_can_be_asked(self) -> bool:
        return _SWITCH not in self.plan.refused and _takes_password(self.target)

    def answered(self, answer: str) -> "Experiment":
        """Return where it stands after an answer. Raises `ExperimentError` where nothing was asked."""
        if self.plan.done:
            raise ExperimentError("every cell is told apart: there is no step to answer")
        if answer not in ANSWERS:
            raise ExperimentError(f"{answer!r} is no answer: {', '.join(ANSWERS)}")
        plan = self.plan.answered(answer != "took-all")
        if _SWITCH in plan.refused:
            plan = plan.without(
                key for key in (*plan.open, *plan.suspects) if _is_detail(self.knowledge.catalogue[key])
            )
        asked = (*self.asked, (self.plan.trial, answer))
        return Experiment(self.target, self.knowledge, self.only, plan, asked)

    def learned(self) -> list[tuple[Property, Value, bool]]:
        """List what is known now: a property, the value tried, and whether the target took it."""
        catalogue = self.knowledge.catalogue
        found = [*((key, True) for key in self.plan.taken), *((key, False) for key in self.plan.refused)]
        order = {known.key: number for number, known in enumerate(catalogue.properties)}
        return [
            (catalogue[key], catalogue[key].tried, taken)
            for key, taken in sorted(found, key=lambda each: order[each[0]])
        ]

    def observations(self, as_of: str) -> list[Learned]:
        """Return what was learned as tables of observed.toml: of one device, under as many policies as were tried."""
        found = []
        for known, value, taken in self.learned():
            settled = learn(known, value, self.target.cell(known.key), taken=taken)
            if settled is not None:
                versions = f"=={self.target.version}"
                family = self.target.family.id
                found.append(Learned(family, versions, known.key, *settled, 1, len(self.asked), as_of))
        return found

    def state(self) -> str:
        """Return what a file keeps of it, as JSON."""
        asked = [{"cells": list(cells), "answer": answer} for cells, answer in self.asked]
        kept = {
            "schema": STATE,
            "target": self.target.label,
            "knowledge": self.knowledge.version,
            "only": list(self.only),
            "cells": list(_cells(self.target, self.knowledge, self.only)),
            "steps": asked,
        }
        return json.dumps(kept, indent=2) + "\n"


def begin(target: Target, knowledge: Knowledge, only: Iterable[str] = ()) -> Experiment:
    """Return an experiment before its first trial. Raises `ExperimentError` where nothing is left to learn."""
    if target.provisioning.ability == "none":
        raise ExperimentError(f"{target.label} is known to fetch no policy at all: there is nothing to try")
    chosen = tuple(dict.fromkeys(only))
    cells = _cells(target, knowledge, chosen)
    if not cells:
        raise ExperimentError(f"nothing is left to learn of {target.label} that may be tried")
    return Experiment(target, knowledge, chosen, plan_for(cells))


def resume(text: str, target: Target, knowledge: Knowledge, only: Iterable[str] = ()) -> Experiment:
    """Return the experiment that a file keeps. Raises `ExperimentError` where it is another one or damaged."""
    kept = _read(text)
    if kept["target"] != target.label:
        raise ExperimentError(f"it is an experiment with {kept['target']}, not with {target.label}")
    if only and tuple(dict.fromkeys(only)) != tuple(kept["only"]):
        raise ExperimentError("it was begun with other settings: leave --only out, or begin another file")
    experiment = begin(target, knowledge, kept["only"])
    if list(experiment.plan.open) != kept["cells"]:
        raise ExperimentError(f"it was begun with other knowledge ({kept['knowledge']}): begin another file")
    for step in kept["steps"]:
        if list(experiment.plan.trial) != step["cells"]:
            raise ExperimentError("it is damaged: its steps do not follow from each other")
        experiment = experiment.answered(step["answer"])
    return experiment


def _read(text: str) -> dict[str, Any]:
    try:
        kept = json.loads(text)
    except (ValueError, RecursionError):
        raise ExperimentError("it is damaged: not JSON") from None
    texts = (kept.get("target"), kept.get("knowledge")) if isinstance(kept, dict) else ()
    lists = [kept.get("only"), kept.get("cells")] if isinstance(kept, dict) else []
    if (
        not texts
        or kept.get("schema") != STATE
        or not all(isinstance(each, str) for each in texts)
        or not all(_is_texts(each) for each in lists)
        or not isinstance(kept.get("steps"), list)
        or not all(isinstance(step, dict) and _is_texts(step.get("cells")) for step in kept["steps"])
    ):
        raise ExperimentError("it is no state of an experiment, or damaged")
    found: dict[str, Any] = {**kept, "steps": [{"answer": "", **step} for step in kept["steps"]]}
    return found


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _open(target: Target, knowledge: Knowledge) -> list[Property]:
    """List the settings of which nobody knows what the target does, or whether it says so."""
    return [
        known
        for known in knowledge.catalogue.properties
        if known.kind == "device" and known.mobiledevice and target.cell(known.key).support in ("unknown", "unmet")
    ]


def _cells(target: Target, knowledge: Knowledge, only: tuple[str, ...]) -> tuple[str, ...]:
    """List what is on trial: the password switch first and its details last, so that no detail is tried before it."""
    tried = [known for known in _open(target, knowledge) if known.never_tried is None]
    tried = [known for known in tried if not only or known.key in only]
    if not _takes_password(target):
        tried = [known for known in tried if not _is_detail(known)]
    details = [known for known in tried if _is_detail(known)]
    if details and target.cell(_SWITCH).support in ("unknown", "unmet"):
        tried = [knowledge.catalogue[_SWITCH], *(known for known in tried if known.key != _SWITCH)]
    tried.sort(key=lambda known: (known.key != _SWITCH, _is_detail(known)))
    return tuple(known.key for known in tried)


def _is_detail(known: Property) -> bool:
    return known.gate is not None and known.gate.property == _SWITCH


def _takes_password(target: Target) -> bool:
    """Tell whether a password can be asked of a target at all."""
    cell = target.cell(_SWITCH)
    return cell.support not in ("blocks", "not-sent", "not-applicable") and not (
        cell.support == "must-be" and cell.value is False
    )
