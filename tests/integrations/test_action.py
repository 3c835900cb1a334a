"""action.yml: its scripts, run by bash as a GitHub runner runs them."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT
from formats import Formats
from no_network import NO_NETWORK
from policies import THREE, TWELVE, UNTOUCHED, policy

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
INSTALL, CHECK = ACTION["runs"]["steps"]
BASH = shutil.which("bash")

pytestmark = pytest.mark.skipif(BASH is None, reason="bash is not installed")


class Runner:
    """The part of a runner that matters here: a workspace, a temporary folder, inputs, outputs."""

    def __init__(self, folder: Path) -> None:
        self.workspace, self.temp, self._output = folder / "work space", folder / "temp", folder / "output"
        self.summary = folder / "summary"
        self.workspace.mkdir()
        self.temp.mkdir()

    def run(self, step: dict[str, Any], **inputs: str) -> "subprocess.CompletedProcess[str]":
        """Run a step with inputs, those of the same name in the action's file standing behind them."""
        values = {name.replace("-", "_"): each.get("default", "") for name, each in ACTION["inputs"].items()} | inputs
        given = {}
        for name, written in step["env"].items():
            (source,) = re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", written).groups()
            given[name] = values[source.replace("-", "_")]
        self._output.write_text("")
        script = self.temp / "script.sh"
        script.write_text(step["run"], encoding="utf-8")
        foreign = ("POLICYLINT_", "LINT_", "GITHUB_", "PYTHON")
        assert BASH
        return subprocess.run(
            [BASH, "--noprofile", "--norc", "-e", "-o", "pipefail", script],
            cwd=self.workspace,
            env={
                **{name: value for name, value in os.environ.items() if not name.startswith(foreign)},
                "CI": "true",
                "GITHUB_ACTIONS": "true",
                "GITHUB_ACTION_PATH": str(ROOT),
                "GITHUB_OUTPUT": str(self._output),
                "GITHUB_STEP_SUMMARY": str(self.summary),
                "GITHUB_WORKSPACE": str(self.workspace),
                "RUNNER_OS": "Linux",
                "RUNNER_TEMP": str(self.temp),
                **given,
            },
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    @property
    def outputs(self) -> dict[str, str]:
        return dict(line.split("=", 1) for line in self._output.read_text(encoding="utf-8").splitlines())


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """A runner on which the first step is done: the policylint of the test environment is installed."""
    made = Runner(tmp_path)
    scripts = made.temp / "policylint" / "bin"
    scripts.mkdir(parents=True)
    (scripts / "policylint").symlink_to(Path(sys.executable).parent / "policylint")
    return made


@pytest.fixture
def write(runner: Runner, formats: Formats) -> Callable[[str, bool], str]:
    """Write a good or a bad policy into the workspace."""

    def write(name: str, good: bool) -> str:
        path = runner.workspace / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(formats.json([UNTOUCHED if good else policy(TWELVE, THREE, gate=False)]), encoding="utf-8")
        return name

    return write


Write = Callable[[str, bool], str]


def test_a_bad_policy_fails_the_step_and_is_annotated(runner: Runner, write: Write) -> None:
    done = runner.run(CHECK, paths=write("bad.json", False), devices="wp7")
    assert done.returncode == 1, done.stderr
    assert re.search(r"^::error .*file=bad\.json", done.stdout, re.MULTILINE)
    assert runner.outputs == {"exit-code": "1", "sarif": "policylint.sarif"}
    assert '"EAS101"' in (runner.workspace / "policylint.sarif").read_text(encoding="utf-8")
    assert "refused" in runner.summary.read_text(encoding="utf-8")


def test_a_good_policy_passes(runner: Runner, write: Write) -> None:
    done = runner.run(CHECK, paths=write("good.json", True), devices="wp7")
    assert done.returncode == 0, done.stderr
    assert runner.outputs == {"exit-code": "0", "sarif": "policylint.sarif"}


def test_several_paths_with_spaces_and_several_devices(runner: Runner, write: Write) -> None:
    paths = f"{write('a folder/of bad ones.json', False)}\r\n\n{write('-good.json', True)}\n"
    done = runner.run(CHECK, paths=paths, devices="ios\nwp7\n", sarif="")
    assert done.returncode == 1, done.stderr
    assert "a folder/of bad ones.json" in done.stdout
    assert list(runner.workspace.glob("*.sarif")) == []


def test_other_options(runner: Runner, write: Write) -> None:
    bad = write("bad.json", False)
    assert runner.run(CHECK, paths=bad, devices="wp7", fail_on="never").returncode == 0
    (runner.workspace / "notes.txt").write_text("not an export")
    assert runner.run(CHECK, paths="notes.txt", sarif="none.sarif").returncode == 2
    assert runner.outputs == {"exit-code": "2"}
    done = runner.run(CHECK, paths="notes.txt", args="--skip-non-exports\n--server=exchange-2010")
    assert done.returncode == 0, done.stderr


HOSTILE = [
    "; touch owned", "$(touch owned)", "`touch owned`", "| touch owned", "'; touch owned; '", '"; touch owned; "',
    "--show-completion=bash", "a\n; touch owned", "* ", "&& touch owned #", "\\",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["paths", "devices", "fail_on", "args", "sarif"])
def test_no_input_is_run(runner: Runner, write: Write, name: str, text: str) -> None:
    good = write("good.json", True)
    done = runner.run(CHECK, **{"paths": good, name: text})
    assert not (runner.workspace / "owned").exists()
    if name != "sarif":
        assert done.returncode == 2
        assert "error" in done.stderr.lower()


def test_no_input_is_part_of_a_script() -> None:
    for step in (INSTALL, CHECK):
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"


def test_it_is_an_action_by_the_schema() -> None:
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.github-actions",
        ROOT / "action.yml",
    ]
    subprocess.run(command, check=True)


def test_it_installs_itself_and_checks(tmp_path: Path, formats: Formats) -> None:
    """Both steps as they are, in a repository that tries to stand in for modules. It needs a package index."""
    runner = Runner(tmp_path)
    (runner.workspace / "bad.json").write_text(formats.json([policy(TWELVE, THREE, gate=False)]), encoding="utf-8")
    for module in ("venv", "pip", "site", "policylint"):
        (runner.workspace / f"{module}.py").write_text("open('owned', 'w')")
    installed = runner.run(INSTALL, python=sys.executable)
    assert not (runner.workspace / "owned").exists()
    if installed.returncode and (lack := NO_NETWORK.search(installed.stderr)):
        pytest.skip(f"the action cannot install without a package index: {lack[0]}")
    assert installed.returncode == 0, installed.stderr
    assert runner.run(CHECK, paths="bad.json", devices="wp7").returncode == 1
    assert not (runner.workspace / "owned").exists()
