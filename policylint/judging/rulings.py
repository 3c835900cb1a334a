"""What there is to say of one value of one property, over all targets of a run.

Policies share values, so each answer is worked out once and kept. Sets of targets are masks (see `targets`).
"""

from collections.abc import Iterable
from dataclasses import replace

from policylint.judging.cells import OPEN, must_be_broken, outcome_of
from policylint.judging.findings import Reason, Ruling, sources_of, weakest
from policylint.judging.server_end import ServerEnd
from policylint.judging.targets import TargetSet
from policylint.knowledge import Knowledge
from policylint.knowledge.catalogue import Property
from policylint.knowledge.families import Cell, Target, first_sentence
from policylint.knowledge.rulebook import Rule
from policylint.values import Value

Cells = list[tuple[Cell, int]]

_AS_GOOD = ("enforced", "accepted")
"""Support that meets a demand, as far as is known."""


class Rulings:
    """The rulings of one run, made on demand."""

    def __init__(self, knowledge: Knowledge, targets: TargetSet, server_end: ServerEnd):
        """Prepare for some targets; of those that the server end refuses nothing more is said."""
        self._knowledge = knowledge
        self._targets = targets
        self._server_end = server_end
        self._present = targets.everything & ~server_end.refused
        self._rules = knowledge.rulebook.by_outcome
        self._cells: dict[str, Cells] = {}
        self._demands: dict[tuple[str, type, Value, str, bool, bool], tuple[Ruling, ...]] = {}
        self._met: dict[tuple[str, type, Value, bool], dict[str, int]] = {}
        self._must_be: dict[tuple[str, type, Value], tuple[Ruling, ...]] = {}
        everyone = targets.targets
        self.cannot_provision = self._mask(each for each in everyone if each.provisioning.ability == "none")
        self.never_fetches = self.cannot_provision | self._mask(
            each for each in everyone if each.provisioning.gate_open == "no-policy"
        )
        self.not_concerned = self._mask(each for each in everyone if self._is_not_concerned(each))
        self.on_cannot_provision = self._of_provisioning("cannot-provision", self.cannot_provision)
        self.on_never_fetches = self._of_provisioning("never-fetches", self.never_fetches)
        self.must_be = tuple(
            known
            for known in knowledge.catalogue.properties
            if any(cell.support == "must-be" for cell, _ in self._cells_of(known.key))
        )
        self.must_demand = tuple(
            known.key
            for known in self.must_be
            for cell, _ in self._cells_of(known.key)
            if cell.support == "must-be" and not known.is_neutral(known.written(cell.value))
        )

    # --- for a demand

    def demand(
        self, known: Property, value: Value, setting_gate: str, gate: bool, other_name: bool = False
    ) -> tuple[Ruling, ...]:
        """Return what there is to say of a demand, where the provisioning gate stands at `gate`.

        Targets that fetch no policy at all are left out. With `other_name` the policy demands the same flag under
        its second name, too, and a target that takes either takes both.
        """
        key = (known.key, value.__class__, value, setting_gate, gate, other_name)
        found = self._demands.get(key)
        if found is None:
            found = self._demands[key] = self._on(known, value, setting_gate, gate, other_name)
        return found

    def met(self, known: Property, value: Value, gate: bool) -> dict[str, int]:
        """Return the targets that are known to meet a demand whose own gate is open, by their support."""
        key = (known.key, value.__class__, value, gate)
        found = self._met.get(key)
        if found is None:
            found = self._met[key] = {}
            out = self.never_fetches if gate else self.cannot_provision
            for cell, mask in self._cells_of(known.key):
                if cell.support in _AS_GOOD and mask & ~out and outcome_of(cell, known, value, OPEN) is None:
                    found[cell.support] = found.get(cell.support, 0) | mask & ~out
        return found

    def _on(self, known: Property, value: Value, setting_gate: str, gate: bool, other_name: bool) -> tuple[Ruling, ...]:
        out = self.never_fetches if gate else self.cannot_provision
        if other_name:
            out |= self._taken_under_other_name(known)
        cells = [(cell, mask & ~out) for cell, mask in self._cells_of(known.key) if mask & ~out]
        by_outcome: dict[str, Cells] = {}
        for cell, mask in cells:
            outcome = outcome_of(cell, known, value, setting_gate)
            if outcome is not None:
                by_outcome.setdefault(_behind_gate(outcome, cell, gate), []).append((cell, mask))
        rulings = [self._of_outcome(outcome, known, found) for outcome, found in by_outcome.items()]
        rulings += self._newly_refused(cells, by_outcome.get("blocks", []))
        return (*rulings, *(self._meanings(cells) if setting_gate == OPEN else ()))

    def _of_outcome(
        self, outcome: str, known: Property, cells: Cells, wanted: tuple[Property, Value] | None = None
    ) -> Ruling:
        if outcome in ("blocks", "blocks-some") and known.neutral is not None:
            wanted = (known, known.neutral[0])
        ruling = self._ruling(outcome, self._reasons(cells), _detail(outcome, known, cells), wanted)
        refusing = any(cell.support in ("blocks", "not-sent") or cell.blocks is not None for cell, _ in cells)
        gated = outcome in ("blocks", "blocks-some", "not-enforced") and refusing
        return replace(ruling, gated=gated)

    def _taken_under_other_name(self, known: Property) -> int:
        """Return the targets that take a flag under the other of its two names."""
        others = [
            other
            for other in self._knowledge.catalogue.properties
            if known.key == other.same_flag_as or known.same_flag_as == other.key
        ]
        return _union(
            (cell, mask)
            for other in others
            for cell, mask in self._cells_of(other.key)
            if cell.support in ("enforced", "accepted") and cell.blocks is None
        )

    def _newly_refused(self, cells: Cells, refusing: Cells) -> list[Ruling]:
        """Tell where a later release of a family refuses what an earlier one takes."""
        takes = _union((cell, mask) for cell, mask in cells if cell.support in ("enforced", "accepted"))
        rulings = []
        for family in dict.fromkeys(each.family for each in self._targets.members(_union(refusing))):
            ours = self._mask(family.targets)
            took = takes & ours
            before_any = (took & -took) - 1 if took else ~0
            late = [(cell, mask & ours & ~before_any) for cell, mask in refusing if mask & ours & ~before_any]
            if late:
                detail = f"taken by {self._targets.fold(took)}, refused by {self._targets.fold(_union(late))}"
                rulings.append(self._comparison("newly-refused", late, detail))
        return rulings

    def _meanings(self, cells: Cells) -> list[Ruling]:
        """Tell where targets understand one value in different ways."""
        meant = [(cell, mask) for cell, mask in cells if cell.meaning]
        by_meaning: dict[str, int] = {}
        for cell, mask in meant:
            by_meaning[cell.meaning or ""] = by_meaning.get(cell.meaning or "", 0) | mask
        if len(by_meaning) < 2:
            return []
        detail = "; ".join(f"{self._targets.fold(mask)} {meaning}" for meaning, mask in by_meaning.items())
        return [self._comparison("changes-meaning", meant, detail)]

    def _comparison(self, outcome: str, cells: Cells, detail: str) -> Ruling:
        """Make a ruling that sets targets side by side: its detail says it all, the cells give the sources."""
        names = dict.fromkeys(name for cell, _ in cells for name in cell.sources)
        sources = tuple(map(self._knowledge.sources.__getitem__, names))
        return Ruling(self._rules[outcome], self._targets, _union(cells), detail=detail, sources=sources)

    # --- for a setting, demand or not

    def broken_must_be(self, known: Property, value: Value) -> tuple[Ruling, ...]:
        """Return the rulings on a setting that some targets take at one value only."""
        key = (known.key, value.__class__, value)
        found = self._must_be.get(key)
        if found is None:
            by_value: dict[Value, Cells] = {}
            for cell, mask in self._cells_of(known.key):
                if cell.support == "must-be" and must_be_broken(cell, known, value):
                    by_value.setdefault(known.written(cell.value), []).append((cell, mask))
            found = self._must_be[key] = tuple(
                self._of_outcome("must-be", known, cells, (known, wanted)) for wanted, cells in by_value.items()
            )
        return found

    def must_be_mask(self, known: Property) -> int:
        """Return the targets that take a property at one value only."""
        return _union((cell, mask) for cell, mask in self._cells_of(known.key) if cell.support == "must-be")

    # --- for a target, whatever the settings

    def _of_provisioning(self, outcome: str, mask: int) -> Ruling:
        """Make the ruling on targets that cannot provision, or do not while the gate is open."""
        reasons: dict[tuple[str | None, str | None], Reason] = {}
        for bit, target in enumerate(self._targets.targets):
            if mask >> bit & 1:
                known = target.provisioning
                earlier = reasons.get((known.note, known.evidence))
                reasons[known.note, known.evidence] = Reason(
                    (earlier.mask if earlier else 0) | 1 << bit,
                    None,
                    known.note,
                    known.evidence,
                    tuple(self._knowledge.sources[name] for name in known.sources),
                )
        gate = self._knowledge.catalogue["AllowNonProvisionableDevices"]
        wanted = (gate, True) if outcome == "cannot-provision" else None
        return self._ruling(outcome, tuple(reasons.values()), wanted=wanted)

    # --- parts

    def _mask(self, chosen: Iterable[Target]) -> int:
        return self._targets.mask(chosen) & self._present

    def _is_not_concerned(self, target: Target) -> bool:
        properties = self._knowledge.catalogue.properties
        return all(target.cell(each.key).support == "not-applicable" for each in properties if each.kind == "device")

    def _cells_of(self, key: str) -> Cells:
        """List the distinct cells of a property over all targets, each with the targets it holds for."""
        found = self._cells.get(key)
        if found is None:
            by_cell: dict[Cell, int] = {}
            for bit in self._targets.bits(self._present):
                cell = self._targets.targets[bit].cell(key)
                by_cell[cell] = by_cell.get(cell, 0) | 1 << bit
            found = self._cells[key] = list(by_cell.items())
        return found

    def _reasons(self, cells: Cells) -> tuple[Reason, ...]:
        """Turn cells into reasons; cells that differ in their sources only become one."""
        merged: dict[tuple[str | None, str | None], tuple[int, dict[str, None]]] = {}
        for cell, mask in cells:
            earlier, sources = merged.get((cell.note, cell.evidence), (0, {}))
            merged[cell.note, cell.evidence] = (earlier | mask, sources | dict.fromkeys(cell.sources))
        return tuple(
            Reason(
                mask,
                first_sentence(note),
                note,
                evidence,
                tuple(map(self._knowledge.sources.__getitem__, sources)),
            )
            for (note, evidence), (mask, sources) in merged.items()
        )

    def _ruling(
        self,
        outcome: str,
        reasons: tuple[Reason, ...],
        detail: str = "",
        wanted: tuple[Property, Value] | None = None,
    ) -> Ruling:
        rule: Rule = self._rules[outcome]
        mask = 0
        for reason in reasons:
            mask |= reason.mask
        answer = self._server_end.answer(outcome)
        return Ruling(rule, self._targets, mask, reasons, detail, wanted, weakest(reasons), sources_of(reasons), answer)


def _union(cells: Iterable[tuple[Cell, int]]) -> int:
    union = 0
    for _, mask in cells:
        union |= mask
    return union


def _behind_gate(outcome: str, cell: Cell, gate: bool) -> str:
    """Say what becomes of an outcome where the provisioning gate is open (True) or closed (False)."""
    match outcome:
        case "blocks":
            return "not-enforced" if gate else outcome
        case "blocks-some":
            return outcome if not gate else "not-enforced" if cell.support == "ignored" else "partly-enforced"
        case "ignored" | "unmet":
            return "not-enforced"
        case "partial":
            return "partly-enforced"
        case _:
            return outcome


def _detail(outcome: str, known: Property, cells: Cells) -> str:
    if outcome == "blocks-some":
        kinds = [cell.blocks.hardware for cell, _ in cells if cell.blocks and cell.blocks.hardware]
        return "; ".join(dict.fromkeys(kinds))
    if outcome in ("not-enforced", "partly-enforced") and known.server_applies in ("yes", "believed"):
        believed = " (believed)" if known.server_applies == "believed" else ""
        return f"; Exchange itself still applies it to what it sends{believed}"
    return ""
