"""JSON output and its published schema."""

import json
from pathlib import Path

import jsonschema
import pytest
from conftest import ROOT

from policylint.schemas.report import schema_text

SCHEMA = ROOT / "docs" / "schema" / "report-1.schema.json"


def test_the_published_schema_is_that_of_the_models() -> None:
    remake = "python -m policylint.report.schema > docs/schema/report-1.schema.json"
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(), f"make it anew: {remake}"


@pytest.mark.parametrize(
    "golden", sorted((Path(__file__).parent / "goldens").glob("*.json.golden")), ids=lambda path: path.name
)
def test_every_golden_file_is_valid(golden: Path) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(golden.read_text(encoding="utf-8")), schema, jsonschema.Draft202012Validator)
