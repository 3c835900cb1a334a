"""The judging of one policy, step by step: the design, section 2."""

from dataclasses import replace
from operator import attrgetter

from policylint.judging.answer import Answer
from policylint.judging.cells import CLOSED_FOR_SOME, OPEN
from policylint.judging.demands import demands_of
from policylint.judging.findings import Finding, Ruling, shown
from policylint.judging.problems import problems
from policylint.judging.report import Passed, Verdicts
from policylint.judging.run import Run
from policylint.judging.standing import Standing
from policylint.knowledge.catalogue import GATE, Property
from policylint.policies.policy import Policy, Setting


class Judgement:
    """The judging of one policy, step by step."""

    def __init__(self, run: Run, policy: Policy):
        self.run = run
        self.policy = policy
        self.findings: list[Finding] = []
        self.unknown: list[tuple[Property, int]] = []
        stated = policy.get(GATE)
        self.gate_mark = stated.mark if stated else None
        self.gate = bool(stated.value) if stated else run.assume_gate
        self.demands = demands_of(policy)
        self.answers: list[tuple[Setting, Answer]] = []
        self.hidden = run.hidden.of(policy)
        # the targets that need another value: whatever the gate, and by the gate's own value
        self.broken = 0
        self.broken_by_gate = {gate: run.rulings.broken_by_gate(gate) for gate in self._gates()}
        # the demands that keep targets out if a gate that the export does not show is closed
        self.if_closed: list[str] = []

    def verdicts(self) -> Verdicts:
        """Go through all steps and return what they found."""
        self._report_problems()
        self._report_void_settings()
        self._judge_demands()
        self._judge_must_be()
        self._judge_provisioning()
        standing = Standing(self.run, self.answers, self.hidden, self.broken, self.broken_by_gate)
        if self.gate is None:
            self._tell_both_outcomes(standing)
        self._advise()
        self.findings += self.run.controls.findings(self.policy)
        self.findings.sort(key=attrgetter("mark"))
        return Verdicts(
            self.policy, standing.verdicts(), standing.access, standing.met, self.unknown, self.findings, self._passed()
        )

    def _gates(self) -> tuple[bool, ...]:
        """List where the provisioning gate may stand."""
        return (True, False) if self.gate is None else (self.gate,)

    # --- what the policy asks

    def _report_problems(self) -> None:
        self.findings += problems(self.run, self.policy)
        server_end = self.run.server_end
        for known in server_end.missing(self.policy.layout):
            setting = self.policy.get(known.key)
            if setting is not None and server_end.server is not None:
                detail = f"{server_end.server.name}: it is there since Exchange {known.first_exchange}"
                self._add(self._plain("not-on-server", detail), setting)

    def _report_void_settings(self) -> None:
        """Report the demands whose own gate is closed, and a gate that the export does not show."""
        unseen: set[str] = set()
        for setting, gate in self.demands:
            switch = setting.property.gate
            if switch is not None and self.policy.gate_of(setting.property) == "hidden":
                unseen.add(switch.property)
            elif gate != OPEN:
                some = " on clients that tie it to the password; others may act on it all the same"
                self._add(self._plain("no-effect", some if gate == CLOSED_FOR_SOME else ""), setting)
        for key in unseen:
            detail = self._unusable(key) or f"is not in this {self._source}"
            self._add_for_policy(self._plain("switch-missing", detail), self.run.knowledge.catalogue[key])

    @property
    def _source(self) -> str:
        return "script" if self.policy.drafted else "export"

    def _unusable(self, key: str) -> str | None:
        """Say why a value that stands in the export tells nothing; None where it does not stand there."""
        column = self.policy.layout.index.get(key)
        if column is None:
            return None
        raw, mark = self.policy.record.values[column], self.policy.record.marks[column]
        why = "is empty" if raw is None or (isinstance(raw, str) and not raw.strip()) else "cannot be read"
        return f"{why} (line {self.policy.place(mark).line})"

    # --- what targets make of it

    def _judge_demands(self) -> None:
        asked = {setting.property.key: setting for setting, _ in self.demands}
        second_names = {
            setting.property.same_flag_as: setting
            for setting in asked.values()
            if setting.property.same_flag_as in asked
        }
        newly_refused: dict[str, tuple[Ruling, list[Setting]]] = {}
        for setting, gate in self.demands:
            known = setting.property
            if known.same_flag_as in asked:
                continue  # one flag under two names is one finding, at its first name
            second = second_names.get(known.key)
            also = second.property if second else None
            answer = self.run.rulings.demand(known, setting.value, gate, self.gate is True, also)
            self.answers.append((setting, answer))
            for ruling in answer.rulings:
                outcome = ruling.rule.outcome
                if outcome == "unknown":
                    self.unknown.append((known, ruling.mask))
                    if not self.run.show_unknown:
                        continue
                if outcome == "newly-refused":
                    newly_refused.setdefault(ruling.detail, (ruling, []))[1].append(setting)
                elif self.gate is None and outcome in ("blocks", "blocks-some"):
                    self.if_closed.append(setting.spelling)
                else:
                    self._add(ruling, setting, second.spelling if second else None)
        for ruling, settings in newly_refused.values():
            names = ", ".join(setting.spelling for setting in settings)
            self._add(replace(ruling, detail=f"{names}: {ruling.detail}"), settings[0])

    def _judge_must_be(self) -> None:
        """Look for values that a target cannot live with: demands or not, and whether they count or not."""
        rulings = self.run.rulings
        if not rulings.must_be:
            return
        # a setting at its neutral value can break only what must be something else
        broken_by = [key for key in self.policy.demanded() if key in rulings.must_be]
        for key in dict.fromkeys((*broken_by, *rulings.must_demand)):
            known, reading = rulings.must_be[key], self.policy.reading(key)
            if reading is not None and key != GATE:
                for ruling in rulings.broken_must_be(known, reading.value):
                    setting = self.policy.get(key)
                    assert setting is not None  # it has a reading
                    self.broken |= ruling.mask
                    self._add(ruling, setting)
            elif reading is None and self.policy.complete and key != GATE:
                value = known.neutral[0] if known.neutral else None
                for ruling in rulings.broken_must_be(known, value):
                    self.broken |= ruling.mask
                    self._add_for_policy(ruling, known, f"{shown(value)} (assumed)")

    def _judge_provisioning(self) -> None:
        rulings = self.run.rulings
        if self.gate is None:
            return
        for ruling in rulings.broken_must_be(self.run.knowledge.catalogue[GATE], self.gate):
            self._add_at_gate(ruling)
        if self.gate is False and rulings.cannot_provision:
            self._add_at_gate(rulings.on_cannot_provision)
        unreached = rulings.never_fetches & self._counting() if self.gate else 0
        if unreached:
            self._add_at_gate(rulings.never_reached(unreached))

    def _counting(self) -> int:
        """Return the targets on which some demand counts."""
        mask = 0
        for _, answer in self.answers:
            mask |= answer.counting
        return mask

    def _tell_both_outcomes(self, standing: Standing) -> None:
        """Say in one finding what either position of a gate that is not shown would mean."""
        rulings, fold = self.run.rulings, self.run.targets.fold
        names = dict.fromkeys(self.if_closed)
        because = f" because of {', '.join(names)}" if names else ""
        refused, maybe = standing.refused_if_closed(), standing.maybe_if_closed()
        # of what they do not do in either case nothing is lost
        done = 0
        for _, answer in self.answers:
            done |= answer.counting & ~answer.met["not"]
        unreached = rulings.never_fetches & ~rulings.cannot_provision & done
        told = (
            (refused, f"refused{because} if it is False, let in without enforcing that if it is True"),
            (maybe, "perhaps refused if it is False, let in if it is True"),
            (unreached, "nothing of this policy is enforced if it is True, since they fetch no policy then"),
        )
        detail = "; ".join(f"{fold(mask)}: {fate}" for mask, fate in told if mask)
        mask = refused | maybe | unreached
        why = self._unusable(GATE) or f"is not known from this {self._source}"
        ruling = self._plain("gate-missing", f"{why}; {detail or 'it makes no difference to these devices'}")
        self._add_for_policy(replace(ruling, mask=mask), self.run.knowledge.catalogue[GATE])

    def _passed(self) -> list[Passed]:
        """List the demands that some target meets, wherever the gate stands."""
        if not self.run.show_passed:
            return []
        rulings = self.run.rulings
        out = rulings.cannot_provision if self.gate is False else rulings.never_fetches
        found = []
        for setting, answer in self.answers:
            masks = {support: mask & ~out for support, mask in answer.met_by.items() if mask & ~out}
            if masks:
                found.append(Passed(setting, masks))
        return found

    # --- advice

    def _advise(self) -> None:
        catalogue = self.run.knowledge.catalogue
        asked = [setting for setting, gate in self.demands if gate == OPEN]
        for setting in asked:
            for moot in setting.property.moot_with:
                other = self.policy.get(moot.property)
                if other is not None and other.value == moot.equals:
                    detail = f"{other.spelling} is {shown(other.value)}: {moot.note}"
                    self._add(self._plain("moot", detail), setting)
        licensed = [setting for setting in asked if setting.property.cal == "Enterprise"]
        if licensed:
            names = ", ".join(setting.spelling for setting in licensed)
            self._add(self._plain("enterprise-cal", names), licensed[0])
        for ruling, at, patterns in self.run.patterns:
            for pattern in patterns:
                if not pattern.holds(self.policy):
                    break
            else:
                known = catalogue[at] if at else patterns[0].known
                setting_at = self.policy.get(known.key)
                if setting_at is not None:
                    self._add(ruling, setting_at)
                else:
                    self._add_for_policy(ruling, known)

    # --- findings

    def _plain(self, outcome: str, detail: str = "") -> Ruling:
        """Make a ruling that speaks of the policy and of no target."""
        return self.run.plain(outcome, detail)

    def _add(self, ruling: Ruling, setting: Setting, also: str | None = None) -> None:
        known, spelling, value, mark = setting
        gate_mark = self.gate_mark if ruling.gated else None
        self.findings.append(Finding(ruling, self.policy, mark, known, spelling, value, None, gate_mark, also))

    def _add_at_gate(self, ruling: Ruling) -> None:
        setting = self.policy.get(GATE)
        if setting is not None:
            self._add(ruling, setting)
        else:
            self._add_for_policy(ruling, self.run.knowledge.catalogue[GATE], f"{self.gate} (assumed)")

    def _add_for_policy(self, ruling: Ruling, known: Property, shown_as: str | None = None) -> None:
        """Add a finding about a property that the export does not show: it points at the policy."""
        name = self.policy.spell(known)
        self.findings.append(Finding(ruling, self.policy, self.policy.mark, known, name, None, shown_as))
