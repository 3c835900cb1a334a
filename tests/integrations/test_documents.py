"""docs/integrations.md: every file in it is one that its reader takes, and every command in it runs."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import tree_sitter_powershell
import yaml
from conftest import ROOT
from tree_sitter import Language, Parser

from .test_action import ACTION

TEXT = (ROOT / "docs" / "integrations.md").read_text(encoding="utf-8")
SCRIPTS = Path(sys.executable).parent
PYTHON = [sys.executable, "-m"]


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


READERS = {
    ".pre-commit-config.yaml": [*PYTHON, "pre_commit", "validate-config"],
    ".github/workflows/policies.yml": [*PYTHON, "check_jsonschema", "--builtin-schema", "vendor.github-workflows"],
    ".gitlab-ci.yml": [*PYTHON, "check_jsonschema", "--builtin-schema", "vendor.gitlab-ci"],
    "azure-pipelines.yml": [*PYTHON, "check_jsonschema", "--builtin-schema", "vendor.azure-pipelines"],
}
COMMANDS = [
    line
    for language in ("yaml", "groovy", "sh", "powershell")
    for block in blocks(language)
    for line in re.findall(r"(?:^|- |script: |sh '|= )(policylint .*?)(?:'?$| \|)", block, re.MULTILINE)
]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with what the commands speak of: exports, and a home."""
    (tmp_path / "policies").mkdir()
    for export in ("contoso.clixml", "fabrikam.json", "columns-cut.csv"):
        shutil.copy(ROOT / "examples" / export, tmp_path / "policies")
    shutil.copy(ROOT / "examples" / "contoso.clixml", tmp_path / "policies.xml")
    for folder in (".local/share/bash-completion/completions", ".config/fish/completions"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize("block", blocks("yaml"))
def test_a_file_is_taken_by_its_reader(block: str, tmp_path: Path) -> None:
    name = block.split("\n")[0].removeprefix("# ")
    path = tmp_path / Path(name).name
    path.write_text(block, encoding="utf-8")
    done = subprocess.run([*READERS[name], str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file", ["action.yml", ".github/workflows/policies.yml"])
def test_zizmor_finds_nothing_in_it(file: str, tmp_path: Path) -> None:
    """Offline, in its strictest persona: what people copy is held to more than they would ask for."""
    zizmor = shutil.which("zizmor", path=str(SCRIPTS)) or shutil.which("zizmor")
    if zizmor is None:
        pytest.skip("zizmor is not installed: pip install zizmor")
    path = tmp_path / file
    path.parent.mkdir(parents=True, exist_ok=True)
    workflow = next(block for block in blocks("yaml") if block.startswith("# .github/workflows/"))
    path.write_text((ROOT / file).read_text(encoding="utf-8") if file == "action.yml" else workflow, encoding="utf-8")
    command = [zizmor, "--offline", "--no-config", "--persona=auditor", "--no-progress", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_hooks_and_inputs_are_those_there_are() -> None:
    read = [yaml.safe_load(block) for block in blocks("yaml")]
    hooks = [hook for each in read for repo in each.get("repos", []) for hook in repo["hooks"]]
    (known,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {hook["id"] for hook in hooks} == {known["id"]}
    (step,) = [
        step
        for each in read
        for job in each.get("jobs", {}).values()
        for step in job["steps"]
        if step["uses"].startswith("OWNER/policylint@")
    ]
    assert set(step["with"]) <= set(ACTION["inputs"])
    assert set(re.findall(r"steps\.policylint\.outputs\.([\w-]+)", TEXT)) <= set(ACTION["outputs"])


def test_there_are_commands() -> None:
    assert len(COMMANDS) >= 10


@pytest.mark.parametrize("command", COMMANDS, ids=range(len(COMMANDS)))
def test_a_command_runs(command: str, place: Path) -> None:
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=place,
        env={**os.environ, "HOME": str(place), "PATH": os.pathsep.join([str(SCRIPTS), os.environ["PATH"]])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    assert "error:" not in done.stderr
    for written in re.findall(r"--output \w+=(\S+)|> ~/(\S+)", command):
        assert (place / "".join(written)).stat().st_size


@pytest.mark.parametrize("block", blocks("toml"))
def test_a_configuration_is_understood(block: str, place: Path) -> None:
    (place / "policylint.toml").write_text(block, encoding="utf-8")
    done = subprocess.run([*PYTHON, "policylint", "check", "policies"], cwd=place, capture_output=True, check=False)
    assert done.returncode == 1, done.stderr
    assert b"policylint.toml:1, --device wp7 --device ios>=4.0.1,<5" in done.stdout


@pytest.mark.parametrize("block", blocks("powershell"))
def test_powershell_is_powershell(block: str) -> None:
    assert not Parser(Language(tree_sitter_powershell.language())).parse(block.encode()).root_node.has_error


@pytest.mark.parametrize("block", blocks("sh"))
def test_a_shell_reads_it(block: str) -> None:
    subprocess.run(["bash", "-n"], input=block, text=True, check=True)
