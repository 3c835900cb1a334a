"""JUnit XML: valid by the schema that Jenkins reads it by, and the same to another program."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import Failure, JUnitXml, Skipped, TestCase, TestSuite
from lxml import etree
from reports import hostile_report, written

from policylint.judging.report import Report
from policylint.knowledge import Knowledge

SCHEMA = Path(__file__).parent / "schemas" / "junit-10.xsd"

Make = Callable[[str], Report]


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMA))


def suites(report: Report) -> list[TestSuite]:
    return list(JUnitXml.fromstring(written(report, "junit").encode()))


def case(suite: TestSuite, name: str) -> TestCase:
    (found,) = (case for case in suite if case.name == name)
    return found


@pytest.mark.parametrize(
    "golden", sorted((Path(__file__).parent / "goldens").glob("*.junit.golden")), ids=lambda path: path.name
)
def test_every_golden_file_is_valid(golden: Path, schema: etree.XMLSchema) -> None:
    schema.assertValid(etree.parse(golden))


def test_a_report_on_nothing_is_valid(report: Make, schema: etree.XMLSchema) -> None:
    made = report("contoso")
    made.verdicts = []
    schema.assertValid(etree.fromstring(written(made, "junit").encode()))


def test_an_error_fails_with_its_severity_message_place_and_fix(report: Make) -> None:
    default, _ = suites(report("contoso"))
    (failure,) = case(default, "EAS101 setting-blocks-sync: RequireDeviceEncryption").result
    assert isinstance(failure, Failure)
    assert failure.type == "error"
    assert failure.message.endswith("Windows Phone 7 has no device encryption")
    first, *_ = failure.text.splitlines()
    assert first == "examples/contoso.clixml:55:38"
    assert "fix: Set-ActiveSyncMailboxPolicy 'Default' -RequireDeviceEncryption $false" in failure.text.splitlines()


def test_what_is_waived_is_skipped_with_the_reason(report: Make) -> None:
    hostile, _ = suites(report("hostile"))
    (skipped,) = case(hostile, "EAS101 setting-blocks-sync: AlphanumericDevicePasswordRequired").result
    assert isinstance(skipped, Skipped)
    assert skipped.message == "waived until 2027-03-31: gone by spring | ask @boss, see https://b.example/1"
    assert (hostile.skipped, hostile.failures) == (2, 3)


def test_a_policy_without_findings_passes(report: Make) -> None:
    made = report("hostile")
    made.verdicts[1].findings.clear()
    _, calm = suites(made)
    assert [(each.name, each.result) for each in calm] == [("no findings", [])]


def test_a_note_passes_and_says_what_it_has_to_say(report: Make) -> None:
    _, calm = suites(report("hostile"))
    (note,) = calm
    assert (note.name, note.result) == ("EAS014 properties-not-shown: Calm", [])
    assert "this export does not tell" in (note.system_out or "")


def test_no_two_cases_are_called_the_same(report: Make) -> None:
    made = report("contoso")
    for verdicts in made.verdicts:
        verdicts.findings += verdicts.findings
    made.verdicts += made.verdicts
    names = [(suite.name, each.classname, each.name) for suite in suites(made) for each in suite]
    assert len(set(names)) == len(names) == len(made.findings)


@given(name=st.text(min_size=1, max_size=30), path=st.text(st.characters(exclude_characters="\0"), min_size=1))
def test_any_name_and_path_make_valid_xml(small: Knowledge, name: str, path: str) -> None:
    made = hostile_report(small, name, path)
    found = suites(made)
    assert [suite.tests for suite in found] == [len(each.findings) + len(each.passed) or 1 for each in made.verdicts]
