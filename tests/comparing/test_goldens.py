"""The whole output of every form, compared with a stored file; `pytest --update-goldens` writes them anew."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from comparisons import Comparer
from conftest import ROOT
from policies import THREE, TWELVE, policy

from policylint.comparing import json as json_diff
from policylint.comparing import markdown, text
from policylint.comparing.model import Comparison
from policylint.knowledge import Knowledge
from policylint.report.formats import KINDS, rendered
from policylint.writing.style import Look, Style

GOLDENS = Path(__file__).parent / "goldens"
SCHEMA = ROOT / "docs" / "schema" / "diff-1.schema.json"

LOOKS = {"colour": ("text", Look(Style(True)))}
RENDERERS = (*(form for form in KINDS["diff"].forms if form != "html"), *LOOKS)


@pytest.fixture(scope="module")
def comparer(small: Knowledge) -> Comparer:
    """Compare by the small pack."""
    return Comparer(small)


def guid(number: int) -> dict[str, str]:
    return {"Guid": f"{number:08x}-0000-4000-8000-000000000000"}


def everything(comparer: Comparer) -> Comparison:
    """Show every kind of difference there is."""
    old: list[dict[str, Any]] = [
        policy(TWELVE, {"IrmEnabled": True}, gate=False) | guid(1),
        policy(THREE, gate=False, name="Loose | ends") | guid(2),
        policy(name="Gone") | guid(3),
        policy({"UnapprovedInROMApplicationList": ["a.exe"]}, name="Lists") | guid(4),
        policy(name="Same") | guid(5),
    ]
    new: list[dict[str, Any]] = [
        policy(TWELVE, THREE, {"MinDevicePasswordLength": 4, "DevicePasswordHistory": 1}, gate=False) | guid(1),
        policy({"AllowCamera": False, "MinDevicePasswordLength": 8}, gate=True, name="Ends | meet") | guid(2),
        policy({"UnapprovedInROMApplicationList": "System.Object[]", "IrmEnabled": False}, name="Lists") | guid(4),
        policy(name="Same") | guid(5),
        policy(THREE, gate=False, name="Come") | guid(6),
    ]
    del old[3]["AllowWiFi"], new[2]["AllowIrDA"], new[2]["AllowCamera"]
    return comparer.between(old, new, "alder1,birch,cedar")


RUNS: dict[str, Callable[[Comparer], Comparison]] = {
    "everything": everything,
    "gate": lambda comparer: comparer.between(
        [policy(TWELVE, THREE, gate=True)], [policy(TWELVE, THREE, gate=False)], "alder1"
    ),
    "nothing": lambda comparer: comparer.between([policy(TWELVE)], [policy(TWELVE)], "alder1"),
}


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("renderer", RENDERERS)
def test_output_is_what_it_was(run: str, renderer: str, comparer: Comparer, request: pytest.FixtureRequest) -> None:
    made = "".join(rendered(RUNS[run](comparer), *LOOKS.get(renderer, (renderer,))))
    path = GOLDENS / f"{run}.{renderer}.golden"
    if request.config.getoption("--update-goldens"):
        path.write_text(made, encoding="utf-8", newline="\n")
    assert made == path.read_text(encoding="utf-8")


def test_every_golden_belongs_to_a_run() -> None:
    assert {path.name for path in GOLDENS.iterdir()} == {
        f"{run}.{renderer}.golden" for run in RUNS for renderer in RENDERERS
    }


@pytest.mark.parametrize("run", RUNS)
def test_every_golden_file_is_valid(run: str) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    document = json.loads((GOLDENS / f"{run}.json.golden").read_text(encoding="utf-8"))
    jsonschema.validate(document, schema, jsonschema.Draft202012Validator)


def test_the_forms_agree_on_what_is_worse(comparer: Comparer) -> None:
    found = everything(comparer)
    document = json.loads("".join(json_diff.render(found)))
    worse = [each for entry in document["policies"] for each in entry["impacts"] if each["kind"].startswith("newly")]
    assert (
        len(worse) == len(found.worse) == document["summary"]["newly_refused"] + document["summary"]["newly_unenforced"]
    )
    told = "".join(text.render(found))
    assert told.count(" newly: ") == len(worse)
    assert "".join(markdown.render(found)).count(" `newly: ") == len(worse)
