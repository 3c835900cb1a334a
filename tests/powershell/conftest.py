"""A real PowerShell: `pwsh` on the PATH, or the one beside the checkout."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, SHARED

from policylint.powershell import MANIFEST

PowerShell = Callable[[str], str]


@pytest.fixture(scope="session")
def pwsh() -> str:
    found = shutil.which("pwsh") or next((str(path) for path in [SHARED / "tools" / "pwsh"] if path.exists()), None)
    if found is None:
        pytest.skip("needs a PowerShell: no pwsh on the PATH")
    return found


@pytest.fixture(scope="session")
def run_powershell(pwsh: str, tmp_path_factory: pytest.TempPathFactory) -> PowerShell:
    """Run a script with the module imported, and return what it wrote to standard output."""
    folder = tmp_path_factory.mktemp("powershell")
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    environment.pop("POLICYLINT", None)

    def run(script: str) -> str:
        file = folder / "script.ps1"
        file.write_text(
            f"$ErrorActionPreference = 'Stop'\nImport-Module '{MANIFEST}'\n"
            f"[Console]::OutputEncoding = [System.Text.UTF8Encoding]::new($false)\n{script}\n",
            encoding="utf-8-sig",
        )
        command = [pwsh, "-NoProfile", "-NonInteractive", "-File", str(file)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, cwd=ROOT, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run
