"""The whole output of every format, compared with a stored file; `pytest --update-goldens` writes them anew."""

from collections.abc import Callable
from pathlib import Path

import pytest
from reports import RENDERERS, RUNS, written

from policylint.judging.report import Report

GOLDENS = Path(__file__).parent / "goldens"


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("renderer", RENDERERS)
def test_output_is_what_it_was(
    run: str, renderer: str, report: Callable[[str], Report], request: pytest.FixtureRequest
) -> None:
    printed = written(report(run), renderer)
    golden = GOLDENS / f"{run}.{renderer}.golden"
    if request.config.getoption("--update-goldens"):
        golden.write_text(printed, encoding="utf-8", newline="\n")
    assert printed == golden.read_text(encoding="utf-8")


def test_every_golden_belongs_to_a_run() -> None:
    assert sorted(path.name for path in GOLDENS.iterdir()) == sorted(
        f"{run}.{renderer}.golden" for run in RUNS for renderer in RENDERERS
    )
