"""Runs the program as a user does, in an empty directory."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import FIXED, ROOT
from formats import Formats
from policies import THREE, TWELVE, policy

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
Output = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the program in an empty directory, with plain output unless told otherwise."""

    def run(*arguments: str, stdin: bytes = b"", **environment: str) -> "subprocess.CompletedProcess[bytes]":
        spoiling = ("FORCE_COLOR", "NO_COLOR", "GITHUB_STEP_SUMMARY")
        clean = {key: value for key, value in os.environ.items() if key not in spoiling}
        return subprocess.run(
            [sys.executable, "-m", "policylint", *arguments],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env={
                **clean,
                **FIXED,
                "PYTHONPATH": str(ROOT),
                "PYTHONIOENCODING": "utf-8",
                **environment,
            },
            check=False,
        )

    return run


@pytest.fixture
def bad(tmp_path: Path, formats: Formats) -> str:
    """A policy that shuts Windows Phone 7 out."""
    (tmp_path / "bad.xml").write_text(formats.clixml([policy(TWELVE, THREE, gate=False)]), encoding="utf-8")
    return "bad.xml"


@pytest.fixture(scope="session")
def output() -> Output:
    """Run the program and return what it prints, both streams together."""

    def run(*arguments: str, code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "policylint", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            encoding="utf-8",
            env={"PYTHONIOENCODING": "utf-8", "PATH": "", **FIXED},
            check=False,
        )
        assert done.returncode == code, done.stdout
        return done.stdout

    return run
