"""The whole output of every form, compared with a stored file; `pytest --update-goldens` writes them anew."""

import json
from pathlib import Path

import jsonschema
import pytest
from conftest import ROOT
from reports import read
from stamps import undated_session

from policylint.judging.report import Report
from policylint.judging.stamp import Stamp
from policylint.judging.targets import TargetSet
from policylint.knowledge import Knowledge
from policylint.knowledge.query import resolve
from policylint.matrix import json as json_matrix
from policylint.matrix.property import PropertyMatrix
from policylint.policies.files import Inputs
from policylint.report.formats import KINDS, rendered
from policylint.writing.style import Look, Style

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

LOOKS = {"colour": ("text", Look(Style(True)))}
RENDERERS = (*(form for form in KINDS["matrix"].forms if form != "html"), *LOOKS)


def report_on(run: str, small: Knowledge) -> Report:
    names, device = POLICY_RUNS[run]
    files = [read(name, small) for name in names]
    inputs = Inputs([policy for _, policies in files for policy in policies], [each for each, _ in files])
    return undated_session(small, device).judge(inputs)


def matrix_of(run: str, small: Knowledge) -> PropertyMatrix:
    asked, device = PROPERTY_RUNS[run]
    return undated_session(small, device).property(asked)


@pytest.mark.parametrize("run", [*POLICY_RUNS, *PROPERTY_RUNS])
@pytest.mark.parametrize("renderer", RENDERERS)
def test_output_is_what_it_was(run: str, renderer: str, small: Knowledge, request: pytest.FixtureRequest) -> None:
    if run in POLICY_RUNS:
        printed = "".join(rendered(report_on(run, small), *LOOKS.get(renderer, (renderer,)), kind="matrix"))
    else:
        printed = "".join(rendered(matrix_of(run, small), *LOOKS.get(renderer, (renderer,))))
    golden = GOLDENS / f"{run}.{renderer}.golden"
    if request.config.getoption("--update-goldens"):
        golden.write_text(printed, encoding="utf-8", newline="\n")
    assert printed == golden.read_text(encoding="utf-8")


def test_every_golden_belongs_to_a_run() -> None:
    assert sorted(path.name for path in GOLDENS.iterdir()) == sorted(
        f"{run}.{renderer}.golden" for run in (*POLICY_RUNS, *PROPERTY_RUNS) for renderer in RENDERERS
    )


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
