"""Exports of any size: policies that differ in their settings, written as PowerShell writes them."""

import os
import random
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from formats import Formats
from policies import policy

from policylint.knowledge import load

# what is installed has its modules compiled; without this, each process would compile them anew
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

_CHOICES: dict[str, list[Any]] = {
    "DevicePasswordEnabled": [True, True, True, False],
    "AlphanumericDevicePasswordRequired": [True, False],
    "AllowSimpleDevicePassword": [True, False],
    "MinDevicePasswordLength": [None, 4, 6, 8, 10],
    "MinDevicePasswordComplexCharacters": [1, 2, 3],
    "MaxDevicePasswordFailedAttempts": ["Unlimited", 4, 8, 10],
    "MaxInactivityTimeDeviceLock": ["Unlimited", timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=45)],
    "DevicePasswordExpiration": ["Unlimited", timedelta(days=30), timedelta(days=90)],
    "DevicePasswordHistory": [0, 1, 5],
    "RequireDeviceEncryption": [True, False, False],
    "RequireStorageCardEncryption": [True, False, False],
    "AllowStorageCard": [True, True, False],
    "AllowCamera": [True, True, False],
    "AllowBluetooth": ["Allow", "Allow", "HandsfreeOnly", "Disable"],
    "MaxEmailAgeFilter": ["All", "All", "OneWeek", "TwoWeeks"],
    "MaxAttachmentSize": ["Unlimited", "Unlimited", 10_485_760],
}


def policies(count: int) -> list[dict[str, Any]]:
    """Make policies with about ten demands each, the same ones in every run."""
    dice = random.Random(2010)
    made = []
    for number in range(count):
        asked = {name: dice.choice(values) for name, values in _CHOICES.items()}
        one = policy(asked, gate=dice.random() < 0.5, name=f"Policy {number:05}")
        one["Guid"] = f"{number:08x}-0000-4000-8000-000000000000"
        one["IsDefaultPolicy"] = number == 0
        made.append(one)
    return made


def write(directory: Path, count: int) -> dict[str, Path]:
    """Write the same policies as CLIXML and CSV and return the files by format."""
    formats = Formats(load().catalogue)
    made = policies(count)
    files = {name: directory / f"{count}.{name}" for name in ("clixml", "csv")}
    files["clixml"].write_text(formats.clixml(made), encoding="utf-8")
    files["csv"].write_text(formats.csv(made), encoding="utf-8", newline="")
    return files
