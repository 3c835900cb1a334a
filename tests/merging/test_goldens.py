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
from policylint.merging import csv, markdown, text, users_text
from policylint.merging import json as json_merge
from policylint.merging.model import Preview
from policylint.schemas.merge import DOCUMENTS, schema_text
from policylint.writing.style import Style

GOLDENS = Path(__file__).parent / "goldens"
SCHEMAS = ROOT / "docs" / "schema"

RUNS = ("two", "two-on-devices", "five", "all")
RENDERERS: dict[str, Callable[[Preview], Iterator[str]]] = {
    "text": lambda preview: text.render(preview, Style(False), 80 if len(preview.accounts) == 2 else 120),
    "colour": lambda preview: text.render(preview, Style(True), 80),
    "json": json_merge.render,
    "csv": csv.render,
    "markdown": markdown.render,
}
USER_RENDERERS: dict[str, Callable[[Any, Any], Iterator[str]]] = {
    "text": lambda setup, blocks: users_text.render_text(iter(blocks), len(blocks), Style(False), 80),
    "json": lambda setup, blocks: json_merge.render_users(setup, iter(blocks)),
    "csv": lambda setup, blocks: csv.render_users(iter(blocks)),
    "markdown": lambda setup, blocks: users_text.render_markdown(iter(blocks), len(blocks)),
}


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
    golden(f"{run}.{renderer}", lambda: RENDERERS[renderer](Runs(small).preview(run)))


@pytest.mark.parametrize("renderer", USER_RENDERERS)
def test_output_for_users_is_what_it_was(renderer: str, small: Knowledge, golden: Any) -> None:
    golden(f"users.{renderer}", lambda: USER_RENDERERS[renderer](*Runs(small).users()))


def test_every_golden_belongs_to_a_run() -> None:
    assert {path.name for path in GOLDENS.iterdir()} == {
        *(f"{run}.{renderer}.golden" for run in RUNS for renderer in RENDERERS),
        *(f"users.{renderer}.golden" for renderer in USER_RENDERERS),
    }


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_published_schema_is_that_of_the_models(name: str) -> None:
    published = (SCHEMAS / f"{name}-1.schema.json").read_text(encoding="utf-8")
    remake = f"python -m policylint.merging.schema {name} > docs/schema/{name}-1.schema.json"
    assert published == schema_text(name), f"make it anew: {remake}"


@pytest.mark.parametrize(("run", "name"), [*((run, "merge") for run in RUNS), ("users", "merge-users")])
def test_every_golden_file_is_valid(run: str, name: str) -> None:
    schema = json.loads((SCHEMAS / f"{name}-1.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    document = json.loads((GOLDENS / f"{run}.json.golden").read_text(encoding="utf-8"))
    jsonschema.validate(document, schema, jsonschema.Draft202012Validator)
    assert document["schema"] == f"policylint/{name}/1"
