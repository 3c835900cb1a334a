"""The module in a real PowerShell: the same answers as the command line, and clear errors."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from conftest import ROOT
from powershell import HOSTILE

from policylint.knowledge import Knowledge


def cli(*arguments: str) -> Any:
    command = [sys.executable, "-m", "policylint", *arguments, "--output", "json", "--no-config"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=ROOT)
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


def said(findings: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """What findings say, apart from where: objects have no lines. Spellings of one policy are the export's."""
    return sorted((each["policy"], each["rule"], str(each["property"]), *each["targets"]) for each in findings)


AS_JSON = """ForEach-Object {
    @{ policy = $_.Policy; rule = $_.Rule; property = $_.Property; targets = @($_.Targets) }
} | ConvertTo-Json -Depth 4 -AsArray"""


def test_objects_from_the_pipeline_are_judged_as_the_file(run_powershell: Any) -> None:
    made = run_powershell(
        f"Import-Clixml examples/contoso.clixml | Test-MobileDevicePolicy -Device wp7, 'ios>=4,<5' | {AS_JSON}"
    )
    found = cli("check", "examples/contoso.clixml", "-d", "wp7", "-d", "ios>=4,<5")["findings"]
    assert said(json.loads(made)) == said(found)


def test_merge_compare_devices_and_rules(run_powershell: Any) -> None:
    made = run_powershell(
        """
        $policies = Import-Clixml examples/contoso.clixml
        $merged = $policies | Merge-MobileDevicePolicy
        $same = Compare-MobileDevicePolicy $policies $policies -Device wp7
        $changed = Compare-MobileDevicePolicy $policies @($policies)[0] -Device wp7
        @{
            merged = @($merged | ForEach-Object { $_.Property })
            from = [string[]] @($merged | Where-Object Property -eq AllowCamera).From
            same = @($same).Count; changed = @($changed).Count
            devices = @(Find-PolicyLintDevice -Device wp7 | ForEach-Object { $_.Target })
            rule = (Get-PolicyLintRule EAS101).Name
        } | ConvertTo-Json
        """
    )
    found = json.loads(made)
    assert "AllowCamera" in found["merged"]
    assert found["from"] == ["Default"]
    assert (found["same"], found["changed"]) == (0, 1)
    assert found["devices"] == ["windows-phone 7.0", "windows-phone 7.5", "windows-phone 7.8"]
    assert found["rule"] == "setting-blocks-sync"


def stubs(knowledge: Knowledge) -> str:
    """Functions in place of the cmdlets, with the parameters of the catalogue, that record what is bound."""
    names = {"Identity", "Name", *(name for known in knowledge.catalogue.properties for name in known.spellings)}
    parameters = ", ".join(f"`${name}" for name in sorted(names))
    return f"""
    $script:bound = New-Object System.Collections.Generic.List[object]
    function Record {{
        param($Command, $Bound)
        $copy = @{{}}; foreach ($key in $Bound.Keys) {{ $copy[$key] = $Bound[$key] }}
        $script:bound.Add(@{{ command = $Command; parameters = $copy }})
    }}
    foreach ($name in 'New-MobileDevice', 'Set-MobileDevice', 'New-ActiveSync', 'Set-ActiveSync') {{
        $name += 'MailboxPolicy'
        $body = "param({parameters}) Record '$name' `$PSBoundParameters"
        Set-Item "function:global:$name" ([scriptblock]::Create($body))
    }}
    """


def test_a_repair_binds_exactly_what_fix_says_whatever_a_policy_is_called(
    run_powershell: Any, tmp_path: Path, knowledge: Knowledge
) -> None:
    names = [
        name
        for name in HOSTILE
        if name.strip() and "\x00" not in name and not any("\ud800" <= c <= "\udfff" for c in name)
    ]
    cases = []
    for spelling in ("DevicePasswordEnabled", "PasswordEnabled"):
        policies = [
            {
                "Name": name,
                "AllowNonProvisionableDevices": False,
                "AllowCamera": False,
                "RequireDeviceEncryption": True,
                spelling: True,
            }
            for name in names
        ]
        file = tmp_path / f"{spelling}.json"
        file.write_text(json.dumps(policies), encoding="utf-8")
        cases += [(file, strategy) for strategy in ("separate", "relax", "open-gate")]
    script = [stubs(knowledge), "$all = @()"]
    for file, strategy in cases:
        script.append(
            f"$script:bound.Clear(); Repair-MobileDevicePolicy -Path '{file}' -Device wp7 -Strategy {strategy} -WhatIf;"
            "$idle = $script:bound.Count;"
            f"Repair-MobileDevicePolicy -Path '{file}' -Device wp7 -Strategy {strategy} -Confirm:$false;"
            "$all += , @{ idle = $idle; bound = @($script:bound.ToArray()) }"
        )
    script.append("'<<<' + ($all | ConvertTo-Json -Depth 6 -Compress -AsArray) + '>>>'")
    printed = run_powershell("\n".join(script))
    made = json.loads(printed[printed.index("<<<") + 3 : printed.rindex(">>>")])
    for (file, strategy), found in zip(cases, made, strict=True):
        plans = cli("fix", str(file), "-d", "wp7", "--strategy", strategy)["plans"]
        meant = [command for plan in plans for command in plan["commands"]]
        assert found["idle"] == 0
        assert [each["command"] for each in found["bound"]] == [each["command"] for each in meant]
        for bound, command in zip(found["bound"], meant, strict=True):
            assert bound["parameters"] == command["parameters"]


def test_thousands_of_policies(run_powershell: Any) -> None:
    made = run_powershell(
        """
        $many = 1..5000 | ForEach-Object {
            [pscustomobject]@{ Name = "Policy $_"; AllowNonProvisionableDevices = $false; AllowCamera = $false }
        }
        @($many | Test-MobileDevicePolicy -Device wp7 -Select EAS101).Count
        """
    )
    assert int(made) == 5000


def test_a_fleet_comes_as_objects(run_powershell: Any) -> None:
    made = run_powershell(
        """
        $rows = @(Get-MobileDeviceFleetReport -Path examples/fleet -Detailed)
        @{
            devices = $rows.Count
            fields = @($rows[0].PSObject.Properties.Name)
            groups = [int] (Get-MobileDeviceFleetReport -Path examples/fleet | Measure-Object Devices -Sum).Sum
        } | ConvertTo-Json
        """
    )
    found = json.loads(made)
    report = cli("fleet", "examples/fleet", "--list")
    assert found["devices"] == len(report["devices"])
    assert found["groups"] == sum(group["devices"] for group in report["groups"])
    assert {"Device", "Policy", "Predicted", "Standing", "LastSeen"} <= set(found["fields"])


def test_nothing_in_the_module_is_new_to_windows_powershell(pwsh: str) -> None:
    """5.1 cannot be run here: the syntax tree is searched for what it lacks."""
    module = ROOT / "policylint" / "powershell" / "PolicyLint"
    newer = "QuestionQuestion|QuestionQuestionEquals|QuestionDot|QuestionLBracket|AndAnd|OrOr|QuestionMark"
    options = "-AsHashtable|-Parallel|-AsArray|Join-String|Test-Json|Get-Error"
    program = f"""
    $commands = {{ $args[0] -is [System.Management.Automation.Language.CommandAst] }}
    foreach ($file in Get-ChildItem -Recurse -Path '{module}' -Include *.ps1, *.psm1) {{
        $tokens = $null; $errors = $null; $name = $file.Name
        $tree = [System.Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref] $tokens, [ref] $errors)
        if ($errors) {{ "${{name}}: $errors" }}
        foreach ($token in $tokens) {{ if ("$($token.Kind)" -match '^({newer})$') {{ "${{name}}: $($token.Text)" }} }}
        foreach ($found in $tree.FindAll($commands, $true)) {{
            if ("$found" -match '{options}') {{ "${{name}}: $found" }}
        }}
        $text = [System.IO.File]::ReadAllText($file.FullName)
        if ($text -match '\\.ArgumentList|[^\\x00-\\x7f]') {{ "${{name}}: not for 5.1" }}
    }}
    """
    done = subprocess.run([pwsh, "-NoProfile", "-Command", program], capture_output=True, encoding="utf-8", timeout=120)
    assert (done.stdout.strip(), done.returncode) == ("", 0), done.stderr
