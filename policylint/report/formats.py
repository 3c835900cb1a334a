"""Finds the renderer of each form of a report. Only the one that is needed is imported."""

from collections.abc import Collection, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from policylint.writing.style import Style

if TYPE_CHECKING:
    from policylint.judging.report import Report


class Format(StrEnum):
    """The forms of a report."""

    TEXT = "text"
    CONCISE = "concise"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    GITLAB = "gitlab"
    JUNIT = "junit"
    MARKDOWN = "markdown"
    CSV = "csv"


class Manner(NamedTuple):
    """How the forms for people are printed.

    With `only`, just the findings of these severities are, and no totals; `statistics` replaces the findings of text.
    """

    only: Collection[str] | None = None
    statistics: bool = False


def rendered(report: "Report", form: Format, style: Style, manner: Manner) -> Iterator[str]:
    """Return a report in a form, in pieces. A `style` and a `manner` are for text and concise output only."""
    match form:
        case Format.TEXT | Format.CONCISE:
            return _for_people(report, form, style, manner)
        case Format.JSON:
            from policylint.report import json

            return json.render(report)
        case Format.SARIF:
            from policylint.report import sarif

            return sarif.render(report)
        case Format.GITHUB:
            from policylint.report import github

            return github.render(report)
        case Format.GITLAB:
            from policylint.report import gitlab

            return gitlab.render(report)
        case Format.JUNIT:
            from policylint.report import junit

            return junit.render(report)
        case Format.MARKDOWN:
            from policylint.report import markdown

            return markdown.render(report)
        case Format.CSV:
            from policylint.report import csv

            return csv.render(report)


def _for_people(report: "Report", form: Format, style: Style, manner: Manner) -> Iterator[str]:
    if not report.verdicts:  # there is nobody to tell that there is nothing to tell
        return iter(())
    quiet = manner.only is not None
    if manner.only is not None:
        report = report.only(manner.only)
    if form is Format.CONCISE:
        from policylint.report import concise

        return concise.render(report, style, with_totals=not quiet)
    if manner.statistics:
        from policylint.report import text

        return text.render_statistics(report, style, with_totals=not quiet)
    from policylint.report import text

    return text.render(report, style, with_totals=not quiet)
