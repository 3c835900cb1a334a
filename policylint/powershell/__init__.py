"""The PowerShell module, as data: a front of the program, for those who set policies from a PowerShell session."""

from pathlib import Path

MANIFEST = Path(__file__).parent / "PolicyLint" / "PolicyLint.psd1"
"""What `Import-Module` takes."""
