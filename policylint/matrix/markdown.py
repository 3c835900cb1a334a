"""Matrices as Markdown tables, to paste into a pull request. What an export says stays text there, whatever it is."""

from collections.abc import Iterable, Iterator

from policylint.judging.report import Report
from policylint.matrix import words
from policylint.matrix.cells import Outcome
from policylint.matrix.property import PropertyMatrix, property_summary, rows
from policylint.matrix.sheet import not_told, policies_summary, sheet_of
from policylint.report.words import brief
from policylint.writing.markdown import code, escaped, table


def render_policies(report: Report) -> Iterator[str]:
    """Yield the matrix of policies: a table, legend, summary."""
    sheet = sheet_of(report)
    down = [code(label) if sheet.policies_down else escaped(label) for label in sheet.down]
    across = [escaped(label) if sheet.policies_down else code(label) for label in sheet.across]
    yield from table(
        ["policy" if sheet.policies_down else "target", *across],
        ([label, *map(_cell, row)] for label, row in zip(down, sheet.cells, strict=True)),
    )
    yield from _below(words.legend(sheet.cells, short=False))
    found = [f"- {escaped(brief(finding))}\n" for finding in not_told(report)]
    yield from ["\n", *found] if found else []
    yield from _below(policies_summary(report))


def render_property(matrix: PropertyMatrix) -> Iterator[str]:
    """Yield the matrix of a property: a table, legend, summary."""
    found = rows(matrix)
    yield from table(
        ["target", code(matrix.known.key), "what is known", "sources"],
        (
            [
                escaped(row.targets),
                row.behaviour.support,
                escaped(row.behaviour.detail),
                escaped(", ".join(row.sources)),
            ]
            for row in found
        ),
    )
    legend = words.support_legend(row.behaviour.support for row in found)
    yield from _below(legend, property_summary(matrix))


def _cell(outcome: Outcome) -> str:
    return f"{outcome.access} {words.counts(outcome)}".rstrip()


def _below(*paragraphs: Iterable[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield f"\n{escaped(' '.join(paragraph))}\n"
