"""The PowerShell module, as data: a front of the program, for those who set policies from a PowerShell session."""

import os
import shutil
import sys
from pathlib import Path

MANIFEST = Path(__file__).parent / "PolicyLint" / "PolicyLint.psd1"
"""What `Import-Module` takes."""


def install_module() -> Path:
    """Copy the module to the user's module folder of this platform; return its manifest there.

    The folders are those that PowerShell 7 documents (about_PSModulePath). Raises OSError.
    """
    target = _module_folder() / MANIFEST.parent.name
    shutil.copytree(MANIFEST.parent, target, dirs_exist_ok=True)
    return target / MANIFEST.name


def _module_folder() -> Path:
    if sys.platform == "win32":
        return Path.home() / "Documents" / "PowerShell" / "Modules"
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "powershell" / "Modules"
