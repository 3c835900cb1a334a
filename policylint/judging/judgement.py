"""The judging of one policy, step by step: the design, section 2."""

from dataclasses import replace

from policylint.judging.cells import CLOSED, CLOSED_FOR_SOME, OPEN
from policylint.judging.findings import Finding, Ruling, shown
from policylint.judging.report import VERDICTS, Passed, Verdicts
from policylint.judging.run import Run
from policylint.knowledge.catalogue import Property
from policylint.policies.policy import Policy, Setting
from policylint.values import raw_text, shorten

GATE = "AllowNonProvisionableDevices"

_VERDICTS = {
    "blocks-sync": "refused",
    "blocks-some": "refused-on-some",
    "not-enforced": "weakened",
    "partly-enforced": "weakened",
}


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
        self.demands = self._demands()
        # What holds only if a gate that the export does not show is closed, and because of which property.
        self.if_closed: list[tuple[Ruling, str | None]] = []

    def verdicts(self) -> Verdicts:
        """Go through all steps and return what they found."""
        self._report_problems()
        self._report_void_settings()
        self._judge_provisioning()
        self._judge_demands()
        self._judge_must_be()
        if self.gate is None:
            self._tell_both_outcomes()
        self._advise()
        self.findings += self.run.controls.findings(self.policy)
        self.findings.sort(key=lambda finding: finding.mark)
        return Verdicts(self.policy, self._masks(), self.unknown, self.findings, self._passed())

    # --- what the policy asks

    def _demands(self) -> list[tuple[Setting, str]]:
        """List the settings away from neutral, each with how its own gate stands."""
        found = []
        for key in self.policy.demanded():
            setting = self.policy.get(key)
            if setting is not None and setting.property.kind == "device":
                found.append((setting, self._gate_of(setting.property)))
        return found

    def _gate_of(self, known: Property) -> str:
        if known.gate is None:
            return OPEN
        switch = self.policy.get(known.gate.property)
        # A switch that the export lacks is not known to be off: better a word too many than a refusal unseen.
        if switch is None or switch.value == known.gate.equals:
            return OPEN
        return CLOSED if known.gate.basis == "protocol" else CLOSED_FOR_SOME

    def _report_problems(self) -> None:
        for problem in self.policy.problems:
            ruling = self._plain(problem.outcome, problem.detail)
            raw = shorten(raw_text(problem.raw))
            self.findings.append(Finding(ruling, self.policy, problem.mark, problem.property, problem.name, None, raw))
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
            if switch is not None and self.policy.get(switch.property) is None:
                unseen.add(switch.property)
            elif gate != OPEN:
                some = " on clients that tie it to the password; others may act on it all the same"
                self._add(self._plain("no-effect", some if gate == CLOSED_FOR_SOME else ""), setting)
        for key in unseen:
            self._add_for_policy(self._plain("switch-missing"), self.run.knowledge.catalogue[key])

    # --- what targets make of it

    def _judge_provisioning(self) -> None:
        rulings = self.run.rulings
        if self.gate is not True and rulings.cannot_provision:
            if self.gate is None:
                self.if_closed.append((rulings.on_cannot_provision, None))
            else:
                self._add_at_gate(rulings.on_cannot_provision)
        if self.gate is True and rulings.never_fetches and any(gate == OPEN for _, gate in self.demands):
            self._add_at_gate(rulings.on_never_fetches)

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
            rulings = self.run.rulings.demand(known, setting.value, gate, self.gate is True, second is not None)
            for ruling in rulings:
                if ruling.rule.outcome == "unknown":
                    self.unknown.append((known, ruling.mask))
                    if not self.run.show_unknown:
                        continue
                if ruling.rule.outcome == "newly-refused":
                    newly_refused.setdefault(ruling.detail, (ruling, []))[1].append(setting)
                elif self.gate is None and ruling.rule.outcome in ("blocks", "blocks-some"):
                    self.if_closed.append((ruling, setting.spelling))
                else:
                    self._add(ruling, setting, second.spelling if second else None)
        for ruling, settings in newly_refused.values():
            names = ", ".join(setting.spelling for setting in settings)
            self._add(replace(ruling, detail=f"{names}: {ruling.detail}"), settings[0])

    def _judge_must_be(self) -> None:
        rulings = self.run.rulings
        if not rulings.must_be:
            return
        for known in self.run.unseen_must_be(self.policy):
            self.unknown.append((known, rulings.must_be_mask(known)))
        # a setting at its neutral value can break only what must be something else
        for key in dict.fromkeys((*self.policy.demanded(), *rulings.must_demand)):
            setting = self.policy.get(key)
            if setting is not None and self._gate_of(setting.property) == OPEN:
                for ruling in rulings.broken_must_be(setting.property, setting.value):
                    self._add(ruling, setting)

    def _tell_both_outcomes(self) -> None:
        """Say in one finding what either position of a gate that is not shown would mean."""
        mask = 0
        for ruling, _ in self.if_closed:
            mask |= ruling.mask
        names = list(dict.fromkeys(name for _, name in self.if_closed if name))
        because = f" because of {', '.join(names)}" if names else ""
        fate = f"refused{because} if it is False, let in without enforcing that if it is True"
        detail = f"{self.run.targets.fold(mask)}: {fate}" if mask else "it makes no difference to these devices"
        told = replace(self._plain("gate-missing", detail), mask=mask)
        self._add_for_policy(told, self.run.knowledge.catalogue[GATE])

    def _passed(self) -> list[Passed]:
        """List the demands that some target meets."""
        if not self.run.show_passed:
            return []
        met = (
            Passed(setting, self.run.rulings.met(setting.property, setting.value, self.gate is True))
            for setting, gate in self.demands
            if gate == OPEN
        )
        return [passed for passed in met if passed.masks]

    # --- advice

    def _advise(self) -> None:
        catalogue = self.run.knowledge.catalogue
        for setting, gate in self.demands:
            for moot in setting.property.moot_with:
                other = self.policy.get(moot.property)
                if gate == OPEN and other is not None and other.value == moot.equals:
                    detail = f"{other.spelling} is {shown(other.value)}: {moot.note}"
                    self._add(self._plain("moot", detail), setting)
        licensed = [setting for setting, gate in self.demands if setting.property.cal == "Enterprise" and gate == OPEN]
        if licensed:
            names = ", ".join(setting.spelling for setting in licensed)
            self._add(self._plain("enterprise-cal", names), licensed[0])
        for ruling, at, patterns in self.run.patterns:
            if all(pattern.holds(self.policy) for pattern in patterns):
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
        gate_mark = self.gate_mark if ruling.gated else None
        self.findings.append(
            Finding(
                ruling,
                self.policy,
                setting.mark,
                setting.property,
                setting.spelling,
                setting.value,
                None,
                gate_mark,
                also,
            )
        )

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

    def _masks(self) -> dict[str, int]:
        """Sort the targets into verdicts, the gravest first."""
        caught = dict.fromkeys(VERDICTS, 0)
        for finding in self.findings:
            verdict = _VERDICTS.get(finding.rule.effect)
            if verdict:
                caught[verdict] |= finding.ruling.mask
            elif finding.rule.outcome == "gate-missing":
                caught["unknown"] |= finding.ruling.mask
        for _, mask in self.unknown:
            caught["unknown"] |= mask
        caught["cannot-connect"] = self.run.server_end.refused
        caught["not-applicable"] = self.run.rulings.not_concerned
        caught["accepted"] = left = self.run.targets.everything
        for verdict in VERDICTS:
            caught[verdict] &= left
            left &= ~caught[verdict]
        return {verdict: mask for verdict, mask in caught.items() if mask}
