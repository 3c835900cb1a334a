"""What the controls of benchmarks ask for, held against one policy: the rules 5xx."""

from collections.abc import Iterator

from policylint.judging.findings import Finding, Reason, Ruling
from policylint.judging.targets import TargetSet
from policylint.knowledge import Knowledge
from policylint.knowledge.profiles import Control, Profile
from policylint.policies.policy import Policy
from policylint.values import Value


class Controls:
    """The controls of the profiles of one run. Each is judged by its own value alone, gates or not."""

    def __init__(self, profiles: tuple[Profile, ...], knowledge: Knowledge, targets: TargetSet):
        self._knowledge = knowledge
        self._targets = targets
        self._controls = [(profile, control) for profile in profiles for control in profile.controls]
        self._rulings: dict[tuple[str, str, str, type, Value], Ruling] = {}

    def findings(self, policy: Policy) -> Iterator[Finding]:
        """Yield the controls that a policy does not meet, and those of which its export shows nothing."""
        for profile, control in self._controls:
            known = control.known
            setting = policy.get(known.key)
            if setting is None:
                column = policy.layout.index.get(known.key)
                mark = policy.mark if column is None else policy.record.marks[column]
                ruling = self._ruling("control-not-shown", profile, control, None)
                yield Finding(ruling, policy, mark, known, policy.spell(known))
            elif not control.is_met(setting.value):
                ruling = self._ruling("control-not-met", profile, control, setting.value)
                yield Finding(ruling, policy, setting.mark, known, setting.spelling, setting.value)

    def _ruling(self, outcome: str, profile: Profile, control: Control, value: Value) -> Ruling:
        key = (profile.id, control.id, outcome, value.__class__, value)
        found = self._rulings.get(key)
        if found is None:
            sources = tuple(self._knowledge.sources[name] for name in control.sources)
            reason = Reason(0, None, control.note, control.evidence, sources)
            found = self._rulings[key] = Ruling(
                self._knowledge.rulebook.by_outcome[outcome],
                self._targets,
                reasons=(reason,) if control.note else (),
                detail=f"{profile.title}, control {control.id}, which asks for {control.requirement}",
                wanted=control.cure(value) if outcome == "control-not-met" else None,
                evidence=control.evidence,
                sources=sources,
                key=f"{profile.id} {control.id}",
            )
        return found
