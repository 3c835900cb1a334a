"""The whole output of every form, compared with a stored file; `pytest --update-goldens` writes them anew."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import ROOT
from previews import Runs

from policylint.knowledge import Knowledge
from policylint.merging.model import Preview
from policylint.report.formats import KINDS, rendered
from policylint.writing.style import Look, Style

GOLDENS = Path(__file__).parent / "goldens"
SCHEMAS = ROOT / "docs" / "schema"

RUNS = ("two", "two-on-devices", "five", "all", "hidden")
RENDERERS = (*(form for form in KINDS["merge"].forms if form != "html"), "colour")
USER_RENDERERS = [form for form in KINDS["users"].forms if form != "html"]


def printed(preview: Preview, renderer: str) -> Iterator[str]:
    if renderer == "colour":
        return rendered(preview, "text", Look(Style(True)))
    return rendered(preview, renderer, Look(width=80 if len(preview.accounts) == 2 else 120))


@pytest.fixture
def golden(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Callable[[str, Callable[[], Iterator[str]]], None]:
    monkeypatch.chdir(ROOT)

    def compare(name: str, printed: Callable[[], Iterator[str]]) -> None:
        made = "".join(printed())
        path = GOLDENS / f"{name}.golden"
        if request.config.getoption("--update-goldens"):
            path.write_text(made, encoding="utf-8", newline="\n")
        assert made == path.read_text(encoding="utf-8")

    return compare


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("renderer", RENDERERS)
def test_output_is_what_it_was(run: str, renderer: str, small: Knowledge, golden: Any) -> None:
    golden(f"{run}.{renderer}", lambda: printed(Runs(small).preview(run), renderer))


@pytest.mark.parametrize("renderer", USER_RENDERERS)
def test_output_for_users_is_what_it_was(renderer: str, small: Knowledge, golden: Any) -> None:
    golden(f"users.{renderer}", lambda: rendered(Runs(small).users(), renderer))


def test_every_golden_belongs_to_a_run() -> None:
    assert {path.name for path in GOLDENS.iterdir()} == {
        *(f"{run}.{renderer}.golden" for run in RUNS for renderer in RENDERERS),
        *(f"users.{renderer}.golden" for renderer in USER_RENDERERS),
    }


@pytest.mark.parametrize(("run", "name"), [*((run, "merge") for run in RUNS), ("users", "merge-users")])
def test_every_golden_file_is_valid(run: str, name: str) -> None:
    schema = json.loads((SCHEMAS / f"{name}-1.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    document = json.loads((GOLDENS / f"{run}.json.golden").read_text(encoding="utf-8"))
    jsonschema.validate(document, schema, jsonschema.Draft202012Validator)
    assert document["schema"] == f"policylint/{name}/1"
