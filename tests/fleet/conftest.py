from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fleets import Files, report_of, told, write

from policylint.knowledge import Knowledge


@pytest.fixture
def fleet(tmp_path: Path, knowledge: Knowledge) -> Callable[..., dict[str, Any]]:
    """Read files given by name and content, and return the JSON."""

    def read(files: Files, **asked: Any) -> dict[str, Any]:
        return told(report_of(write(tmp_path / "evidence", files), knowledge, **asked))

    return read
