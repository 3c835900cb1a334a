"""The module's Pester tests, in a real PowerShell that has Pester."""

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import ROOT, SHARED

from policylint.powershell import MANIFEST

EXPORTS = SHARED / "exports" / "powershell"
HERE = Path(__file__).parent

RUN = """
if (-not (Get-Module -ListAvailable Pester | Where-Object { $_.Version.Major -ge 5 })) { 'no Pester'; exit 0 }
$configuration = New-PesterConfiguration
$configuration.Run.Path = $env:POLICYLINT_TESTS
$configuration.Output.Verbosity = 'None'
$configuration.TestResult.Enabled = $true
$configuration.TestResult.OutputFormat = 'JUnitXml'
$configuration.TestResult.OutputPath = $env:POLICYLINT_RESULT
Invoke-Pester -Configuration $configuration
"""


@pytest.mark.parametrize("tests", sorted(HERE.glob("*.Tests.ps1")), ids=lambda path: path.name)
def test_pester(tests: Path, pwsh: str, tmp_path: Path) -> None:
    result = tmp_path / "result.xml"
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "POLICYLINT_MODULE": str(MANIFEST),
        "POLICYLINT_EXPORTS": str(EXPORTS) if EXPORTS.exists() else "",
        "POLICYLINT_TESTS": str(tests),
        "POLICYLINT_RESULT": str(result),
        "POWERSHELL_TELEMETRY_OPTOUT": "1",
        "NO_COLOR": "1",
    }
    environment.pop("POLICYLINT", None)
    command = [pwsh, "-NoProfile", "-NonInteractive", "-Command", RUN]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, cwd=ROOT, timeout=500)
    if done.stdout.strip() == "no Pester":
        pytest.skip("needs Pester 5 or newer in PowerShell")
    assert result.exists(), done.stdout + done.stderr
    cases = list(ElementTree.parse(result).iter("testcase"))
    failed = {case.get("name"): [part.get("message") for part in case.findall("failure")] for case in cases}
    assert {name: messages for name, messages in failed.items() if messages} == {}
    assert cases
    assert done.returncode == 0, done.stdout + done.stderr
