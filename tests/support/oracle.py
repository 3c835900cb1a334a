"""A judge of its own, written from the three tables of docs/words.md and not from the engine.

It knows support cells and the catalogue, and nothing of how the program judges. A policy is what a reader sees of an
export: the settings it tells, and the position of the provisioning gate if it tells that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from policylint.knowledge.catalogue import Catalogue, Property
from policylint.knowledge.families import Cell, Target
from policylint.values import magnitude

GATE = "AllowNonProvisionableDevices"
FIRST_NAME, SECOND_NAME = "RequireStorageCardEncryption", "DeviceEncryptionEnabled"


class Judged(NamedTuple):
    """Both answers, and the one word."""

    access: str
    met: int
    partly: int
    unmet: int
    unknown: int
    verdict: str


@dataclass
class Shown:
    """What an export tells: values by key of property; whatever is not in it is hidden. `gate` None: not told."""

    values: Mapping[str, Any]
    gate: bool | None


def condition_holds(cell: Cell, known: Property, value: Any) -> bool:
    condition = cell.blocks
    if condition is None:
        return True
    if condition.equals is not None and value not in [known.written(each) for each in condition.equals]:
        return False
    size = magnitude(value)
    if condition.above is not None and (size is None or size <= (magnitude(known.written(condition.above)) or 0)):
        return False
    return condition.below is None or (size is not None and size < (magnitude(known.written(condition.below)) or 0))


def refuses(cell: Cell, known: Property, value: Any) -> str | None:
    """`all`, `some` (on some hardware) or None."""
    if cell.support not in ("blocks", "not-sent") and cell.blocks is None:
        return None
    if not condition_holds(cell, known, value):
        return None
    return "some" if cell.blocks is not None and cell.blocks.hardware else "all"


def could_refuse(cell: Cell, ability: str, *, certainly: bool = False) -> bool:
    if cell.support in ("blocks", "not-sent") or cell.blocks is not None:
        return True
    return not certainly and ability != "claims-all" and cell.support in ("unknown", "unmet")


class Oracle:
    def __init__(self, catalogue: Catalogue):
        self.devices = [known for known in catalogue if known.kind == "device"]
        self.catalogue = catalogue

    def judge(self, policy: Shown, target: Target, *, server_refuses: bool = False) -> Judged:
        if server_refuses:
            return Judged("cannot-connect", 0, 0, 0, 0, "cannot-connect")
        if all(target.cell(known.key).support == "not-applicable" for known in self.devices):
            return Judged("not-applicable", 0, 0, 0, 0, "not-applicable")
        positions = [policy.gate] if policy.gate is not None else [False, True]
        accesses = {self.access(policy, target, gate) for gate in positions}
        access = accesses.pop() if len(accesses) == 1 else "maybe"
        counted = dict.fromkeys(("met", "partly", "not", "unknown"), 0)
        for known, value, cell in self.counting(policy, target):
            classes = {self.counts_as(known, value, cell, target, gate) for gate in positions}
            counted[classes.pop() if len(classes) == 1 else "unknown"] += 1
        verdict = "accepted"
        if access in ("refused", "refused-on-some"):
            verdict = access
        elif counted["partly"] or counted["not"]:
            verdict = "weakened"
        elif counted["unknown"] or access == "maybe":
            verdict = "unknown"
        return Judged(access, counted["met"], counted["partly"], counted["not"], counted["unknown"], verdict)

    # --- access

    def access(self, policy: Shown, target: Target, gate: bool) -> str:
        ability = target.provisioning.ability
        closed = gate is False
        demands = self.counting(policy, target)
        refusals = {refuses(cell, known, value) for known, value, cell in demands}
        if (ability == "none" and closed) or self.must_be_broken(policy, target, gate):
            return "refused"
        if closed and "all" in refusals:
            return "refused"
        if closed and "some" in refusals:
            return "refused-on-some"
        hidden = [known for known in self.devices if known.key not in policy.values]
        if any(target.cell(known.key).support == "must-be" for known in hidden):
            return "maybe"
        if closed and (
            (ability != "claims-all" and any(cell.support in ("unknown", "unmet") for _, _, cell in demands))
            or any(self.hidden_matters(known, policy, target) for known in hidden)
            or self.nothing_shows_that_it_provisions(target)
        ):
            return "maybe"
        return "let-in"

    def must_be_broken(self, policy: Shown, target: Target, gate: bool) -> bool:
        for known in self.catalogue:
            cell = target.cell(known.key)
            if cell.support != "must-be":
                continue
            if known.key == GATE:
                value: Any = gate
            elif known.key in policy.values:
                value = policy.values[known.key]
            else:
                continue
            wanted = known.written(cell.value)
            both_neutral = known.neutral is not None and value in known.neutral and wanted in known.neutral
            if value != wanted and not both_neutral:
                return True
        return False

    def hidden_matters(self, known: Property, policy: Shown, target: Target) -> bool:
        cell, ability = target.cell(known.key), target.provisioning.ability
        if known.gate is None or not self.shown_off(known, policy):
            return could_refuse(cell, ability)
        return known.gate.basis == "per-client" and could_refuse(cell, ability, certainly=True)

    def nothing_shows_that_it_provisions(self, target: Target) -> bool:
        told = ("enforced", "accepted", "partial", "ignored", "blocks", "must-be")
        return target.provisioning.ability == "unknown" and not any(
            target.cell(known.key).support in told for known in self.catalogue
        )

    # --- demands

    def shown_off(self, known: Property, policy: Shown) -> bool:
        gate = known.gate
        return gate is not None and gate.property in policy.values and policy.values[gate.property] != gate.equals

    def counting(self, policy: Shown, target: Target) -> list[tuple[Property, Any, Cell]]:
        demanded = {
            known.key: (known, policy.values[known.key])
            for known in self.devices
            if known.key in policy.values and policy.values[known.key] not in (known.neutral or ())
        }
        found = []
        for key, (known, value) in demanded.items():
            cell = target.cell(key)
            if {FIRST_NAME, SECOND_NAME} <= demanded.keys():
                if key == SECOND_NAME:
                    continue
                second = target.cell(SECOND_NAME)
                if key == FIRST_NAME and second.support in ("enforced", "accepted"):
                    cell = second
            if cell.support == "not-applicable":
                continue
            if self.shown_off(known, policy):
                assert known.gate is not None
                acted_on = known.gate.basis == "per-client" and refuses(cell, known, value) is not None
                if not (cell.ungated or acted_on):
                    continue
            found.append((known, value, cell))
        return found

    def counts_as(self, known: Property, value: Any, cell: Cell, target: Target, gate: bool) -> str:
        provisioning = target.provisioning
        if provisioning.ability == "none" or (provisioning.gate_open == "no-policy" and gate):
            return "not"
        if refuses(cell, known, value) == "all" or cell.support in ("ignored", "unmet"):
            return "not"
        if cell.support == "must-be":
            return "met" if known.alike(value, known.written(cell.value)) else "not"
        if refuses(cell, known, value) == "some" or cell.support == "partial":
            return "partly"
        return "unknown" if cell.support == "unknown" else "met"
