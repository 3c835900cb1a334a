"""What is installed from a wheel does the main job, with the knowledge inside it."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

from policylint.knowledge.digest import COMPILED, COMPILED_AGENTS, digest


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel without network: its build backend is part of the test requirements."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_holds_the_knowledge(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    made = [name for name in names if name.startswith("policylint/rules/compiled")]
    assert sorted(made) == [f"policylint/rules/{name}" for name in (COMPILED_AGENTS, COMPILED)]
    for name, agents in ((COMPILED, False), (COMPILED_AGENTS, True)):
        first = zipfile.ZipFile(wheel).read(f"policylint/rules/{name}").partition(b"\n")[0]
        assert json.loads(first)["digest"] == digest(ROOT / "rules", agents=agents)
    assert "policylint/rules/devices/windows-phone.toml" in names
    assert not [
        name for name in names if name.startswith(("tests/", "rules/", "policylint/handbook/", "policylint/site/"))
    ]


def test_the_wheel_installs_the_manual_page(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (name,) = [name for name in archive.namelist() if name.endswith(".data/data/share/man/man1/policylint.1")]
    assert archive.read(name) == (ROOT / "docs" / "man" / "policylint.1").read_bytes()


def test_an_empty_environment_with_the_wheel_runs_the_main_job(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=True)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel]
    subprocess.run(install, check=True, capture_output=True)
    # The dependencies come from the environment that runs the tests, so that no network is needed. A plain path in a
    # .pth file does not follow the .pth files in there: an editable policylint stays invisible.
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    (Path(site.stdout.strip()) / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    export = ROOT / "examples" / "contoso.clixml"
    clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [scripts / "policylint", "check", export, "--device", "wp7"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=tmp_path,
        env={**clean, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "3 errors" in done.stdout
    where = subprocess.run(
        [python, "-c", "import policylint; print(policylint.__file__)"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=clean,
        check=True,
    )
    assert str(environment) in where.stdout
