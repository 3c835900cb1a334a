"""Matrices for a person at a terminal: no line is wider than it, and colour says nothing that words do not say."""

from collections.abc import Iterator
from functools import partial

from policylint.judging.report import Report
from policylint.matrix import words
from policylint.matrix.cells import Outcome
from policylint.matrix.property import PropertyMatrix, property_summary, property_title, rows
from policylint.matrix.sheet import Sheet, not_told, policies_summary, sheet_of
from policylint.report.words import brief
from policylint.writing.style import SEVERITY_COLOURS, Look, Style, printable
from policylint.writing.table import GAP, NARROWEST, Entry, clip, columns, fill, lines, painted, side_by_side, wrap

_WIDEST_NAME = 64  # what Exchange allows
_HEADING = 16


def render_policies(report: Report, look: Look = Look()) -> Iterator[str]:
    """Yield the matrix of policies line by line: tables, legend, summary."""
    style, width = look.style, max(look.width, NARROWEST)
    sheet = sheet_of(report)
    yield from _tables(sheet, style, width)
    yield "\n"
    yield from painted(fill(words.legend(sheet.cells, short=True), width), style.dim)
    for finding in not_told(report):
        first, *rest = fill(brief(finding).split(), width - 2)
        colour = SEVERITY_COLOURS[finding.rule.severity]
        yield from painted([first, *(f"  {line}" for line in rest)], partial(style.paint, colour=colour))
    yield from painted(fill(policies_summary(report), width), style.bold)


def render_property(matrix: PropertyMatrix, look: Look = Look()) -> Iterator[str]:
    """Yield the matrix of a property line by line: a table, legend, summary."""
    style, width = look.style, max(look.width, NARROWEST)
    found = rows(matrix)
    first = min(max((columns(row.targets) for row in found), default=0), width // 3)
    second = max((columns(row.behaviour.support) for row in found), default=0)
    widths = (first, second, width - first - second - 2 * GAP)
    yield from painted(wrap(printable(property_title(matrix)), width), style.bold)
    yield "\n"
    for row in found:
        support, detail = row.behaviour
        cited = f"[{', '.join(row.sources)}]" if row.sources else ""
        entries = (
            Entry(printable(row.targets)),
            Entry(support, partial(style.paint, colour=words.colour_of(support))),
            Entry(printable(f"{detail} {cited}".strip())),
        )
        yield from lines(entries, widths)
    yield "\n"
    legend = words.support_legend(row.behaviour.support for row in found)
    yield from painted(fill(legend, width), style.dim)
    yield from painted(fill(property_summary(matrix), width), style.bold)


def _tables(sheet: Sheet, style: Style, width: int) -> Iterator[str]:
    down = [_name(label) for label in sheet.down]
    across = [_name(label) for label in sheet.across]
    first = min(max(map(columns, down)), width * 2 // 5)
    room = width - first
    shown = [[_cell(outcome, style) for outcome in row] for row in sheet.cells]
    widths = [
        min(max(max(columns(row[index].text) for row in shown), min(columns(heading), _HEADING)), room - GAP)
        for index, heading in enumerate(across)
    ]
    for run in side_by_side(widths, room):
        if run.start:
            yield "\n"
        chosen = (first, *(widths[index] for index in run))
        yield from lines([Entry(""), *(Entry(across[index], style.bold) for index in run)], chosen)
        yield style.dim("-" * (sum(chosen) + GAP * len(run))) + "\n"
        for label, row in zip(down, shown, strict=True):
            yield from lines([Entry(label), *(row[index] for index in run)], chosen)


def _name(label: str) -> str:
    return clip(printable(label).strip(), _WIDEST_NAME)


def _cell(outcome: Outcome, style: Style) -> Entry:
    text = f"{words.SHORT[outcome.access]} {words.counts(outcome)}".rstrip()
    return Entry(text, partial(style.paint, colour=words.colour_of(outcome.verdict)))
