"""The plans as data: valid by the published schema, and the same commands as the script."""

import json
from pathlib import Path

import jsonschema
import pytest
from conftest import ROOT
from powershell import arguments, evaluated

from policylint import Session
from policylint.knowledge import Knowledge
from policylint.report.formats import rendered

SCHEMA = ROOT / "docs" / "schema" / "fix-1.schema.json"


@pytest.mark.parametrize("strategy", ["separate", "relax", "open-gate"])
def test_the_data_says_what_the_script_says(strategy: str, knowledge: Knowledge, tmp_path: Path) -> None:
    export = tmp_path / "p.json"
    settings = {"AllowNonProvisionableDevices": False, "AllowCamera": False, "PasswordEnabled": True}
    export.write_text(json.dumps([{"Name": name, **settings} for name in ("P", "Q'")]), encoding="utf-8")
    made = Session("wp7", knowledge=knowledge).fix(export).script(strategy, what_if=False)
    document = json.loads("".join(rendered(made, "json")))
    jsonschema.validate(document, json.loads(SCHEMA.read_text(encoding="utf-8")), jsonschema.Draft202012Validator)
    assert document["script"] == "".join(rendered(made, "text"))
    commands = [command for plan in document["plans"] for command in plan["commands"]]
    lines = [line for line in document["script"].splitlines() if line.startswith(("Set-Mob", "New-Mob"))]
    assert len(lines) == len(commands) > 0
    for line, command in zip(lines, commands, strict=True):
        cmdlet, given = arguments(line)
        assert cmdlet == command["command"]
        subject = given[1] if cmdlet.startswith("New-") else given[0]
        assert evaluated(subject) in command["parameters"].values()
