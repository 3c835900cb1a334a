"""CSV: the columns of JSON, and no field that a spreadsheet takes for a formula."""

import csv
import io
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports import RUNS, hostile_report, written

from policylint.judging.report import Report
from policylint.knowledge import Knowledge
from policylint.writing.csv import harmless

Make = Callable[[str], Report]

FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def rows(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(report, "csv"))))


@pytest.mark.parametrize("run", RUNS)
def test_a_row_says_what_json_says(run: str, report: Make) -> None:
    made = report(run)
    findings = json.loads(written(made, "json"))["findings"]
    found = [row for row in rows(made) if row["severity"] != "passed"]
    for row, finding in zip(found, findings, strict=True):
        plain = ("rule", "name", "severity", "effect", "property", "spelling", "evidence", "answer", "fingerprint")
        assert [row[key] for key in plain] == [finding[key] or "" for key in plain]
        assert row["message"] == finding["message"]
        assert row["targets"] == ", ".join(finding["targets"])
        assert row["sources"].split() == [source["id"] for source in finding["sources"]]
        place = finding["location"]
        assert [row[key] for key in place] == [str(value) for value in place.values()]
        waived = finding["waived"] or {"by": "", "reason": "", "expires": ""}
        assert [row["waived"], row["waived_reason"], row["waived_expires"]] == [text or "" for text in waived.values()]


@given(name=st.text(st.sampled_from("=+-@\t\r\n ＝＋－＠ab,;\"'|"), min_size=1, max_size=12))
def test_no_name_becomes_a_formula_or_a_column(small: Knowledge, name: str) -> None:
    made = hostile_report(small, name)
    for row in rows(made):
        assert None not in row
        assert not any(field.lstrip(" ").startswith(FORMULA) for field in row.values())
        assert row["policy"] in [harmless(verdicts.policy.name) for verdicts in made.verdicts]
