"""`matrix` as a page: the map of policies and clients, or what every client does with one property."""

from collections.abc import Iterator

from policylint.html import embed
from policylint.html.check import context, data
from policylint.html.clients import kind_of
from policylint.html.page import page
from policylint.html.view import view
from policylint.html.words import SUPPORT_GRADE, SUPPORTS
from policylint.judging.report import Report
from policylint.matrix.property import PropertyMatrix, rows


def render_policies(report: Report) -> Iterator[str]:
    """Yield the page of every policy on every client."""
    return page("matrix", context(report, view(report), "Policies and clients"), data(report, "matrix"))


def render_property(matrix: PropertyMatrix) -> Iterator[str]:
    """Yield the page of one property."""
    families = matrix.knowledge.families
    found = [
        (row, SUPPORT_GRADE.get(row.behaviour.support, "refused"), kind_of(families[row.targets.partition(" ")[0]]))
        for row in rows(matrix)
    ]
    cited = sorted({name for row, _, _ in found for name in row.sources})
    shared = {
        "title": f"{matrix.known.key} on every client",
        "stamp": matrix.stamp,
        "matrix": matrix,
        "found": found,
        "summary": matrix.known.entry.get("summary", ""),
        "supports": SUPPORTS,
        "sources": [matrix.knowledge.sources[name] for name in cited if name in matrix.knowledge.sources],
    }
    return page("property", shared, [embed.report(matrix)])
