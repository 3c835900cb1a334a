"""The example fleet gives exactly the report in the documents, whatever the form of its exports."""

import re
from pathlib import Path

import pytest
from conftest import ROOT
from example_fleet import FOLDER, files
from fleets import report_of, told, without_files, write

from policylint.knowledge import Knowledge
from policylint.report.formats import rendered


def test_the_files_are_what_their_rows_say() -> None:
    made = files()
    kept = {path.relative_to(FOLDER).as_posix(): path for path in FOLDER.rglob("*") if path.is_file()}
    assert kept.keys() == made.keys()
    assert all(path.read_text(encoding="utf-8") == made[name] for name, path in kept.items())


@pytest.mark.parametrize("form", ["clixml", "csv", "json"])
def test_the_report_in_the_documents(form: str, tmp_path: Path, knowledge: Knowledge) -> None:
    text = (ROOT / "docs" / "fleet.md").read_text(encoding="utf-8")
    quoted = re.search(r"^```console\n\$ policylint fleet examples/fleet\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert quoted is not None
    report = report_of(write(tmp_path, files(form)), knowledge, names=False)
    assert "".join(rendered(report, "text")).rstrip() == quoted[1].rstrip()


def test_all_forms_come_to_the_same(tmp_path: Path, knowledge: Knowledge) -> None:
    made = [
        without_files(told(report_of(write(tmp_path / form, files(form)), knowledge)))
        for form in ("clixml", "csv", "json")
    ]
    assert made[0] == made[1] == made[2]
    assert len(made[0]["devices"]) == 41
