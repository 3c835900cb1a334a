"""What a fix is about: a policy, and the devices that shall live with it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from policylint.fixing.names import Names
from policylint.judging import engine
from policylint.judging.findings import Finding
from policylint.judging.run import Run
from policylint.knowledge import Knowledge
from policylint.knowledge.catalogue import GATE, Property
from policylint.knowledge.families import Target
from policylint.knowledge.servers import Server
from policylint.policies.changing import changed
from policylint.policies.policy import Policy
from policylint.values import Value

REFUSALS = ("blocks", "blocks-some", "must-be", "cannot-provision")
"""The outcomes that keep a device from syncing because of the policy: what a fix sets out to cure."""

Judge = Callable[[Policy], list[Finding]]
Unseen = Callable[[Policy], Sequence[Property]]


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """A policy, the targets that shall live with it, and a way to find out what they make of any policy.

    `unseen` lists what a policy hides, if some of the targets may be kept out because of it. `query` is how the targets
    were asked for, `findings` what is found about the policy as it stands, `new_name` what a policy of their own would
    be called.
    """

    policy: Policy
    targets: tuple[Target, ...]
    query: str
    knowledge: Knowledge
    server: Server | None
    judge: Judge
    unseen: Unseen
    findings: list[Finding]
    new_name: str

    @property
    def refusals(self) -> list[Finding]:
        """The findings that a fix sets out to cure."""
        return [finding for finding in self.findings if finding.rule.outcome in REFUSALS]

    def judged(self, values: Mapping[str, Value]) -> list[Finding]:
        """Return what would be found if some properties, by key, had these values."""
        return self.judge(changed(self.policy, values, self.knowledge.catalogue))


def refused(
    policies: Iterable[Policy],
    knowledge: Knowledge,
    targets: tuple[Target, ...],
    query: str,
    *,
    server: Server | None = None,
    assume_gate: bool = False,
    taken: Iterable[Policy] = (),
) -> Iterator[Subject]:
    """Yield the policies because of which some of the targets cannot sync. Names of those in `taken` are taken, too.

    Where an export does not show the provisioning gate, it is taken to be closed: what that would do needs curing.
    """
    run = Run(knowledge, targets, assume_gate=assume_gate, show_unknown=True, server=server)

    def judge(policy: Policy) -> list[Finding]:
        return [finding for finding in engine.judge(run, [policy])[0].findings if not finding.rule.once]

    def unseen(policy: Policy) -> Sequence[Property]:
        hidden = run.hidden.of(policy)
        matters = hidden.may_break | (0 if policy.value(GATE) is True else hidden.may_refuse)
        return hidden.properties if matters else ()

    policies = list(policies)
    names = Names(policy.name for policy in (*policies, *taken))
    for policy in policies:
        findings = judge(policy)
        if any(finding.rule.outcome in REFUSALS for finding in findings):
            new_name = names.beside(policy.name, query)
            yield Subject(policy, targets, query, knowledge, server, judge, unseen, findings, new_name)
