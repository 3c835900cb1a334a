"""How a release fares that is not of the run: its verdict, read off the same cells, as the grade of a page.

It is for the bands alone, which show since when something holds. What a server end refuses is not in it.
"""

from collections.abc import Iterator, Sequence

from policylint.html.settings import NOT_ASKED, said
from policylint.judging.cells import could_refuse, must_be_broken
from policylint.knowledge.catalogue import GATE, Property
from policylint.knowledge.families import Cell, Target
from policylint.policies.policy import Policy, Setting

_SHOWS = {"enforced", "accepted", "partial", "ignored", "blocks", "must-be"}
"""What shows that a client provisions at all."""

Demands = Sequence[tuple[Setting, str]]


def grade(target: Target, demanded: Demands, policy: Policy) -> str:
    """Return what a policy comes to on a release; its gate is shown."""
    gate = policy.value(GATE) is True
    cells = [target.cell(key) for key in target.family.support]
    if all(cell.support in ("not-applicable", "server") for cell in cells):
        return "none"
    told = list(_told(target, demanded))
    grades = {each for _, each in told}
    ability = target.provisioning.ability
    broken = list(_must_be(target, policy))
    if True in broken or (not gate and (ability == "none" or "refused" in grades)):
        return "refused"
    fetches = ability != "none" and not (gate and target.provisioning.gate_open == "no-policy")
    if "weak" in grades or (told and not fetches) or (gate and "refused" in grades):
        return "weak"
    shows = ability != "unknown" or any(cell.support in _SHOWS for cell in cells)
    doubts = None in broken or (not gate and (not shows or _hidden(target, policy)))
    return "unknown" if "unknown" in grades or doubts else "fine"


def _told(target: Target, demanded: Demands) -> Iterator[tuple[str, str]]:
    """Yield what a release does with each demand that counts on it; one flag under two names counts once."""
    asked = {setting.property.key: setting for setting, _ in demanded}
    second = {
        each.property.same_flag_as: each.property for each in asked.values() if each.property.same_flag_as in asked
    }
    for setting, own in demanded:
        known = setting.property
        if known.same_flag_as in asked:
            continue
        cell = target.cell(known.key).at(known, setting.value)
        other = second.get(known.key)
        if other is not None:
            better = target.cell(other.key).at(other, setting.value)
            cell = better if better.support in ("enforced", "accepted") else cell
        support, found = said(cell, known, setting.value, own)
        if support not in ("not-applicable", NOT_ASKED):
            yield support, found


def _must_be(target: Target, policy: Policy) -> Iterator[bool | None]:
    """Yield for each property that must have one value whether it has another; None where the export hides it."""
    hidden = {known.key: known for known in policy.hidden}
    for key in target.family.support:
        cell = target.cell(key)
        if cell.support == "must-be":
            setting = policy.get(key)
            if setting is not None:
                yield must_be_broken(cell, setting.property, setting.value)
            elif key in hidden:
                yield None


def _hidden(target: Target, policy: Policy) -> bool:
    """Tell whether something that the export hides could keep a release out."""
    return any(_could(target.cell(known.key), known, target, policy) for known in policy.hidden)


def _could(cell: Cell, known: Property, target: Target, policy: Policy) -> bool:
    if policy.gate_of(known) == "closed":
        return known.gate is not None and known.gate.basis != "protocol" and could_refuse(cell)
    return could_refuse(cell) or (cell.support in ("unknown", "unmet") and target.provisioning.ability != "claims-all")
