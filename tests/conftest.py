"""What many tests need: the shipped knowledge, and reports on policies made of a few settings."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from formats import Formats
from hypothesis import settings

from policylint.exports.reader import read_document
from policylint.judging.report import Report
from policylint.knowledge import Knowledge, load
from policylint.policies.files import Inputs
from policylint.policies.policy import Policy
from policylint.policies.reading import PolicyReader
from policylint.session import Session

# tests start many processes, and without it each would compile the whole program anew
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# no test asserts a time
settings.register_profile("timeless", deadline=None)
settings.load_profile("timeless")

ROOT = Path(__file__).resolve().parents[1]
FIXED = {"SOURCE_DATE_EPOCH": "1795651200"}
"""The day of runs in tests, 2026-11-26, so that they do not age."""
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture(scope="session")
def small() -> Knowledge:
    """A small pack, for tests of whole outputs: the shipped one may grow without touching them."""
    return load(ROOT / "tests" / "pack")


@pytest.fixture(scope="session")
def formats(knowledge: Knowledge) -> Formats:
    return Formats(knowledge.catalogue)


@pytest.fixture(scope="session")
def policies_in(knowledge: Knowledge) -> Callable[..., list[Policy]]:
    """Read the policies of an export given as text or bytes."""

    def read(export: str | bytes, path: str = "policy.json") -> list[Policy]:
        data = export.encode() if isinstance(export, str) else export
        reader = PolicyReader(knowledge.catalogue)
        return reader.policies(read_document(data, path, wanted=reader.wanted))

    return read


@pytest.fixture(scope="session")
def judged(knowledge: Knowledge, policies_in: Callable[..., list[Policy]]) -> Callable[..., Report]:
    """Judge settings (as ConvertTo-Json would print them), or the text of an export, for a device query."""

    def judge(source: dict[str, Any] | str | bytes, device: str = "all", **options: Any) -> Report:
        export = json.dumps({"Name": "Policy", **source}, indent=1) if isinstance(source, dict) else source
        asked = {name: options.pop(name) for name in ("show_unknown", "show_passed") if name in options}
        profiles = options.pop("profiles", ())
        session = Session(device, knowledge=knowledge, **options)
        session.profiles = profiles
        return session.judge(Inputs(policies_in(export)), **asked)

    return judge


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write the golden files anew")
