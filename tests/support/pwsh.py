"""A real PowerShell: parses scripts and runs them against stand-ins for Exchange's cmdlets, many in one process."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import SHARED

from policylint.knowledge.catalogue import Catalogue

_PARSE = r"""
$made = foreach ($script in $scripts) {
  $tokens = $null; $faults = $null
  $tree = [System.Management.Automation.Language.Parser]::ParseInput($script, [ref]$tokens, [ref]$faults)
  $found = $tree.FindAll({ param($n) $n -is [System.Management.Automation.Language.CommandAst] }, $true)
  $commands = @(foreach ($c in $found) { ,@($c.CommandElements | ForEach-Object { $_.Extent.Text }) })
  @{ faults = @($faults | ForEach-Object ErrorId); commands = $commands }
}
"""
_RUN = r"""
$state = [System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault2()
$made = foreach ($script in $scripts) {
  $shell = [powershell]::Create($state)
  $log = [System.Collections.ArrayList]::new()
  $shell.Runspace.SessionStateProxy.SetVariable('__log', $log)
  $module = { param($code) New-Module ExchangeOnlineManagement ([scriptblock]::Create($code)) | Import-Module }
  [void]$shell.AddScript($module).AddArgument($stubs).Invoke()
  $shell.Commands.Clear()
  $failed = $false
  try { [void]$shell.AddScript($script).Invoke() } catch { $failed = $true }
  @{ calls = @($log); failed = $failed -or $shell.HadErrors }
  $shell.Dispose()
}
"""
_TYPES = {"bool": "[bool]", "int": "[Nullable[int]]"}
_RECORD = r"""
  $set = @{}
  foreach ($key in $PSBoundParameters.Keys) {
    $value = $PSBoundParameters[$key]
    if ($value -is [timespan]) { $value = $value.ToString() }
    if ($value -is [switch]) { $value = [bool]$value }
    $set[$key] = if ($value -is [hashtable]) { '(changed)' } else { $value }
  }
  [void]$global:__log.Add(@{ cmdlet = $MyInvocation.MyCommand.Name; set = $set })
"""


def program() -> str:
    """Return where a PowerShell is; skips the test where there is none."""
    found = shutil.which("pwsh") or shutil.which(str(SHARED / "tools" / "pwsh"))
    if found is None:
        pytest.skip("there is no PowerShell here (pwsh on the PATH)")
    return found


def parsed(scripts: list[str], folder: Path) -> list[dict[str, Any]]:
    """Return the faults of each script, and the texts of the words of each of its commands."""
    return _asked(_PARSE, scripts, folder)


def ran(scripts: list[str], catalogue: Catalogue, folder: Path) -> list[dict[str, Any]]:
    """Run each script by itself; return the calls of cmdlets that set policies, with what was bound."""
    stubs = "\n".join(_stubs(catalogue))
    return _asked(
        "$stubs = [IO.File]::ReadAllText((Join-Path $PSScriptRoot 'stubs.ps1'))\n" + _RUN, scripts, folder, stubs
    )


def _asked(code: str, scripts: list[str], folder: Path, stubs: str = "") -> list[dict[str, Any]]:
    (folder / "scripts.json").write_text(json.dumps(scripts), encoding="utf-8")
    (folder / "stubs.ps1").write_text(stubs, encoding="utf-8")
    (folder / "ask.ps1").write_text(
        "$scripts = [IO.File]::ReadAllText((Join-Path $PSScriptRoot 'scripts.json')) | ConvertFrom-Json\n"
        f"{code}\n"
        "$text = ConvertTo-Json @($made) -Depth 6 -Compress -EnumsAsStrings\n"
        "[IO.File]::WriteAllText((Join-Path $PSScriptRoot 'answer.json'), $text)\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "POWERSHELL_TELEMETRY_OPTOUT": "1", "NO_COLOR": "1"}
    command = [program(), "-NoProfile", "-NonInteractive", "-File", str(folder / "ask.ps1")]
    done = subprocess.run(command, env=environment, capture_output=True, timeout=600, check=False)
    answer = folder / "answer.json"
    assert answer.exists(), done.stderr.decode(errors="replace")[-1000:]
    found: list[dict[str, Any]] = json.loads(answer.read_text(encoding="utf-8"))
    return found


def _stubs(catalogue: Catalogue) -> "list[str]":
    made = ["function Get-MobileDeviceMailboxPolicy { param($Identity) }", "function Set-CASMailbox { }"]
    for noun, dialect in (("ActiveSync", "activesync"), ("MobileDevice", "mobiledevice")):
        parameters = [
            f"{_TYPES.get(known.type, '[object]')}${getattr(known, dialect)}"
            for known in catalogue
            if known.kind in ("device", "server") and getattr(known, dialect)
        ]
        parameters += ["[bool]$IsDefaultPolicy"] if noun == "ActiveSync" else []
        parameters += ["[bool]$IsDefault", "[object]$DomainController"]
        first = "[Parameter(Mandatory, Position = 0)]"
        fed = "[Parameter(Mandatory, Position = 0, ValueFromPipeline)]"
        identity = fed + "[ValidateScript({ $_ -isnot [array] })][object]$Identity"
        for verb, names in (("New", [f"{first}[string]$Name"]), ("Set", [identity, "[string]$Name"])):
            declared = ", ".join((*names, *parameters))
            made.append(
                f"function {verb}-{noun}MailboxPolicy {{ [CmdletBinding(SupportsShouldProcess)] param({declared})\n"
                f"process {{ {_RECORD} }} }}"
            )
        made.append(
            f"function Remove-{noun}MailboxPolicy {{ [CmdletBinding(SupportsShouldProcess)] param($Identity) }}"
        )
    return made
