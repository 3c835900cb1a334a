"""What is left where nobody is refused: settings that devices do not act on, and policies that ask nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policylint.judging import engine
from policylint.judging.findings import Finding
from policylint.judging.insteads import insteads
from policylint.judging.rulings import WEAKNESSES
from policylint.judging.run import Run
from policylint.policies.policy import Policy
from policylint.writing.style import and_more, quoted

_NAMED = 3
_SETTINGS = 8


@dataclass(frozen=True, slots=True)
class Standing:
    """A policy because of which nobody is refused: what devices do not do of it."""

    policy: Policy
    weaknesses: tuple[Finding, ...]


def standing(policies: Iterable[Policy], run: Run) -> list[Standing]:
    """Find the policies of which something is not done, or that ask nothing."""
    found = []
    for policy in policies:
        (verdicts,) = engine.judge(run, [policy])
        weaknesses = tuple(each for each in verdicts.findings if each.rule.outcome in WEAKNESSES)
        if weaknesses or policy.asks_nothing:
            found.append(Standing(policy, weaknesses))
    return found


def told(found: Iterable[Standing], run: Run) -> Iterator[str]:
    """Say in lines what no value of a setting cures, what to do instead, and which policies ask nothing."""
    found = list(found)
    weak: dict[int, dict[str, dict[str, None]]] = {}
    for each in found:
        for finding in each.weaknesses:
            by_kind = weak.setdefault(finding.ruling.mask, {"settings": {}, "policies": {}})
            by_kind["settings"][finding.name or "the whole policy"] = None
            by_kind["policies"][quoted(each.policy.name)] = None
    if weak:
        yield "Nobody is refused here, and this is not done, or only in part. No value of the settings changes that:"
    for mask, by_kind in weak.items():
        settings, policies = (list(by_kind[kind]) for kind in ("settings", "policies"))
        yield f"  {run.targets.fold(mask)}: {and_more(settings, _SETTINGS)} (in {and_more(policies, _NAMED)})"
    for advice in insteads(finding for each in found for finding in each.weaknesses):
        yield f"  instead, for {run.targets.fold(advice.mask)}: {advice.text}"
    idle = [quoted(each.policy.name) for each in found if each.policy.asks_nothing]
    if idle:
        profiles = " or ".join(f"--profile {profile.id}" for profile in run.knowledge.profiles)
        asks = "asks" if len(idle) == 1 else "ask"
        yield f"{and_more(idle, _NAMED)} {asks} nothing of a device. policylint check {profiles} tells what to ask for."
