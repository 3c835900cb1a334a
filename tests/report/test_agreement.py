"""Every format tells of the same findings: those that count, those that do not, and the demands that are met."""

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from junitparser import Failure, JUnitXml, Skipped
from markdown_it import MarkdownIt
from reports import RUNS, written

from policylint.judging.report import Report


class Told(NamedTuple):
    """How many findings of each severity count, how many are waived, how many demands are met."""

    error: int
    warning: int
    note: int
    waived: int
    passed: int


def expected(report: Report) -> Told:
    passed = sum(len(verdicts.passed) for verdicts in report.verdicts)
    told = Told(*report.counts().values(), report.waived, passed)
    assert sum(told) == len(report.findings) + passed
    return told


def counted(kinds: list[str]) -> Told:
    assert set(kinds) <= set(Told._fields)
    return Told(*(kinds.count(kind) for kind in Told._fields))


def lines(pattern: str) -> Callable[[str], Told]:
    """Count lines by the first group of a pattern that matches in them."""
    return lambda printed: counted(re.findall(pattern, printed, re.MULTILINE))


def from_json(printed: str) -> Told:
    document = json.loads(printed)
    summary = document["summary"]
    findings = document["findings"]
    told = counted(
        [each["severity"] if each["waived"] is None else "waived" for each in findings]
        + ["passed"] * len(document.get("passed", []))
    )
    assert [summary[key] for key in ("errors", "warnings", "notes", "waived")] == list(told[:4])
    return told


def from_sarif(printed: str) -> Told:
    (run,) = json.loads(printed)["runs"]

    def kind(result: dict[str, Any]) -> str:
        if result.get("kind") == "pass":
            return "passed"
        return "waived" if result.get("suppressions") else str(result["level"])

    return counted([kind(result) for result in run["results"]])


def from_github(printed: str) -> Told:
    found = re.findall(r"^::(error|warning|notice) .*?title=(waived|passed|)", printed, re.MULTILINE)
    return counted([title or kind.replace("notice", "note") for kind, title in found])


def from_gitlab(printed: str) -> Told:
    names = {"critical": "error", "major": "warning", "minor": "note"}

    def kind(entry: dict[str, Any]) -> str:
        return names.get(entry["severity"]) or ("passed" if entry["check_name"] == "demand-met" else "waived")

    return counted([kind(entry) for entry in json.loads(printed)])


def from_junit(printed: str) -> Told:
    kinds = []
    document = JUnitXml.fromstring(printed.encode())
    for suite in document:
        for case in suite:
            match case.result:
                case [Failure() as failure]:
                    kinds.append(failure.type)
                case [Skipped()]:
                    kinds.append("waived")
                case []:
                    if case.name != "no findings":
                        kinds.append("passed" if case.name.startswith("demand-met") else "note")
    failures = (document.tests, document.failures, document.errors)
    document.update_statistics()
    assert failures == (document.tests, document.failures, document.errors)
    return counted(kinds)


def from_markdown(printed: str) -> Told:
    kinds = []
    title = ""
    tokens = MarkdownIt("commonmark").enable("table").parse(printed)
    for position, token in enumerate(tokens):
        if token.type == "heading_open":
            title = tokens[position + 1].content
        if token.type == "tr_open" and tokens[position - 1].type != "thead_open" and title != "Verdicts":
            kinds.append(title.casefold().removesuffix("s"))
    return counted(kinds)


def from_csv(printed: str) -> Told:
    rows = csv.DictReader(io.StringIO(printed))
    return counted(["waived" if row["waived"] else row["severity"] for row in rows])


READERS: dict[str, Callable[[str], Told]] = {
    "lines": lines(r"^[^ ].*:\d+:\d+  (?:\x1b\[\d+m)?(error|warning|note|waived|passed)\b.*  policy \""),
    "concise": lines(r"^.*?:\d+:\d+: (error|warning|note|waived|passed)\b"),
    "json": from_json,
    "sarif": from_sarif,
    "github": from_github,
    "gitlab": from_gitlab,
    "junit": from_junit,
    "markdown": from_markdown,
    "csv": from_csv,
}


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("name", READERS)
def test_a_format_tells_all(name: str, run: str, report: Callable[[str], Report]) -> None:
    made = report(run)
    assert READERS[name](written(made, name)) == expected(made)


def test_there_is_something_of_each_kind_to_tell(report: Callable[[str], Report]) -> None:
    assert all(any(told) for told in zip(*(expected(report(run)) for run in RUNS), strict=True))


def test_statistics_count_the_same(report: Callable[[str], Report]) -> None:
    made = report("hostile")
    rows = re.findall(
        r"^ +(\d+)  \w+ +EAS\d+  [\w-]+(?:  and (\d+) waived)?$", written(made, "statistics"), re.MULTILINE
    )
    assert sum(int(found) + int(waived or 0) for found, waived in rows) == len(made.findings)
