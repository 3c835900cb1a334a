"""The report for a person: what was found, by setting; how every client fares with every policy; what to do next."""

from collections.abc import Iterator
from dataclasses import replace

from policylint.judging.report import Report
from policylint.report.entries import entries_of
from policylint.report.grouped import grouped
from policylint.report.lines import lines
from policylint.report.next_steps import next_steps
from policylint.report.scorecard import scorecard
from policylint.report.statistics import statistics
from policylint.report.totals import totals
from policylint.report.words import called, summary
from policylint.writing.style import Look


def render(report: Report, look: Look = Look()) -> Iterator[str]:
    """Yield the report in pieces, each ending with a line break."""
    told = report if look.only is None else report.only(look.only)
    if look.statistics:
        yield from statistics(told, look.style)
    elif report.about != "policy" or look.group == "line":
        yield from lines(told, report, look.style)
    elif look.group == "policy":
        for verdicts in told.verdicts:
            if verdicts.findings:
                yield look.style.bold(called(verdicts.about)) + "\n\n"
                yield from grouped(entries_of(replace(told, verdicts=[verdicts])), report, look)
    else:
        yield from grouped(entries_of(told), report, look)
        yield from _passed(told, report, look)
    if not report.verdicts:  # nobody needs to be told that there is nothing to tell
        return
    if report.about != "policy":
        if look.only is None:
            yield from totals(report, look.style)
        return
    if not look.statistics or look.only is None:
        yield from scorecard(report, look)
    if look.only is None:
        yield "\n"
        yield from next_steps(report, look)
        yield look.style.bold(summary(report)) + "\n"


def _passed(told: Report, report: Report, look: Look) -> Iterator[str]:
    if any(verdicts.passed for verdicts in told.verdicts):
        shown = replace(told, verdicts=[replace(verdicts, findings=[]) for verdicts in told.verdicts])
        yield from lines(shown, report, look.style)
