"""Evidence as administrators and a real PowerShell have it, and what a run has to say of it."""

import json
import re
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import SHARED
from fleets import report_of, told

from policylint.knowledge import Knowledge
from policylint.usage import UsageError

FIELD = SHARED / "exports" / "evidence-field"
FLEET = SHARED / "exports" / "powershell-fleet"
CASES = sorted(path.parent for path in FIELD.glob("*/case.json"))
FORMS = sorted(path for path in FLEET.glob("*") if path.is_dir()) if FLEET.is_dir() else []
SEEN = {"AppliedInFull": "took-all", "PartiallyApplied": "took-part", "ExternallyManaged": "external"}
KEYS = ("seen", "history", "policy", "standing")


def nothing_here(reason: str) -> Any:
    return pytest.param(None, marks=pytest.mark.skip(reason=reason))


@pytest.mark.parametrize(
    "folder", CASES or [nothing_here("the field cases are not here")], ids=lambda path: path and path.name
)
def test_field_cases(folder: Path, knowledge: Knowledge, tmp_path: Path) -> None:
    case = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("case.json"))
    if case["exit"] == [2]:
        with pytest.raises(UsageError) as slip:
            report_of(tmp_path, knowledge)
        assert re.search(case["stderr"], str(slip.value))
        return
    made = told(report_of(tmp_path, knowledge))
    whole = json.dumps(made, ensure_ascii=False)
    by: dict[str, list[dict[str, Any]]] = {}
    for row in made["devices"]:
        by.setdefault(str(row["device"]).lower(), []).append(row)
    for wanted in case.get("devices", ()):
        assert any(fits(row, wanted) for row in by[wanted["device"].lower()]), wanted
    assert not {each.lower() for each in case.get("absent", ())} & by.keys()
    assert set(case.get("kinds", ())) <= {each["kind"] for each in made["evidence"]}
    assert all(user["user"].lower() in whole.lower() for user in case.get("users", ()))
    assert case.get("affinity", made["affinity"]) == made["affinity"]
    found = json.dumps(made["findings"], ensure_ascii=False)
    assert all(re.search(pattern, found) for pattern in case.get("findings", ()))
    assert re.search(case.get("stderr", ""), json.dumps([*made["notes"], *made["findings"]], ensure_ascii=False))


def fits(row: dict[str, Any], wanted: dict[str, str]) -> bool:
    families = {target.rsplit(" ", 1)[0] for target in row["targets"]}
    return (
        all(row[key] == wanted[key] for key in KEYS if key in wanted)
        and wanted.get("user", "").lower() in str(row["user"]).lower()
        and ("family" not in wanted or wanted["family"] in families)
    )


@pytest.mark.parametrize(
    "folder", FORMS or [nothing_here("the fleet is not here")], ids=lambda path: path and path.name
)
def test_a_fleet_of_a_real_powershell(folder: Path, knowledge: Knowledge) -> None:
    truth = json.loads((FLEET / "truth.json").read_text(encoding="utf-8-sig"))
    changed = {each["name"]: datetime.fromisoformat(each["whenChangedUtc"]) for each in truth["policies"]}
    made = told(report_of(folder, knowledge))
    rows = {row["device"].casefold(): row for row in made["devices"]}
    assert rows.keys() == {each["id"].casefold() for each in truth["devices"]}
    for wanted in truth["devices"]:
        row, taken = rows[wanted["id"].casefold()], wanted["lastPolicyUpdateUtc"]
        refused = (wanted["state"], wanted["reason"]) == ("Blocked", "Policy")
        assert row["policy"] == wanted["policy"]
        assert row["seen"] == ("refused" if refused else SEEN.get(wanted["status"], "silent"))
        stale = taken is not None and datetime.fromisoformat(taken) < changed[wanted["policy"]]
        if folder.name != "select-csv" and row["seen"] in SEEN.values():
            assert (row["standing"] == "stale") is stale
