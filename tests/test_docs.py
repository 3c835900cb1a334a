"""What the documents show is what the program does."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import FIXED, ROOT

from policylint.config.keys import KEYS, WAIVER_KEYS
from policylint.config.reading import parse
from policylint.knowledge import load
from policylint.knowledge.query import find_profile

DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    ROOT / "rules" / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
]


def blocks(language: str, path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", block, flags=re.MULTILINE) for indent, block in found]


SESSIONS = [
    (path, session)
    for path in DOCUMENTS
    for block in blocks("console", path)
    for session in re.split(r"^(?=\$ )", block, flags=re.MULTILINE)
    if session
]


@pytest.mark.parametrize(("path", "block"), SESSIONS, ids=lambda value: getattr(value, "name", ""))
def test_a_quoted_session_prints_what_it_says(path: Path, block: str) -> None:
    command, *quoted = block.splitlines()
    program, *arguments = shlex.split(command.removeprefix("$ "))
    assert program == "policylint"
    done = subprocess.run(
        [sys.executable, "-m", "policylint", *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env={
            **os.environ,
            **FIXED,
            "PYTHONIOENCODING": "utf-8",
            "NO_COLOR": "1",
            "GITHUB_STEP_SUMMARY": "",
        },
        check=False,
    )
    printed = done.stdout.splitlines()
    position = 0
    for part in "\n".join(quoted).split("…\n") if "…" in quoted else ["\n".join(quoted)]:
        wanted = [line for line in part.splitlines() if line != "…"]
        if wanted:
            starts = [
                start for start in range(position, len(printed)) if printed[start : start + len(wanted)] == wanted
            ]
            assert starts, f"{path.name} quotes what is not printed:\n" + "\n".join(wanted)
            position = starts[0] + len(wanted)


def test_there_are_quoted_sessions() -> None:
    assert SESSIONS


@pytest.mark.parametrize("example", sorted((ROOT / "examples").iterdir()), ids=lambda path: path.name)
def test_every_example_is_quoted_in_a_document(example: Path) -> None:
    assert any(f"examples/{example.name}" in path.read_text(encoding="utf-8") for path in DOCUMENTS)


def test_ci_runs_the_test_line_of_the_readme() -> None:
    (line,) = [line for block in blocks("sh", ROOT / "README.md") for line in block.splitlines() if "pytest" in line]
    assert line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_the_index_leads_to_every_document() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    linked = set(re.findall(r"\]\(([^)#:]+)", index))
    assert {path.name for path in (ROOT / "docs").glob("*.md")} - {"README.md"} <= linked


def test_the_device_shown_in_the_guide_is_valid(tmp_path: Path) -> None:
    device, inheritance, merging, *_ = blocks("toml", ROOT / "docs" / "adding-a-device.md")
    shutil.copytree(ROOT / "examples" / "own-pack", tmp_path / "pack")
    shown = device + inheritance.replace('versions = "<10"', "") + merging
    (tmp_path / "pack" / "devices" / "scanner.toml").write_text(shown, encoding="utf-8")
    family = load(own=[tmp_path / "pack"]).families["house-scanner"]
    assert family.targets[0].cell("RequireDeviceEncryption").support == "blocks"
    assert family.targets[0].cell("AllowWiFi").inherited == "android-mail 5.1"
    assert family.targets[0].fact("merging")["properties"] == ["DevicePasswordEnabled", "MinDevicePasswordLength"]


def test_the_observation_shown_in_the_guide_is_laid_over_what_nobody_knows(tmp_path: Path) -> None:
    device, *_, observed = blocks("toml", ROOT / "docs" / "adding-a-device.md")
    shutil.copytree(ROOT / "examples" / "own-pack", tmp_path / "pack")
    (tmp_path / "pack" / "devices" / "scanner.toml").write_text(device, encoding="utf-8")
    (tmp_path / "pack" / "observed.toml").write_text(
        observed.replace('"ios"', '"house-scanner"').replace('">=26"', '">=1"'), encoding="utf-8"
    )
    family = load(own=[tmp_path / "pack"]).families["house-scanner"]
    (seen,) = family.targets[0].cell("MinDevicePasswordLength").observed
    assert (seen.support, seen.devices, seen.within.max) == ("accepted", 71, 8)


def test_the_rule_shown_in_the_guide_is_the_one_in_the_pack() -> None:
    (shown,) = blocks("toml", ROOT / "docs" / "adding-a-rule.md")
    (rule,) = (ROOT / "examples" / "own-pack" / "checks").iterdir()
    assert shown == rule.read_text(encoding="utf-8")


def test_the_configuration_shown_is_one_and_every_key_is_explained() -> None:
    document = ROOT / "docs" / "configuration.md"
    (shown,) = blocks("toml", document)
    assert parse(Path("policylint.toml"), shown).values["waivers"]
    text = document.read_text(encoding="utf-8")
    assert all(f"`{key.name}`" in text or f"`[{key.name}]`" in text or f"`[[{key.name}]]`" in text for key in KEYS)
    assert all(f"`{key.name}`" in text for key in WAIVER_KEYS)


def test_the_profile_shown_in_the_guide_is_valid(tmp_path: Path) -> None:
    (shown,) = blocks("toml", ROOT / "docs" / "profiles.md")
    pack = shutil.copytree(ROOT / "examples" / "own-pack", tmp_path / "pack")
    (pack / "profiles").mkdir()
    (pack / "profiles" / "house.toml").write_text(shown, encoding="utf-8")
    profile = find_profile("house-2026", load(own=[pack]))
    assert [control.requirement for control in profile.controls] == ["8 or more", "00:05:00 or less"]
