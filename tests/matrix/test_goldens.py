"""The whole output of every form, compared with a stored file; `pytest --update-goldens` writes them anew."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import ROOT
from reports import read
from stamps import undated

from policylint.judging import engine
from policylint.judging.report import Report
from policylint.judging.run import Run
from policylint.judging.stamp import Stamp
from policylint.judging.targets import TargetSet
from policylint.knowledge import Knowledge
from policylint.knowledge.query import resolve
from policylint.matrix import csv, markdown, text
from policylint.matrix import json as json_matrix
from policylint.matrix.property import PropertyMatrix
from policylint.policies.files import Inputs
from policylint.schemas.matrix import DOCUMENTS, schema_text
from policylint.writing.style import Style

GOLDENS = Path(__file__).parent / "goldens"
SCHEMAS = ROOT / "docs" / "schema"

POLICY_RUNS = {
    "one-range": (["refused"], "alder1"),
    "several-tables": (["refused", "some", "cut", "pasted"], "alder,birch,cedar"),
}
PROPERTY_RUNS = {
    "encryption": ("RequireDeviceEncryption", "alder1,birch"),
    "storage-card": ("DisableRemovableStorage", "alder,cedar"),
}

POLICY_RENDERERS: dict[str, Callable[[Report], Any]] = {
    "text": lambda report: text.render_policies(report, Style(False), 80),
    "colour": lambda report: text.render_policies(report, Style(True), 80),
    "json": json_matrix.render_policies,
    "csv": csv.render_policies,
    "markdown": markdown.render_policies,
}
PROPERTY_RENDERERS: dict[str, Callable[[PropertyMatrix], Any]] = {
    "text": lambda matrix: text.render_property(matrix, Style(False), 80),
    "colour": lambda matrix: text.render_property(matrix, Style(True), 80),
    "json": json_matrix.render_property,
    "csv": csv.render_property,
    "markdown": markdown.render_property,
}


def report_on(run: str, small: Knowledge) -> Report:
    names, device = POLICY_RUNS[run]
    files = [read(name, small) for name in names]
    inputs = Inputs([policy for _, policies in files for policy in policies], [each for each, _ in files])
    setup = Run(small, resolve([device], small), chosen_by=f"--device {device}")
    report = engine.report(setup, inputs, engine.judge(setup, inputs.policies))
    return replace(report, stamp=undated(report.stamp))


def matrix_of(run: str, small: Knowledge) -> PropertyMatrix:
    asked, device = PROPERTY_RUNS[run]
    known = small.catalogue.searched(asked)
    assert known is not None
    stamp = Stamp.of(small, TargetSet(resolve([device], small)), f"--device {device}")
    return PropertyMatrix(undated(stamp), small, known, asked)


@pytest.mark.parametrize("run", [*POLICY_RUNS, *PROPERTY_RUNS])
@pytest.mark.parametrize("renderer", POLICY_RENDERERS)
def test_output_is_what_it_was(run: str, renderer: str, small: Knowledge, request: pytest.FixtureRequest) -> None:
    if run in POLICY_RUNS:
        printed = "".join(POLICY_RENDERERS[renderer](report_on(run, small)))
    else:
        printed = "".join(PROPERTY_RENDERERS[renderer](matrix_of(run, small)))
    golden = GOLDENS / f"{run}.{renderer}.golden"
    if request.config.getoption("--update-goldens"):
        golden.write_text(printed, encoding="utf-8", newline="\n")
    assert printed == golden.read_text(encoding="utf-8")


def test_every_golden_belongs_to_a_run() -> None:
    assert sorted(path.name for path in GOLDENS.iterdir()) == sorted(
        f"{run}.{renderer}.golden" for run in (*POLICY_RUNS, *PROPERTY_RUNS) for renderer in POLICY_RENDERERS
    )


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_published_schema_is_that_of_the_models(name: str) -> None:
    published = (SCHEMAS / f"{name}-1.schema.json").read_text(encoding="utf-8")
    remake = f"python -m policylint.matrix.schema {name} > docs/schema/{name}-1.schema.json"
    assert published == schema_text(name), f"make it anew: {remake}"


@pytest.mark.parametrize(
    ("run", "name"),
    [*((run, "matrix") for run in POLICY_RUNS), *((run, "property-matrix") for run in PROPERTY_RUNS)],
)
def test_every_golden_file_is_valid(run: str, name: str) -> None:
    schema = json.loads((SCHEMAS / f"{name}-1.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    document = json.loads((GOLDENS / f"{run}.json.golden").read_text(encoding="utf-8"))
    jsonschema.validate(document, schema, jsonschema.Draft202012Validator)
    assert len(document["cells"]) == len(document["targets"]) * len(document.get("policies", [None]))


def test_every_property_is_valid(knowledge: Knowledge) -> None:
    schema = json.loads((SCHEMAS / "property-matrix-1.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    stamp = Stamp.of(knowledge, TargetSet(resolve(["all"], knowledge)), "")
    for known in knowledge.catalogue.properties:
        matrix = PropertyMatrix(stamp, knowledge, known, known.key)
        validator.validate(json.loads("".join(json_matrix.render_property(matrix))))
