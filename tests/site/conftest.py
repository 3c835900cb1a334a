"""The site of the shipped knowledge, built once."""

from pathlib import Path

import pytest

from policylint.knowledge import Knowledge
from policylint.site import site


@pytest.fixture(scope="session")
def built(knowledge: Knowledge) -> dict[str, str]:
    """The text of every file, by its place."""
    return site(knowledge)


@pytest.fixture(scope="session")
def folder(built: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as files."""
    out = tmp_path_factory.mktemp("site")
    for place, text in built.items():
        (out / place).parent.mkdir(parents=True, exist_ok=True)
        (out / place).write_text(text, encoding="utf-8")
    return out
