"""Reports for the tests of the formats."""

from collections.abc import Callable

import pytest
from conftest import ROOT
from reports import report_on

from policylint.judging.report import Report
from policylint.knowledge import Knowledge


@pytest.fixture
def report(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Report]:
    """Judge one of `reports.RUNS`."""
    monkeypatch.chdir(ROOT)
    return lambda run: report_on(run, knowledge)
