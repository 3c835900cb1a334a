"""Matrices as CSV: a header, then a row for every cell; nothing is folded."""

from collections.abc import Iterator

from policylint.judging.report import Report
from policylint.matrix.cells import all_outcomes
from policylint.matrix.property import PropertyMatrix, condition_text, limits_text, value_text
from policylint.policies.labels import labels
from policylint.writing.csv import rows

_POLICIES = (
    "policy",
    "path",
    "target",
    "verdict",
    "access",
    "demands_met",
    "demands_partly",
    "demands_not",
    "demands_unknown",
    "errors",
    "warnings",
    "unknown",
)
_PROPERTY = (
    "property",
    "target",
    "support",
    "value",
    "evidence",
    "condition",
    "limits",
    "scope",
    "meaning",
    "ungated",
    "provisioning",
    "note",
    "sources",
)


def render_policies(report: Report) -> Iterator[str]:
    """Yield the matrix of policies row by row."""
    names = labels([verdicts.policy for verdicts in report.verdicts])
    yield from rows(
        _POLICIES,
        (
            (name, verdicts.policy.document.path, target.label, *outcome)
            for name, verdicts, outcomes in zip(names, report.verdicts, all_outcomes(report), strict=True)
            for target, outcome in zip(report.targets.targets, outcomes, strict=True)
        ),
    )


def render_property(matrix: PropertyMatrix) -> Iterator[str]:
    """Yield the matrix of a property row by row."""
    yield from rows(
        _PROPERTY,
        (
            (
                matrix.known.key,
                target.label,
                cell.support,
                value_text(cell),
                cell.evidence or "",
                condition_text(cell),
                limits_text(cell.limits),
                cell.scope or "",
                cell.meaning or "",
                cell.ungated,
                target.provisioning.ability,
                cell.note or "",
                " ".join(cell.sources),
            )
            for target, cell in zip(matrix.targets, matrix.cells, strict=True)
        ),
    )
