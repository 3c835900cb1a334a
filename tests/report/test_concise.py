"""Concise output: one line a finding, which editors understand as they do a compiler's."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports import RUNS, hostile_report, written

from policylint.judging.report import Report
from policylint.knowledge import Knowledge
from policylint.report import concise
from policylint.writing.style import Look, Style

Make = Callable[[str], Report]

# as the problem matcher for gcc of a well-known editor has it
GCC = re.compile(r"^(.*):(\d+):(\d+):\s+(warning|error|note|info):\s+(.*)$")


@pytest.mark.parametrize("run", RUNS)
def test_editors_find_every_finding_that_counts(run: str, report: Make) -> None:
    made = report(run)
    found = [match.groups() for match in map(GCC.match, written(made, "concise").splitlines()) if match]
    counting = [finding for finding in made.findings if not finding.waived]
    assert [(path, int(line), int(column), severity) for path, line, column, severity, _ in found] == [
        (*finding.place[:3], finding.rule.severity) for finding in counting
    ]
    assert all(text.startswith(f"{each.rule.id} ") for (*_, text), each in zip(found, counting, strict=True))


@pytest.mark.parametrize("run", RUNS)
def test_colour_changes_no_character(run: str, report: Make) -> None:
    coloured = "".join(concise.render(report(run), Look(Style(True))))
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == written(report(run), "concise")


@given(name=st.text(min_size=1, max_size=30))
def test_no_name_breaks_its_line(small: Knowledge, name: str) -> None:
    made = hostile_report(small, name)
    told = len(made.findings) + sum(len(verdicts.passed) for verdicts in made.verdicts)
    assert len(written(made, "concise").splitlines()) == told + 1
