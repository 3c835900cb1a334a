"""Workflow commands, taken apart as the documentation of GitHub Actions says: they arrive as they were meant."""

import re
from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports import HOSTILE_PATH, RUNS, hostile_report, written

from policylint.judging.report import Report
from policylint.knowledge import Knowledge
from policylint.report.services import slashed
from policylint.writing.style import printable

Make = Callable[[str], Report]

COMMAND = re.compile(r"::(?P<kind>[a-z-]+)(?: (?P<properties>[^:]*))?::(?P<data>.*)")
ESCAPES = {"%25": "%", "%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}


class Command(NamedTuple):
    kind: str
    properties: dict[str, str]
    message: str


def unescaped(text: str) -> str:
    return re.sub("%(25|0D|0A|3A|2C)", lambda found: ESCAPES[found[0]], text)


def commands(printed: str) -> list[Command]:
    """Every line that the runner takes for a command; all but the last line are."""
    found = []
    *lines, summary = printed.splitlines()
    assert not summary.lstrip().startswith("::")
    for line in lines:
        match = COMMAND.fullmatch(line)
        assert match, line
        properties = dict(each.split("=", 1) for each in match["properties"].split(","))
        found.append(
            Command(
                match["kind"],
                {key: unescaped(value) for key, value in properties.items()},
                unescaped(match["data"]),
            )
        )
    return found


@pytest.mark.parametrize("run", RUNS)
def test_the_gravest_come_first_and_then_the_order_of_the_file(run: str, report: Make) -> None:
    made = report(run)
    found = commands(written(made, "github"))
    kinds = [command.kind for command in found]
    assert kinds == sorted(kinds, key=["error", "warning", "notice"].index)
    errors = [int(command.properties["line"]) for command in found if command.kind == "error"]
    assert errors == [each.place.line for each in made.findings if each.rule.severity == "error" and not each.waived]


def test_a_command_names_the_place_the_rule_and_the_fix(report: Make) -> None:
    command = commands(written(report("contoso"), "github"))[1]
    assert command == Command(
        "error",
        {
            "file": "examples/contoso.clixml",
            "line": "55",
            "endLine": "55",
            "col": "38",
            "endColumn": "42",
            "title": "EAS101 setting-blocks-sync",
        },
        'policy "Default": refused on windows-phone 7.0–7.8 because of RequireDeviceEncryption True: '
        "Windows Phone 7 has no device encryption\n"
        "Fix: Set-ActiveSyncMailboxPolicy 'Default' -RequireDeviceEncryption $false",
    )


def test_what_does_not_count_is_a_notice_that_says_so(report: Make) -> None:
    found = commands(written(report("hostile"), "github"))
    waived = [command for command in found if command.properties["title"].startswith("waived EAS101")]
    assert [command.kind for command in waived] == ["notice", "notice"]
    assert waived[0].message.endswith("\nwaived until 2027-03-31: gone by spring | ask @boss, see https://b.example/1")
    assert {command.properties["file"] for command in found} == {HOSTILE_PATH}


def test_a_value_of_several_lines_has_no_columns(report: Make) -> None:
    several = [
        command.properties
        for command in commands(written(report("hostile"), "github"))
        if command.properties["line"] != command.properties["endLine"]
    ]
    assert several
    assert not any("col" in properties or "endColumn" in properties for properties in several)


def test_standard_input_is_no_file(small: Knowledge) -> None:
    found = commands(written(hostile_report(small, path="<stdin>"), "github"))
    assert all(set(command.properties) == {"title"} for command in found)
    assert all(re.match(r"<stdin>:\d+:\d+: policy ", command.message) for command in found)


ESCAPED = st.text(st.sampled_from("%0DA23C25:,=\n\r a"), min_size=1, max_size=12)


@given(name=st.text(min_size=1, max_size=30) | ESCAPED, path=ESCAPED)
def test_no_name_and_no_path_gets_out_of_its_command(small: Knowledge, name: str, path: str) -> None:
    made = hostile_report(small, name, path)
    found = commands(written(made, "github"))
    assert len(found) == len(made.findings) + sum(len(verdicts.passed) for verdicts in made.verdicts)
    shown = printable(made.verdicts[0].policy.name)
    assert all(command.message.startswith(f'policy "{shown}": ') for command in found[:2])
    assert {command.properties["file"] for command in found} == {printable(slashed(path))}
