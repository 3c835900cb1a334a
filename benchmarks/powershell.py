"""Measure the PowerShell module: its import beside that of an empty module, a call beside the program itself.

Usage: python benchmarks/powershell.py [--rounds N] [--pwsh PATH]. Imports are whole sessions; calls take turns in one
session, after a first one. The medians of the ratios are printed.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import corpus

from policylint.powershell import MANIFEST

CALLS = """
Import-Module $env:MODULE
function Get-Seconds([scriptblock] $what) { (Measure-Command $what).TotalSeconds }
$ask = { Test-MobileDevicePolicy -Path $env:EXPORT -Device wp7 }
$null = & $ask
foreach ($round in 1..[int] $env:ROUNDS) {
    $ours = Get-Seconds $ask
    $program = Get-Seconds { & policylint check $env:EXPORT --device wp7 --output json }
    [string]::Format([cultureinfo]::InvariantCulture, '{0} {1}', $ours, $program)
}
"""


def seconds(pwsh: str, module: Path) -> float:
    """Start a session that imports a module, and return the wall time."""
    begin = time.perf_counter()
    subprocess.run([pwsh, "-NoProfile", "-Command", f"Import-Module '{module}'"], check=True)
    return time.perf_counter() - begin


def shown(label: str, pairs: list[tuple[float, float]]) -> str:
    """Return a row: the medians of both sides, and of their ratios."""
    ours, theirs = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
    return f"| {label} | {ours:.2f} | {theirs:.2f} | {statistics.median(one / other for one, other in pairs):.2f} |"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--pwsh", default="pwsh")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        empty = folder / "Empty" / "Empty.psd1"
        empty.parent.mkdir()
        empty.write_text("@{ RootModule = 'Empty.psm1'; ModuleVersion = '1.0' }\n", encoding="utf-8")
        empty.with_suffix(".psm1").write_text("function Get-Nothing { }\n", encoding="utf-8")
        imports = [(seconds(asked.pwsh, MANIFEST), seconds(asked.pwsh, empty)) for _ in range(asked.rounds + 1)][1:]
        environment = {
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "MODULE": str(MANIFEST),
            "EXPORT": str(corpus.write(folder, 50)["clixml"]),
            "ROUNDS": str(asked.rounds),
        }
        command = [asked.pwsh, "-NoProfile", "-Command", CALLS]
        done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True)
    calls = [(float(ours), float(program)) for ours, program in map(str.split, done.stdout.splitlines())]
    print("| PowerShell | seconds | yardstick | ratio |\n| --- | --- | --- | --- |")
    print(shown("a session that imports the module, beside one with an empty module", imports))
    print(shown("`Test-MobileDevicePolicy` of 50 policies, beside the program in the same session", calls))


if __name__ == "__main__":
    main()
