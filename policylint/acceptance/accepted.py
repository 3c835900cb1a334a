"""The one order in which a report is divided into what counts and what does not: waivers, baseline, selection."""

from typing import NamedTuple

from policylint.acceptance.baseline import NOTHING_STALE, Baseline, Stale
from policylint.acceptance.selection import Selection
from policylint.acceptance.waivers import Waivers
from policylint.judging.report import Report


class Accepted(NamedTuple):
    """A report in which is marked what does not count.

    `absent` counts the waivers that name policies which were not read, `stale` the entries of the baseline that nothing
    bears out any more.
    """

    report: Report
    absent: int = 0
    stale: Stale = NOTHING_STALE


def accepted(
    report: Report,
    waivers: Waivers | None = None,
    baseline: Baseline | None = None,
    selection: Selection | None = None,
) -> Accepted:
    """Return a report with what is waived and what is known marked, and without what is not selected.

    A waiver comes first: it has a reason. What is said about waivers can be in the baseline, too, and is selected as
    any other finding is.
    """
    absent, stale = 0, NOTHING_STALE
    if waivers is not None:
        report, absent = waivers.applied(report)
    if baseline is not None:
        report, stale = baseline.applied(report)
    if selection is not None:
        report = selection.applied(report)
    return Accepted(report, absent, stale)
