"""The whole output of every format, compared with a stored file; `pytest --update-goldens` writes them anew."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT

from policylint.engine import Engine
from policylint.findings import Report
from policylint.inputs import read_inputs
from policylint.knowledge import Knowledge
from policylint.knowledge.query import resolve
from policylint.report import json as json_report
from policylint.report import text
from policylint.report.style import Style

GOLDENS = Path(__file__).parent / "goldens"

RENDERERS: dict[str, Callable[[Report], str]] = {
    "text": lambda report: "".join(text.render(report, Style(False))),
    "colour": lambda report: "".join(text.render(report, Style(True))),
    "json": lambda report: "".join(json_report.render(report)),
}

RUNS = {
    "contoso": ("examples/contoso.clixml", "wp7"),
    "fabrikam": ("examples/fabrikam.json", "android-mail>=2,<3,ios>=3.1,<4.1,surface-hub"),
    "columns-cut": ("examples/columns-cut.csv", "windows-phone"),
    "pasted": ("examples/pasted.txt", "microsoft"),
}


def report_on(run: str, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.chdir(ROOT)
    path, device = RUNS[run]
    inputs = read_inputs([path], knowledge.catalogue, max_bytes=1 << 20)
    engine = Engine(knowledge, resolve([device], knowledge))
    return Report(
        program="0",
        knowledge="0",
        as_of="2026-11-22",
        targets=engine.targets,
        chosen_by=f"--device {device}",
        inputs=inputs.summary,
        verdicts=engine.judge(inputs.policies),
    )


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("renderer", RENDERERS)
def test_output_is_what_it_was(
    run: str, renderer: str, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    printed = RENDERERS[renderer](report_on(run, knowledge, monkeypatch))
    golden = GOLDENS / f"{run}.{renderer}.golden"
    if request.config.getoption("--update-goldens"):
        golden.write_text(printed, encoding="utf-8", newline="\n")
    assert printed == golden.read_text(encoding="utf-8")


def test_every_golden_belongs_to_a_run() -> None:
    assert sorted(path.name for path in GOLDENS.iterdir()) == sorted(
        f"{run}.{renderer}.golden" for run in RUNS for renderer in RENDERERS
    )


def test_the_formats_agree_on_the_number_of_findings(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    for run in RUNS:
        report = report_on(run, knowledge, monkeypatch)
        document = json.loads(RENDERERS["json"](report))
        shown = [line for line in RENDERERS["text"](report).splitlines() if '  policy "' in line]
        assert len(shown) == len(document["findings"]) == len(report.findings)
        assert sum(document["summary"][each] for each in ("errors", "warnings", "notes")) == len(report.findings)
