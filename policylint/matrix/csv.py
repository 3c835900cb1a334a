"""Matrices as CSV: a header, then a row for every cell; nothing is folded.

A spreadsheet takes a field that starts with one of `=`, `+`, `-` and `@` for a formula, and the name of a policy is
whatever its author chose. Such a field gets a single quote in front. Characters that would act on a terminal are
replaced, as everywhere else; JSON has names to the letter.
"""

import csv
import io
from collections.abc import Iterable, Iterator

from policylint.findings import Report
from policylint.matrix.behaviour import PropertyMatrix, condition_text, limits_text, value_text
from policylint.matrix.naming import labels
from policylint.matrix.outcomes import all_outcomes
from policylint.report.style import printable

_POLICIES = ("policy", "path", "target", "verdict", "errors", "warnings", "unknown")
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
# the wide forms count in East Asian editions
_FORMULA = tuple("=+-@＝＋－＠")


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


def harmless(text: str) -> str:
    """Return a text that neither a spreadsheet nor a terminal acts on."""
    acts = text.startswith(("\t", "\r", "\n")) or text.lstrip().startswith(_FORMULA)
    return ("'" if acts else "") + printable(text)


def line(fields: Iterable[str | int | bool]) -> str:
    """Return one row, every field harmless."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(_fields(fields))
    return buffer.getvalue()


def rows(header: tuple[str, ...], body: Iterable[tuple[str | int | bool, ...]]) -> Iterator[str]:
    """Yield a header, then rows one by one, every field harmless."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")  # standard output makes of it what the platform wants
    writer.writerow(_fields(header))
    for row in body:
        writer.writerow(_fields(row))
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _fields(row: Iterable[str | int | bool]) -> list[str | int | bool]:
    return [harmless(field) if isinstance(field, str) else field for field in row]
