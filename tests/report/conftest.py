"""Reports for the tests of the formats."""

from collections.abc import Callable

import pytest
from conftest import ROOT
from reports import documented, report_on

from policylint.judging.report import Report
from policylint.knowledge import Knowledge


@pytest.fixture
def report(small: Knowledge, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Report]:
    """Judge one of `reports.RUNS` by the small pack, or `contoso`, the example of the README, by the shipped one."""
    monkeypatch.chdir(ROOT)
    return lambda run: documented(knowledge) if run == "contoso" else report_on(run, small)
