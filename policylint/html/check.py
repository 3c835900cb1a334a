"""`check` as a page: what to do first, how every policy fares on every client, and what stands behind it."""

from collections.abc import Iterator
from typing import Any

from policylint.html import embed
from policylint.html.first import steps
from policylint.html.page import page
from policylint.html.view import IN_FULL, View, view
from policylint.html.words import MEANINGS, SUPPORTS
from policylint.judging.report import Report


def render(report: Report) -> Iterator[str]:
    """Yield the page of a check."""
    found = view(report, steps(report))
    return page("check", context(report, found, "Mailbox policies and phones"), data(report))


def context(report: Report, found: View, title: str) -> dict[str, Any]:
    """Return what the templates of a report on policies print."""
    return {
        "title": title,
        "stamp": report.stamp,
        "inputs": report.inputs,
        "unread": report.unread,
        "view": found,
        "counts": report.counts(),
        "unknown": report.unknown,
        "meanings": {verdict: MEANINGS[verdict] for verdict in MEANINGS if _occurs(verdict, found)},
        "supports": SUPPORTS,
        "in_full": IN_FULL,
    }


def data(report: Report, kind: str | None = None) -> list[embed.Embedded]:
    """Return what a page on policies carries: the report, and the policies."""
    return [embed.report(report, kind), embed.policies(each.policy for each in report.verdicts)]


def _occurs(verdict: str, found: View) -> bool:
    return any(cell.verdict == verdict for row in found.rows for cell in row.cells)
