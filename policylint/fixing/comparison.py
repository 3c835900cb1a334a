"""The strategies side by side: what each does about a policy, and what it costs."""

from collections.abc import Iterable, Iterator

from policylint.fixing.plan import NAMELESS, Plan, verify
from policylint.fixing.subject import Subject
from policylint.judging.findings import Finding
from policylint.writing.style import Style, and_more, number, printable, quoted

_NAMED = 8


def comparison(subject: Subject, plans: Iterable[Plan], style: Style) -> Iterator[str]:
    """Yield a headline for the policy, and a paragraph for each strategy; each piece ends with a line break."""
    masks = 0
    for finding in subject.refusals:
        masks |= finding.ruling.mask
    refused = subject.refusals[0].ruling.targets.fold(masks)
    count = number(len(subject.refusals), "finding")
    yield style.bold(f"{quoted(subject.policy.name)} is refused on {refused} ({count})") + "\n"
    for plan in plans:
        cures, colour = _cures(plan)
        yield f"  {style.bold(f'{plan.strategy:9}')}  {style.paint(cures, colour)}\n"
        for line in _costs(plan):
            yield f"             {printable(line)}\n"


def _cures(plan: Plan) -> tuple[str, str]:
    if (plan.hindrances and not plan.changes) or not plan.finds_its_policy:
        return "cures nothing", "red"
    found = verify(plan)
    total = len(plan.subject.refusals)
    if found.remaining:
        return f"cures {found.cured} of {total}", "yellow"
    cures = f"cures {'it' if total == 1 else f'all {total}'}"
    return (f"{cures}, as far as shown", "yellow") if plan.unseen else (cures, "green")


def _costs(plan: Plan) -> Iterator[str]:
    policy = plan.subject.policy
    if not plan.finds_its_policy:
        yield NAMELESS
        return
    for reason in dict.fromkeys(hindrance.reason for hindrance in plan.hindrances):
        names = dict.fromkeys(each.finding.name or "policy" for each in plan.hindrances if each.reason == reason)
        yield f"not {', '.join(names)}: {reason}"
    dropped = [policy.spell(change.known) for change in plan.dropped]
    if plan.new_name is not None and plan.changes:
        kept = sum(each.known.kind == "device" and not each.known.is_neutral(each.after) for each in plan.changes)
        yield f"a policy for the users of these devices alone, with {number(kept, 'demand')}; nobody else is touched"
        if dropped:
            yield f"less is asked of them: {', '.join(dropped)}"
    elif dropped:
        yield f"less is asked of every device of the users who have this policy: {', '.join(dropped)}"
    if plan.unseen:
        yield not_shown(plan)
    if plan.unenforced:
        names = dict.fromkeys(_unenforced(finding) for finding in plan.unenforced)
        yield f"not enforced on these devices: {', '.join(names)}"
    if plan.opens_the_gate:
        yield "the gate refuses no device of these users any more, whatever it cannot do"


def not_shown(plan: Plan) -> str:
    """Say what the export hides, and what that means for the plan."""
    policy = plan.subject.policy
    names = [policy.spell(known) for known in plan.unseen]
    what = f"the export does not show {number(len(names), 'setting')} ({and_more(names, _NAMED)})"
    if plan.new_name is not None:
        return f"{what}: what the policy asks there is not in the new one, so look it up first"
    return f"{what}: one of them may still keep these devices out"


def _unenforced(finding: Finding) -> str:
    return "the whole policy" if finding.rule.outcome == "never-fetches" else finding.name or finding.rule.name
