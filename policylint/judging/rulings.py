"""What there is to say of one value of one property, over all targets of a run.

Policies share values, so each answer is worked out once and kept. Sets of targets are masks (see `targets`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from policylint.judging.answer import Answer, answer_of
from policylint.judging.cells import OPEN, could_refuse, must_be_broken, outcome_of
from policylint.judging.demands import AS_GOOD
from policylint.judging.findings import Reason, Ruling, sources_of, weakest
from policylint.judging.releases import Cells, Releases, union
from policylint.judging.server_end import ServerEnd
from policylint.judging.targets import TargetSet
from policylint.knowledge import Knowledge
from policylint.knowledge.catalogue import GATE, Property
from policylint.knowledge.families import Cell, Instead, Target, first_sentence
from policylint.knowledge.rulebook import Rule
from policylint.values import Value

_WEAK = {"ignored": "not-enforced", "partial": "partly-enforced"}
"""What becomes of weak support, whatever the gate."""

WEAKNESSES = ("not-enforced", "partly-enforced", "unmet", "never-fetches")
"""The outcomes in which a device syncs and does not do what is demanded."""

_SPEAKS_OF_POLICIES = ("enforced", "accepted", "partial", "ignored", "blocks", "must-be")
"""Support that shows that a target provisions at all."""


class Rulings:
    """The rulings of one run, made on demand."""

    def __init__(self, knowledge: Knowledge, targets: TargetSet, server_end: ServerEnd):
        """Prepare for some targets; of those that the server end refuses nothing more is said."""
        self._knowledge = knowledge
        self._targets = targets
        self._server_end = server_end
        self._present = targets.everything & ~server_end.refused
        self._rules = knowledge.rulebook.by_outcome
        self._releases = Releases(knowledge, targets)
        self._cells: dict[str, Cells] = {}
        self._demands: dict[tuple[str, type, Value, str, bool, bool], Answer] = {}
        self._must_be: dict[tuple[str, type, Value], tuple[Ruling, ...]] = {}
        everyone = targets.targets
        self.cannot_provision = self._mask(each for each in everyone if each.provisioning.ability == "none")
        self.never_fetches = self.cannot_provision | self._mask(
            each for each in everyone if each.provisioning.gate_open == "no-policy"
        )
        self.says_yes = self._mask(each for each in everyone if each.provisioning.ability == "claims-all")
        # of these it is not even known that they ask for a policy
        self.silent = self._mask(each for each in everyone if self._is_silent(each))
        self.not_concerned = self._mask(each for each in everyone if self._is_not_concerned(each))
        self.on_cannot_provision = self._of_provisioning("cannot-provision", self.cannot_provision)
        self._never_reached: dict[int, Ruling] = {}
        self.must_be = {
            known.key: known
            for known in knowledge.catalogue.properties
            if any(cell.support == "must-be" for cell, _ in self._cells_of(known.key))
        }
        self.must_demand = tuple(
            known.key
            for known in self.must_be.values()
            for cell, _ in self._cells_of(known.key)
            if cell.support == "must-be" and not known.is_neutral(known.written(cell.value))
        )

    # --- for a demand

    def demand(
        self, known: Property, value: Value, setting_gate: str, gate: bool, other_name: Property | None = None
    ) -> Answer:
        """Return what there is to say of a demand, where the provisioning gate stands at `gate`.

        Targets that fetch no policy at all are left out of the rulings. With `other_name` the policy demands the same
        flag under its second name, too: what a target does then is what it does under the name that it takes.
        """
        key = (known.key, value.__class__, value, setting_gate, gate, other_name is not None)
        found = self._demands.get(key)
        if found is None:
            cells = self._cells_of(known.key) if other_name is None else self._flag_cells(known, other_name)
            cells = [(cell.at(known, value), mask) for cell, mask in cells]
            answer = answer_of(known, value, setting_gate, cells, self.says_yes)
            found = self._demands[key] = answer._replace(rulings=self._on(known, value, setting_gate, gate, cells))
        return found

    def _on(self, known: Property, value: Value, setting_gate: str, gate: bool, all_cells: Cells) -> tuple[Ruling, ...]:
        out = self.never_fetches if gate else self.cannot_provision
        cells = [(cell, mask & ~out) for cell, mask in all_cells if mask & ~out]
        by_outcome: dict[str, Cells] = {}
        for cell, mask in cells:
            outcome = outcome_of(cell, known, value, setting_gate)
            if outcome is not None:
                for found, part in self._behind_gate(outcome, cell, mask, gate):
                    by_outcome.setdefault(found, []).append((cell, part))
        rulings = [self._of_outcome(outcome, known, found, gate) for outcome, found in by_outcome.items()]
        rulings += self._releases.newly_refused(cells, by_outcome.get("blocks", []))
        return (*rulings, *(self._releases.meanings(cells) if setting_gate == OPEN else ()))

    def _behind_gate(self, outcome: str, cell: Cell, mask: int, gate: bool) -> Iterator[tuple[str, int]]:
        """Say what becomes of an outcome where the provisioning gate is open (True) or closed (False), and for whom."""
        match outcome:
            case "blocks":
                yield ("not-enforced" if gate else outcome), mask
            case "blocks-some":
                if not gate:
                    yield outcome, mask
                # the hardware that the condition spares does what the support says
                if gate or cell.support in _WEAK:
                    yield _WEAK.get(cell.support, "partly-enforced"), mask
            case "unmet":
                quiet = mask if gate else mask & self.says_yes
                for found, part in (("not-enforced", quiet), (outcome, mask & ~quiet)):
                    if part:
                        yield found, part
            case _:
                yield _WEAK.get(outcome, outcome), mask

    def _of_outcome(
        self,
        outcome: str,
        known: Property,
        cells: Cells,
        gate: bool = True,
        wanted: tuple[Property, Value] | None = None,
    ) -> Ruling:
        if outcome in ("blocks", "blocks-some") and known.neutral is not None:
            wanted = (known, known.neutral[0])
        ruling = self._ruling(outcome, self._reasons(cells), _detail(outcome, known, cells, gate), wanted)
        refusing = any(could_refuse(cell) for cell, _ in cells)
        gated = outcome in ("blocks", "blocks-some", "not-enforced") and refusing
        instead = self._instead(known.key, ruling.mask) if outcome in WEAKNESSES else ()
        return replace(ruling, gated=gated, instead=instead)

    def _flag_cells(self, known: Property, other_name: Property) -> Cells:
        """List the cells of a flag that goes by two names: those of the second name where it is taken under that."""
        taken = [(cell, mask) for cell, mask in self._cells_of(other_name.key) if cell.support in AS_GOOD]
        rest = ~union(taken)
        return [*taken, *((cell, mask & rest) for cell, mask in self._cells_of(known.key) if mask & rest)]

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
                self._of_outcome("must-be", known, cells, wanted=(known, wanted)) for wanted, cells in by_value.items()
            )
        return found

    def broken_by_gate(self, gate: bool) -> int:
        """Return the targets that need the provisioning gate to stand elsewhere."""
        mask = 0
        for ruling in self.broken_must_be(self._knowledge.catalogue[GATE], gate):
            mask |= ruling.mask
        return mask

    def must_be_mask(self, known: Property) -> int:
        """Return the targets that take a property at one value only."""
        return union((cell, mask) for cell, mask in self._cells_of(known.key) if cell.support == "must-be")

    def could_refuse_mask(self, known: Property, *, for_certain: bool) -> int:
        """Return the targets that refuse some value of a property; unless `for_certain`, those that may do so, too."""
        refusing = union((cell, mask) for cell, mask in self._cells_of(known.key) if could_refuse(cell))
        unsettled = ((cell, mask) for cell, mask in self._cells_of(known.key) if cell.support in ("unknown", "unmet"))
        return refusing if for_certain else refusing | union(unsettled) & ~self.says_yes

    # --- for a target, whatever the settings

    def never_reached(self, mask: int) -> Ruling:
        """Return the ruling on targets that fetch no policy while the gate is open."""
        found = self._never_reached.get(mask)
        if found is None:
            found = self._never_reached[mask] = self._of_provisioning("never-fetches", mask)
        return found

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
        gate = self._knowledge.catalogue[GATE]
        wanted = (gate, True) if outcome == "cannot-provision" else None
        ruling = self._ruling(outcome, tuple(reasons.values()), wanted=wanted)
        return replace(ruling, instead=self._instead(None, ruling.mask)) if outcome in WEAKNESSES else ruling

    # --- parts

    def _mask(self, chosen: Iterable[Target]) -> int:
        return self._targets.mask(chosen) & self._present

    def _is_silent(self, target: Target) -> bool:
        properties = self._knowledge.catalogue.properties
        cells = (target.cell(each.key) for each in properties)
        return target.provisioning.ability == "unknown" and not any(
            cell.support in _SPEAKS_OF_POLICIES or cell.observed for cell in cells
        )

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

    def _instead(self, key: str | None, mask: int) -> tuple[Reason, ...]:
        """Return what else would make targets do what a property asks, or what any does (None)."""
        found: dict[Instead, int] = {}
        for bit in self._targets.bits(mask):
            for each in self._targets.targets[bit].instead(key):
                found[each] = found.get(each, 0) | 1 << bit
        sources = self._knowledge.sources
        return tuple(
            Reason(part, None, each.text, each.evidence, tuple(sources[name] for name in each.sources))
            for each, part in found.items()
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


def _detail(outcome: str, known: Property, cells: Cells, gate: bool) -> str:
    if outcome == "blocks-some":
        kinds = [cell.blocks.hardware for cell, _ in cells if cell.blocks and cell.blocks.hardware]
        return "; ".join(dict.fromkeys(part for kind in kinds for part in kind.split("; ")))
    detail = ""
    if outcome in ("not-enforced", "partly-enforced"):
        if not gate and all(cell.blocks and cell.blocks.hardware for cell, _ in cells):
            detail = "; this is the hardware that is not refused"
        if known.server_applies in ("yes", "believed"):
            believed = " (believed)" if known.server_applies == "believed" else ""
            detail += f"; Exchange itself still applies it to what it sends{believed}"
    return detail
