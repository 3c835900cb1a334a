"""Judge policies for targets: pure, without files or clock."""

from bisect import insort
from collections.abc import Sequence

from policylint.findings import Finding
from policylint.judgement import Judgement
from policylint.knowledge import Knowledge
from policylint.knowledge.families import Target
from policylint.knowledge.profiles import Profile
from policylint.knowledge.servers import Server
from policylint.organisation import among
from policylint.policy import Policy
from policylint.run import Run
from policylint.targets import TargetSet
from policylint.verdicts import Verdicts


class Engine:
    """Judges any number of policies for a fixed set of targets; see `Run` for the options."""

    def __init__(
        self,
        knowledge: Knowledge,
        targets: tuple[Target, ...],
        *,
        assume_gate: bool | None = None,
        show_unknown: bool = False,
        show_passed: bool = False,
        server: Server | None = None,
        profiles: tuple[Profile, ...] = (),
    ):
        self._run = Run(
            knowledge,
            targets,
            assume_gate=assume_gate,
            show_unknown=show_unknown,
            show_passed=show_passed,
            server=server,
            profiles=profiles,
        )

    @property
    def targets(self) -> TargetSet:
        """The targets, as masks count them."""
        return self._run.targets

    def judge(self, policies: Sequence[Policy]) -> list[Verdicts]:
        """Return how each policy fares, with its findings in the order of the file.

        What policies of one organisation show only beside each other is told with one of them. What the server end
        says of targets holds whatever the policy: it is told once, with the first policy.
        """
        judged = [Judgement(self._run, policy).verdicts() for policy in policies]
        of_policy = {verdicts.policy: verdicts.findings for verdicts in judged}
        for finding in among(self._run, policies):
            insort(of_policy[finding.policy], finding, key=lambda each: each.mark)
        for verdicts in judged[:1]:
            policy = verdicts.policy
            verdicts.findings[:0] = [Finding(ruling, policy, policy.mark) for ruling in self._run.server_end.rulings]
        return judged
