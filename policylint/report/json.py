"""The report as JSON: `policylint/report/1`, whose schema is published in docs/schema/.

Findings and verdicts stand on a line each.
"""

from collections.abc import Iterator

from policylint import values
from policylint.judging.report import Report, Verdicts
from policylint.judging.targets import TargetSet
from policylint.report.objects import Writer, location, summary
from policylint.writing.json import BETWEEN, array, dumps, inner, members, tool

SCHEMA = "policylint/report/1"


def render(report: Report) -> Iterator[str]:
    """Yield the report in pieces that make one JSON document."""
    head = {
        "schema": SCHEMA,
        "tool": tool(report.stamp.program, report.stamp.knowledge, report.stamp.as_of),
        "inputs": [{"path": each.path, "format": each.format, "policies": each.policies} for each in report.inputs],
        "targets": [target.label for target in report.targets.targets],
        "server": report.stamp.server,
        "profiles": list(report.stamp.profiles),
    }
    yield "{\n" + members(head)
    writer = Writer(report.targets)
    yield from array("findings", (finding for each in report.verdicts for finding in writer.pieces(each)))
    yield from array("verdicts", (writer.verdicts(each, BETWEEN) for each in report.verdicts))
    if any(each.passed for each in report.verdicts):
        yield from array("passed", (row for each in report.verdicts for row in _passed(each, report.targets)))
    yield f'  "summary": {dumps(summary(report))}\n}}\n'


def _passed(verdicts: Verdicts, targets: TargetSet) -> Iterator[str]:
    policy = verdicts.policy
    path = dumps(policy.document.path)
    for passed in verdicts.passed:
        setting = passed.setting
        entry = {
            "policy": policy.name,
            "property": setting.property.key,
            "spelling": setting.spelling,
            "value": values.to_json(setting.value),
            "support": {
                support: [target.label for target in targets.members(mask)] for support, mask in passed.masks.items()
            },
        }
        yield f'{{{inner(entry)}, "location": {location(policy.place(setting.mark), path)}}}'
