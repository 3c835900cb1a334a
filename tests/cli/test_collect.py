"""policylint collect: a script that is printed, or written to a file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.mark.parametrize("server", ["online", "on-premises"])
def test_the_script_is_printed_and_nothing_else(run: Run, server: str) -> None:
    done = run("collect", "--server", server)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (b"Get-EXOCasMailbox" in done.stdout) is (server == "online")
    assert b"Get-MobileDeviceMailboxPolicy" in done.stdout
    assert done.stdout.isascii()


def test_devices_can_be_left_out(run: Run) -> None:
    assert b"Statistics" not in run("collect", "--no-devices").stdout


def test_the_script_is_written_to_a_file(run: Run, tmp_path: Path) -> None:
    done = run("collect", "-o", "collect.ps1")
    assert (done.returncode, done.stdout) == (0, b"")
    assert (tmp_path / "collect.ps1").read_bytes() == run("collect").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("--server", "cloud"), b"'cloud' is not one of"), (("-o", "no/such/folder/x.ps1"), b"cannot be written")],
)
def test_what_cannot_be_done_is_said_in_a_line(run: Run, arguments: tuple[str, ...], words: bytes) -> None:
    done = run("collect", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert b"Traceback" not in done.stderr
