"""Judge policies for targets: pure, without files or clock."""

from bisect import insort
from collections.abc import Sequence

from policylint.judging.findings import Finding
from policylint.judging.judgement import Judgement
from policylint.judging.organisation import among
from policylint.judging.report import Verdicts
from policylint.judging.run import Run
from policylint.policies.policy import Policy


class Engine(Run):
    """Judges any number of policies for a fixed set of targets."""

    def judge(self, policies: Sequence[Policy]) -> list[Verdicts]:
        """Return how each policy fares, with its findings in the order of the file.

        What policies of one organisation show only beside each other is told with one of them. What the server end
        says of targets holds whatever the policy: it is told once, with the first policy.
        """
        judged = [Judgement(self, policy).verdicts() for policy in policies]
        of_policy = {verdicts.policy: verdicts.findings for verdicts in judged}
        for finding in among(self, policies):
            insort(of_policy[finding.policy], finding, key=lambda each: each.mark)
        for verdicts in judged[:1]:
            policy = verdicts.policy
            verdicts.findings[:0] = [Finding(ruling, policy, policy.mark) for ruling in self.server_end.rulings]
        return judged
