"""Chains as JSON: `policylint/chain/1`, whose schema is published in docs/schema/."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from policylint.certificates.assessing import Assessment
from policylint.certificates.report import ChainReport
from policylint.report.objects import Writer, summary
from policylint.writing.json import array, dumps, members, tool

SCHEMA = "policylint/chain/1"


def render(report: ChainReport) -> Iterator[str]:
    """Yield the report in pieces that make one JSON document."""
    head = {
        "schema": SCHEMA,
        "tool": tool(report.stamp.program, report.stamp.knowledge, report.stamp.as_of),
        "targets": [target.label for target in report.targets.targets],
    }
    yield "{\n" + members(head)
    yield from array("chains", (dumps(_chain(each)) for each in report.assessments))
    writer = Writer(report.targets)
    yield from array("findings", (finding for each in report.verdicts for finding in writer.findings(each)))
    yield f'  "summary": {dumps(summary(report))}\n}}\n'


def _chain(assessment: Assessment) -> dict[str, Any]:
    chain = assessment.chain
    return {
        "path": chain.document.path,
        "format": chain.document.format,
        "host": chain.host,
        "complete": assessment.complete,
        "missing": assessment.missing,
        "certificates": [
            {
                "subject": each.subject,
                "issuer": each.issuer,
                "not_before": _instant(each.not_before),
                "not_after": _instant(each.not_after),
                "role": assessment.role(each),
                "names": list(each.names),
            }
            for each in chain.certificates
        ],
    }


def _instant(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
