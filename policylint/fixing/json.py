"""What a strategy does as JSON: `policylint/fix/1`, published in docs/schema/. Its commands are data, never text."""

from collections.abc import Iterator
from typing import Any

from policylint import values
from policylint.fixing.fixes import Script
from policylint.fixing.plan import NAMELESS, Plan, verify
from policylint.report.objects import Writer
from policylint.writing.json import array, dumps, members, tool

SCHEMA = "policylint/fix/1"


def render(made: Script) -> Iterator[str]:
    """Yield the document in pieces."""
    yield "{\n"
    yield members(
        {
            "schema": SCHEMA,
            "tool": tool(made.stamp.program, made.stamp.knowledge, made.stamp.as_of),
            "strategy": made.strategy,
        }
    )
    yield '  "plans": ['
    for number, plan in enumerate(made.plans):
        yield f"{',' if number else ''}\n    {dumps(_plan(plan))}"
    yield "\n  ],\n" if made.plans else "],\n"
    writer = Writer(made.stamp.targets)
    yield from array("findings", (entry for each in made.not_told for entry in writer.findings(each)))
    script = "\n".join([*made.lines(), ""])
    yield f'  "script": {dumps(script)}\n}}\n'


def _plan(plan: Plan) -> dict[str, Any]:
    policy = plan.subject.policy
    place = policy.place(policy.mark)
    reasons = [each.reason for each in plan.hindrances]
    return {
        "policy": policy.name,
        "path": place.path,
        "line": place.line,
        "new_policy": plan.new_name if plan.changes else None,
        "commands": [
            {
                "command": each.cmdlet,
                "parameters": {name: values.to_json(value) for name, value in each.parameters.items()},
            }
            for each in plan.commands()
        ],
        "loosens": [policy.spell(change.known) for change in (*plan.changes, *plan.dropped) if change.loosens],
        "refusals": len(plan.subject.refusals),
        "not_shown": sorted(known.key for known in plan.unseen),
        "cured": verify(plan).cured if plan.finds_its_policy else 0,
        "not_cured": reasons if plan.finds_its_policy else [*reasons, NAMELESS],
    }
