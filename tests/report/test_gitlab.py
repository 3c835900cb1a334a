"""Code Quality reports of GitLab: their shape, and that GitLab drops no entry."""

import copy
import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from reports import hostile_report, written

from policylint.judging.report import Report
from policylint.knowledge import Knowledge

SCHEMA = Path(__file__).parent / "schemas" / "gitlab-code-quality.json"

Make = Callable[[str], Report]


@pytest.mark.parametrize(
    "golden", sorted((Path(__file__).parent / "goldens").glob("*.gitlab.golden")), ids=lambda path: path.name
)
def test_every_golden_file_has_the_documented_shape(golden: Path) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(golden.read_text(encoding="utf-8")), schema, jsonschema.Draft202012Validator)


def test_a_report_on_nothing_is_an_empty_array(report: Make) -> None:
    made = report("contoso")
    made.verdicts = []
    assert json.loads(written(made, "gitlab")) == []


def test_no_two_entries_have_one_fingerprint(report: Make) -> None:
    made = report("hostile")
    made.verdicts += [copy.copy(verdicts) for verdicts in made.verdicts]
    entries = json.loads(written(made, "gitlab"))
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)


def test_what_is_waived_is_for_information_and_gives_the_reason(report: Make) -> None:
    entries = json.loads(written(report("hostile"), "gitlab"))
    waived = [entry for entry in entries if entry["severity"] == "info" and entry["check_name"].startswith("EAS")]
    assert len(waived) == 2
    assert waived[0]["description"].endswith(
        "(waived until 2027-03-31: gone by spring | ask @boss, see https://b.example/1)"
    )
    assert waived[1]["description"].endswith("(in the baseline)")


def test_paths_are_those_of_the_repository(small: Knowledge) -> None:
    entries = json.loads(written(hostile_report(small, path="./exports//a.json"), "gitlab"))
    assert {entry["location"]["path"] for entry in entries} == {"exports/a.json"}
