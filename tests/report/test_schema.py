"""JSON output and its published schema."""

import json
from pathlib import Path

import jsonschema
import pytest
from conftest import ROOT

SCHEMA = ROOT / "docs" / "schema" / "report-1.schema.json"


@pytest.mark.parametrize(
    "golden", sorted((Path(__file__).parent / "goldens").glob("*.json.golden")), ids=lambda path: path.name
)
def test_every_golden_file_is_valid(golden: Path) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(golden.read_text(encoding="utf-8")), schema, jsonschema.Draft202012Validator)
