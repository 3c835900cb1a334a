"""Reports on any number of policies."""

import json
from collections.abc import Callable, Sequence

import pytest

from policylint.judging.report import Report

Make = Callable[[Sequence[str], str], Report]


@pytest.fixture(scope="session")
def report_on(judged: Callable[..., Report]) -> Make:
    """Judge a policy for each name; no two next to each other ask for the same."""

    def make(names: Sequence[str], device: str) -> Report:
        policies = [
            {
                "Name": name,
                "Guid": f"{number:08x}-0000-4000-8000-000000000000",
                "AllowNonProvisionableDevices": number % 3 == 2,
                "PasswordEnabled": True,
                "MinPasswordLength": 4 + number % 5,
                "RequireDeviceEncryption": number % 2 == 0,
                "AllowCamera": number % 4 != 0,
                "AllowBluetooth": ("Allow", "HandsfreeOnly", "Disable")[number % 3],
                "MaxPasswordFailedAttempts": 3 + number % 8,
            }
            for number, name in enumerate(names)
        ]
        return judged(json.dumps(policies), device)

    return make
