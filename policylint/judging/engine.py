"""Judge policies for targets: pure, without files or clock."""

from bisect import insort
from collections.abc import Sequence

from policylint.judging.findings import Finding
from policylint.judging.judgement import Judgement
from policylint.judging.organisation import among
from policylint.judging.report import Report, Verdicts
from policylint.judging.run import Run
from policylint.policies.files import Inputs
from policylint.policies.policy import Policy


def judge(run: Run, policies: Sequence[Policy], others: Sequence[Policy] = ()) -> list[Verdicts]:
    """Return how each policy fares, with its findings in the order of the file.

    What policies of one organisation show only beside each other, and beside `others`, is told with one of them. What
    the server end says of targets holds whatever the policy: it is told once, with the first policy.
    """
    judged = [Judgement(run, policy).verdicts() for policy in policies]
    of_policy = {verdicts.policy: verdicts.findings for verdicts in judged}
    for finding in among(run, [*others, *policies]):
        if finding.policy in of_policy:
            insort(of_policy[finding.policy], finding, key=lambda each: each.mark)
    for finding in reversed(run.hidden.notes(policies)):
        of_policy[finding.policy].insert(0, finding)
    for verdicts in judged[:1]:
        policy = verdicts.policy
        verdicts.findings[:0] = [Finding(ruling, policy, policy.mark) for ruling in run.server_end.rulings]
    return judged


def report(run: Run, inputs: Inputs, verdicts: list[Verdicts]) -> Report:
    """Put together what a run has to say of its inputs."""
    return Report(
        run.stamp, inputs.summary, verdicts, [str(problem) for problem in inputs.errors], run.knowledge.sources
    )
