"""SARIF: valid by the schema of OASIS, and read by another program as it was meant."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from reports import HOSTILE_NAME, HOSTILE_PATH, RUNS, written
from sarif.loader import load_sarif_file

from policylint.judging.findings import Waived
from policylint.judging.report import Report
from policylint.knowledge import Knowledge
from policylint.knowledge.rulebook import Rule
from policylint.report.sarif import descriptor

SCHEMA = Path(__file__).parent / "schemas" / "sarif-2.1.0.json"

Make = Callable[[str], Report]


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def run_of(report: Report) -> dict[str, Any]:
    (run,) = json.loads(written(report, "sarif"))["runs"]
    return dict(run)


def fingerprints(report: Report) -> list[str]:
    return [result["partialFingerprints"]["policylint/v1"] for result in run_of(report)["results"]]


@pytest.mark.parametrize(
    "golden", sorted((Path(__file__).parent / "goldens").glob("*.sarif.golden")), ids=lambda path: path.name
)
def test_every_golden_file_is_valid(golden: Path, validator: jsonschema.Draft202012Validator) -> None:
    validator.validate(json.loads(golden.read_text(encoding="utf-8")))


def test_a_report_on_nothing_is_valid(report: Make, validator: jsonschema.Draft202012Validator) -> None:
    made = report("contoso")
    made.inputs, made.verdicts = [], []
    validator.validate(json.loads(written(made, "sarif")))
    assert run_of(made)["results"] == []


@pytest.mark.parametrize("run", RUNS)
def test_sarif_tools_shows_the_file_the_line_and_the_rule(run: str, report: Make, tmp_path: Path) -> None:
    made = report(run)
    (tmp_path / "report.sarif").write_text(written(made, "sarif"), encoding="utf-8")
    records = load_sarif_file(str(tmp_path / "report.sarif")).get_records()
    shown = [(unquote(row["Location"]), row["Line"], row["Severity"], row["Code"]) for row in records]
    found = [(each.place.path, each.place.line, each.rule.severity, each.rule.id) for each in made.findings]
    assert [row for row in shown if row[3] != "demand-met"] == found


def test_every_result_points_at_its_rule(report: Make) -> None:
    run = run_of(report("hostile"))
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert {rule["id"] for rule in rules} == {result["ruleId"] for result in run["results"]}


def test_a_region_spans_the_value(report: Make) -> None:
    made = report("contoso")
    for finding, result in zip(made.findings, run_of(made)["results"], strict=True):
        region = result["locations"][0]["physicalLocation"]["region"]
        line = finding.document.line(region["startLine"])
        assert line[region["startColumn"] - 1 : region["endColumn"] - 1].casefold() == str(finding.value).casefold()


def test_what_is_waived_is_suppressed_and_all_others_say_that_they_are_not(report: Make) -> None:
    results = run_of(report("hostile"))["results"]
    suppressed = [result["suppressions"][0] for result in results if result["suppressions"]]
    assert [each["justification"] for each in suppressed] == [
        "waived until 2027-03-31: gone by spring | ask @boss, see https://b.example/1",
        "in the baseline",
    ]
    assert {(each["kind"], each["status"]) for each in suppressed} == {("external", "accepted")}
    assert all("suppressions" not in result for result in run_of(report("contoso"))["results"])


def test_findings_of_one_kind_keep_fingerprints_of_their_own(report: Make) -> None:
    made = report("contoso")
    plain = [finding.fingerprint for finding in made.findings]
    assert fingerprints(made) == plain
    made.verdicts += [copy.copy(verdicts) for verdicts in made.verdicts]  # another export of the same policies
    assert fingerprints(made) == plain + [f"{each}:2" for each in plain]


def test_waiving_changes_no_fingerprint(report: Make) -> None:
    made = report("contoso")
    before = fingerprints(made)
    made.findings[2].waived = Waived("waiver")
    assert fingerprints(made) == before


def test_addresses_are_encoded_and_lead_back_to_the_path(report: Make) -> None:
    made = report("hostile")
    run = run_of(made)
    (artifact,) = run["artifacts"]
    places = [result["locations"][0]["physicalLocation"]["artifactLocation"] for result in run["results"]]
    assert all(place == artifact["location"] for place in places)
    assert artifact["location"]["uri"].isascii()
    assert not set(' ,[]:"') & set(artifact["location"]["uri"])
    assert unquote(artifact["location"]["uri"]) == HOSTILE_PATH
    assert artifact["location"]["uriBaseId"] in run["originalUriBaseIds"]


def test_a_name_makes_neither_a_link_nor_a_placeholder_and_stands_to_the_letter_in_the_properties(report: Make) -> None:
    for result in run_of(report("hostile"))["results"]:
        text = result["message"]["text"]
        assert "](" not in text
        assert "{" not in text.replace("{{", "")
        assert "Fix:" not in text or result["properties"]["fix"] in text
    assert run_of(report("hostile"))["results"][0]["properties"]["policy"] == HOSTILE_NAME


def test_inputs_that_could_not_be_read_are_told(report: Make, validator: jsonschema.Draft202012Validator) -> None:
    made = report("contoso")
    assert run_of(made)["invocations"] == [{"executionSuccessful": True}]
    made.unread = ["gone.xml: no such file or directory"]
    (invocation,) = run_of(made)["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == made.unread[0]
    validator.validate(json.loads(written(made, "sarif")))


def test_every_rule_can_be_described_within_what_services_show(knowledge: Knowledge) -> None:
    def longest(rule: Rule) -> int:
        described = descriptor(rule, knowledge.sources)
        return max(len(described[part]["text"]) for part in ("shortDescription", "fullDescription"))

    assert max(map(longest, knowledge.rulebook.rules)) <= 1024
