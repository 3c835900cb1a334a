"""What the engine says of each device: the answers of design, section 2b, for its policy and each of its releases."""

from collections.abc import Sequence
from typing import NamedTuple

from policylint.evidence.fleet import Device
from policylint.evidence.policy_names import NamedPolicy
from policylint.judging import engine
from policylint.judging.report import Verdicts
from policylint.judging.run import Run
from policylint.knowledge.catalogue import GATE
from policylint.knowledge.families import Target
from policylint.merging.merge import merge
from policylint.merging.merged_policy import merged_policy
from policylint.merging.model import Account
from policylint.policies.policy import Policy


class Answer(NamedTuple):
    """The two answers on a policy and a target, and the verdict; `gate` is where the provisioning gate stands."""

    target: Target
    access: str
    verdict: str
    met: int
    partly: int
    unmet: int
    unknown: int
    gate: bool | None


class Predictor:
    """Judges policies by a run, each once, and the merged sets of devices that have several accounts."""

    def __init__(self, run: Run, policies: Sequence[NamedPolicy], shared: Sequence[Sequence[Device]] = ()):
        self.run = run
        self._bits = {target: bit for bit, target in enumerate(run.targets.targets)}
        self._merged = self._merge(shared)
        wanted = [each.policy for each in policies if each.policy is not None]
        unique = list(dict.fromkeys([*wanted, *self._merged.values()]))
        self.verdicts: dict[Policy, Verdicts] = dict(zip(unique, engine.judge(run, unique), strict=True))
        self._answers: dict[tuple[Policy, Target], Answer] = {}
        self._tables: dict[Policy, tuple[Sequence[str], Sequence[str], list[tuple[int, ...]]]] = {}

    def judged(self, device: Device) -> Policy | None:
        """Return the policy that holds on a device: of several accounts the merged set; None where none is known."""
        if device in self._merged:
            return self._merged[device]
        return device.policy.policy if device.policy is not None else None

    def answers(self, device: Device) -> tuple[Answer, ...]:
        """Return the answers for each release of the run that a device may be; none without a policy or a release."""
        policy = self.judged(device)
        if policy is None:
            return ()
        return tuple(self.answer(policy, target) for target in device.identification.targets if target in self._bits)

    def answer(self, policy: Policy, target: Target) -> Answer:
        """Return the answers for one policy and one target of the run."""
        found = self._answers.get((policy, target))
        if found is None:
            bit = self._bits[target]
            verdicts, access, demands = self._table(policy)
            gate = policy.get(GATE)
            stands = bool(gate.value) if gate is not None else self.run.assume_gate
            met, partly, unmet, unknown = demands[bit]
            found = Answer(target, access[bit], verdicts[bit], met, partly, unmet, unknown, stands)
            self._answers[policy, target] = found
        return found

    def _table(self, policy: Policy) -> tuple[Sequence[str], Sequence[str], list[tuple[int, ...]]]:
        found = self._tables.get(policy)
        if found is None:
            verdicts, targets = self.verdicts[policy], self.run.targets
            demands = [tuple(counts) for counts in zip(*verdicts.demands(targets), strict=True)]
            found = verdicts.by_target(targets), verdicts.access_by_target(targets), demands
            self._tables[policy] = found
        return found

    def _merge(self, shared: Sequence[Sequence[Device]]) -> dict[Device, Policy]:
        """Merge the policies of each device that has several accounts, for the server of each of them."""
        catalogue = self.run.knowledge.catalogue
        made: dict[tuple[Policy, ...], dict[Policy, Policy]] = {}
        found: dict[Device, Policy] = {}
        for devices in shared:
            own = [(device, device.policy.policy) for device in devices if device.policy and device.policy.policy]
            policies = tuple(sorted({policy for _, policy in own if policy}, key=lambda each: each.identity))
            if len(policies) < 2:
                continue
            if policies not in made:
                accounts = [Account(policy.name, policy) for policy in policies]
                merged = merge(accounts, catalogue)
                made[policies] = {account.policy: merged_policy(merged, account) for account in accounts}
            for device, policy in own:
                if policy is not None:
                    found[device] = made[policies][policy]
        return found
