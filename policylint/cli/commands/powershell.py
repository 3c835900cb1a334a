"""policylint powershell: where the PowerShell module is, for Import-Module."""

from typing import Annotated

import typer

from policylint.cli.terminal import fail, say
from policylint.usage import reason


def powershell(
    install: Annotated[
        bool, typer.Option("--install", help="Copy the module to your module folder, so that PowerShell finds it.")
    ] = False,
) -> None:
    """Print the path of the PowerShell module: Import-Module (policylint powershell)."""
    from policylint.powershell import MANIFEST, install_module

    if not install:
        say(str(MANIFEST))
        return
    try:
        say(str(install_module()))
    except OSError as problem:
        fail(f"{problem.filename}: the module cannot be copied: {reason(problem)}")
