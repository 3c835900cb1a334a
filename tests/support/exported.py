"""Exports of one policy, generated with what they tell and what they hide, for the tests of the two answers."""

import json
from datetime import timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st
from oracle import GATE, Shown

from policylint.knowledge import Knowledge
from policylint.knowledge.catalogue import Property
from policylint.values import to_json, to_text

# a value that no type can read; of a list, the export keeps the name of its type
_DAMAGED: dict[str, Any] = {"string-list": "System.String[]"}


class Exported(NamedTuple):
    """What an export holds of each property, by key: a value, or why there is none."""

    told: dict[str, Any]
    hidden: dict[str, str]
    gate: bool | None
    dialect: str

    def shown(self) -> Shown:
        return Shown(self.told, self.gate)

    def text(self, knowledge: Knowledge) -> str:
        made: dict[str, Any] = {"Name": "Policy"}
        if self.gate is not None:
            made[GATE] = self.gate
        for key, value in self.told.items():
            made[self._spelled(knowledge.catalogue[key])] = _raw(value)
        for key, why in self.hidden.items():
            made |= self._hidden(knowledge.catalogue[key], why)
        return json.dumps(made)

    def _spelled(self, known: Property) -> str:
        return getattr(known, self.dialect) or known.key

    def _hidden(self, known: Property, why: str) -> dict[str, Any]:
        match why:
            case "empty" if None not in (known.neutral or ()) and known.type != "string-list":
                return {self._spelled(known): None}
            case "unreadable":
                return {self._spelled(known): _DAMAGED.get(known.type, "perhaps")}
            case "conflict" if known.activesync != known.mobiledevice and known.type == "bool":
                return {known.activesync or "": True, known.mobiledevice or "": False}
            case _:
                return {}


def _raw(value: Any) -> Any:
    return to_text(value) if isinstance(value, timedelta) else to_json(value)


def interesting(knowledge: Knowledge) -> dict[str, list[Any]]:
    """List for each property of a device the values at which some target may change its mind."""
    found: dict[str, list[Any]] = {}
    for known in knowledge.catalogue:
        if known.kind != "device":
            continue
        values: list[Any] = list(known.neutral or ())
        match known.type:
            case "bool":
                values += [True, False]
            case "enum":
                values += known.members
            case "int":
                values += [2, 3, 5, 9]
            case "unlimited-int":
                values += [4, 100]
            case "unlimited-timespan":
                values += [timedelta(minutes=1), timedelta(hours=2), timedelta(days=90)]
            case "unlimited-bytes":
                values += [1024]
            case _:
                values += [("a.exe",)]
        for target in knowledge.targets:
            condition = target.cell(known.key).blocks
            if condition is not None:
                values += [known.written(each) for each in condition.equals or ()]
                for bound in (condition.above, condition.below):
                    if bound is not None:
                        at = known.written(bound)
                        values += [at, *([at - 1, at + 1] if isinstance(at, int) else [])]
        found[known.key] = list({repr(value): value for value in values}.values())
    return found


def exports(
    knowledge: Knowledge, *, gates: tuple[bool | None, ...] = (True, False, None)
) -> st.SearchStrategy[Exported]:
    """Make exports: most settings neutral or cut away, some demanded, some damaged."""
    values = interesting(knowledge)
    reasons = st.sampled_from(["cut", "empty", "unreadable", "conflict"])

    @st.composite
    def made(draw: st.DrawFn) -> Exported:
        cut = draw(st.sampled_from(["whole", "whole", "some", "most"]))
        keys = list(values)
        asked = draw(st.lists(st.sampled_from(keys), unique=True, max_size=12))
        lost = draw(st.lists(st.sampled_from(keys), unique=True, max_size=6)) if cut != "whole" else []
        told = {key: draw(st.sampled_from(values[key])) for key in asked}
        hidden = {key: draw(reasons) for key in lost}
        password = draw(st.sampled_from([True, True, False, None]))
        if password is not None:
            told["DevicePasswordEnabled"] = password
        told = {key: value for key, value in told.items() if key not in hidden}
        if cut != "most":
            neutral = {key: (knowledge.catalogue[key].neutral or (None,))[0] for key in keys}
            told = {**{key: value for key, value in neutral.items() if key not in hidden}, **told}
        gate = draw(st.sampled_from(gates))
        if not told and gate is None:
            told = {"AllowCamera": True}  # by nothing at all no object is a policy
            hidden.pop("AllowCamera", None)
        return Exported(told, hidden, gate, draw(st.sampled_from(["activesync", "mobiledevice"])))

    return made()
