"""A fleet as Markdown: the population, then a table for each thing there is to say."""

from collections.abc import Iterator

from policylint.fleet.report import FleetReport
from policylint.fleet.sections import sections, title
from policylint.writing.markdown import escaped, table


def render(report: FleetReport) -> Iterator[str]:
    """Yield the report in pieces: headings and heads of tables, and each row of a table by itself."""
    yield f"**{escaped(title(report))}**\n"
    for section in sections(report):
        head, *rows = table(section.columns, ([escaped(cell) for cell in row] for row in section.rows))
        yield f"\n### {escaped(section.title)}\n\n{head}"
        yield from rows
