"""A plan as PowerShell: every command below a comment that says why, nothing that is so already, safe to paste.

Names come from exports, so whatever they hold has to stay inside a comment or an argument (`remedy`).
"""

from collections.abc import Iterator

from policylint.fixing.comparison import not_shown
from policylint.fixing.plan import NAMELESS, Change, Hindrance, Plan, Verification
from policylint.judging import remedy
from policylint.judging.findings import Finding, shown
from policylint.knowledge.catalogue import GATE
from policylint.writing.style import number, printable

USERS = ("PLACEHOLDER one@example.com", "PLACEHOLDER two@example.com")
GROUP = "PLACEHOLDER group"
_BY_GUID = "letters of its name are not certain in this file, so that commands name it by its Guid"
_LOST = "letters of its name cannot be written here, so that commands name it by its Guid"
_IN_DOUBT = "letters of its name are not certain in this file: compare it with the policy's before a command is run"


def script_of(plan: Plan, *, what_if: bool) -> Iterator[str]:
    """Yield the lines of one plan. Commands only show what they would do where `what_if` is set."""
    policy = plan.subject.policy
    place = policy.place(policy.mark)
    yield comment(f'policy "{policy.name}" ({place.path}:{place.line}), strategy {plan.strategy}')
    if policy.is_name_lost:
        yield comment(_LOST)
    elif policy.is_name_in_doubt:
        yield comment(_BY_GUID if policy.guid else _IN_DOUBT)
    for hindrance in plan.hindrances:
        yield from _hindrance(hindrance)
    if plan.changes and not plan.finds_its_policy:
        yield comment(f"NOT CURED: {NAMELESS}")
    elif plan.changes:
        if plan.unseen:
            yield comment(f"NOT KNOWN: {not_shown(plan)}")
        yield from _new_policy(plan, what_if) if plan.new_name is not None else _changes(plan, what_if)
    elif not plan.hindrances:
        yield comment("nothing to change")


def verification(plan: Plan, found: Verification) -> Iterator[str]:
    """Yield what came out when the plan was tried."""
    if not plan.finds_its_policy:
        return
    total = len(plan.subject.refusals)
    shown_only = ", as far as the export shows" if plan.unseen else ""
    yield comment(f"verified: {found.cured} of {number(total, 'refusal')} cured{shown_only}")
    for finding in found.remaining:
        reasons = (each.reason for each in plan.hindrances if each.finding.wording == finding.wording)
        yield comment(f"remains: {finding.message} ({next(reasons, 'nothing is changed, for the reason above')})")
    for finding in found.new:
        yield comment(f"new: {finding.message}")


def comment(text: str) -> str:
    """Write a comment of one line."""
    return f"# {printable(text)}"


def _changes(plan: Plan, what_if: bool) -> Iterator[str]:
    subject = plan.subject
    for change in plan.changes:
        yield from _because(change.findings)
        name = subject.policy.spell(change.known)
        yield comment(f"{'LOOSENS ' if change.loosens else ''}{name}: {_before(change)} -> {shown(change.after)}")
        yield from _price(plan, change)
        (command,) = plan.commands_for(change)
        yield f"{command.text}{_tail(what_if)}"


def _price(plan: Plan, change: Change) -> Iterator[str]:
    if change.loosens:
        yield comment("for every device of the users who have this policy")
    if change.known.key == GATE:
        yield comment("the gate then refuses no device of theirs, whatever it cannot do")
        for finding in plan.unenforced:
            yield comment(f"not enforced then: {finding.message}")


def _new_policy(plan: Plan, what_if: bool) -> Iterator[str]:
    subject, name = plan.subject, plan.new_name
    assert name is not None
    for change in plan.dropped:
        yield from _because(change.findings)
        spelled = subject.policy.spell(change.known)
        yield comment(f"LOOSENS {spelled}: {_before(change)} -> {shown(change.after)}, for the users of these devices")
    for finding in plan.unenforced:
        yield comment(f"not enforced: {finding.message}")
    yield comment("no policy that was read has this name; look that none has it in the organisation")
    yield from (f"{command.text}{_tail(what_if)}" for command in plan.commands())
    yield comment("give it to the users of these devices: put their names for the placeholders, or a group's")
    yield f"{remedy.assign(USERS, name)}{_tail(what_if)}"
    yield f"{remedy.assign_group(GROUP, name)}{_tail(what_if)}"


def _hindrance(hindrance: Hindrance) -> Iterator[str]:
    yield from _because((hindrance.finding,))
    yield comment(f"NOT CURED: {hindrance.reason}")


def _because(findings: tuple[Finding, ...]) -> Iterator[str]:
    for finding in findings:
        place = finding.place
        yield comment(f"{place.path}:{place.line} {finding.rule.id} {finding.message}")
        for source in finding.ruling.sources[:1]:
            yield comment(f"source: {source.dated}")


def _before(change: Change) -> str:
    return shown(change.before) if change.shown else "not shown"


def _tail(what_if: bool) -> str:
    return " -WhatIf" if what_if else ""
