"""A comparison as JSON: `policylint/diff/1`, whose schema is published in docs/schema/."""

from collections.abc import Iterator
from typing import Any

from policylint import values
from policylint.comparing import words
from policylint.comparing.model import Answers, Change, Comparison, Impact, PolicyDiff, Side, Sight
from policylint.judging.answer import MET
from policylint.judging.report import Verdicts
from policylint.policies.policy import Policy
from policylint.report.objects import Writer
from policylint.writing.json import array, dumps, members, tool

SCHEMA = "policylint/diff/1"


def render(comparison: Comparison) -> Iterator[str]:
    """Yield a comparison in pieces that make one JSON document; each policy stands on a line."""
    stamp = comparison.stamp
    head = {
        "schema": SCHEMA,
        "tool": tool(stamp.program, stamp.knowledge, stamp.as_of),
        "old": _side(comparison.old),
        "new": _side(comparison.new),
        "targets": [target.label for target in stamp.targets.targets],
        "server": stamp.server,
        "notes": list(comparison.notes),
    }
    yield "{\n" + members(head)
    writer = Writer(stamp.targets)
    yield from array("policies", (_policy(policy, comparison, writer) for policy in comparison.policies))
    yield from array("findings", _not_told(comparison, writer))
    yield f'  "summary": {dumps(words.counts(comparison))}\n}}\n'


def _not_told(comparison: Comparison, writer: Writer) -> Iterator[str]:
    """Write what exports do not tell as findings of a report, each with its side."""
    for side, every in comparison.not_told.items():
        for verdicts in every:
            for written in writer.findings(verdicts):
                yield f'{{"side": "{side}", {written[1:]}'


def _side(side: Side) -> dict[str, Any]:
    inputs = [{"path": each.path, "format": each.format, "policies": each.policies} for each in side.inputs]
    return {"name": side.name, "inputs": inputs}


def _policy(policy: PolicyDiff, comparison: Comparison, writer: Writer) -> str:
    targets = comparison.stamp.targets
    entry = {
        "policy": policy.policy.name,
        "status": policy.status,
        "matched_by": policy.pair.by,
        "old": _identity(policy.pair.old),
        "new": _identity(policy.pair.new),
        "renamed": policy.former_name is not None,
        "changes": [_change(change) for change in policy.changes],
        "remarks": [{"text": remark.text, "sources": list(remark.sources)} for remark in policy.remarks],
        "verdicts": [
            {
                "old": move.old,
                "new": move.new,
                "targets": [target.label for target in targets.members(move.mask)],
                "as_far_as_shown": move.as_far_as_shown,
            }
            for move in policy.moves
        ],
        "answers": [
            {
                "old": _answers(shift.old),
                "new": _answers(shift.new),
                "targets": [target.label for target in targets.members(shift.mask)],
            }
            for shift in policy.shifts
        ],
        "hidden": {"old": _hidden(policy.pair.old), "new": _hidden(policy.pair.new)},
    }
    impacts = ", ".join(_impact(each, writer) for each in policy.impacts)
    return f'{dumps(entry)[:-1]}, "impacts": [{impacts}]}}'


def _identity(policy: Policy | None) -> dict[str, Any] | None:
    return {"name": policy.name, "guid": policy.guid, "path": policy.document.path} if policy is not None else None


def _answers(answers: Answers) -> dict[str, Any]:
    access, demands = answers
    return {"access": access, "demands": dict(zip(MET, demands, strict=True))}


def _hidden(policy: Policy | None) -> list[str]:
    return sorted(known.key for known in policy.hidden) if policy is not None else []


def _change(change: Change) -> dict[str, Any]:
    return {
        "property": change.property.key,
        "kind": change.kind,
        "direction": change.direction,
        "old": _sight(change.old),
        "new": _sight(change.new),
        "note": words.note(change),
    }


def _sight(sight: Sight | None) -> dict[str, Any] | None:
    if sight is None:
        return None
    return {
        "spelling": sight.spelling,
        "value": values.to_json(sight.value),
        "unreadable": None if sight.unreadable is None else {"why": sight.unreadable, "text": sight.raw},
        "location": sight.policy.place(sight.mark)._asdict(),
    }


def _impact(each: Impact, writer: Writer) -> str:
    """Write a finding as in a report, with what became of it. Only what gets worse has a fix."""
    about = {
        "kind": each.kind,
        "cause": each.cause.property.key if each.cause is not None else None,
        "known_before": each.known_before,
    }
    finding = each.finding
    (written,) = writer.findings(Verdicts(finding.policy, {}, {}, {}, [], [finding]), with_fix=each.worse)
    return f"{dumps(about)[:-1]}, {written[1:]}"
