"""Runs the program in this very process, with streams of any encoding: much faster than a process of its own."""

import gc
import io
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from policylint.cli import main, terminal


class Done(NamedTuple):
    """What a run left behind: its exit code and what it wrote."""

    code: int
    raw: bytes
    encoding: str
    told: str

    @property
    def out(self) -> str:
        """Standard output as a reader reads it who knows its encoding."""
        return self.raw.decode(self.encoding)


def run_here(directory: Path, *arguments: str, encoding: str = "utf-8") -> Done:
    """Run the program in a directory, with standard output and stderr in an encoding."""
    out, told = (io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="") for _ in range(2))
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(directory)
        for name in ("FORCE_COLOR", "GITHUB_STEP_SUMMARY", "POLICYLINT_OUTPUT"):
            patched.delenv(name, raising=False)
        patched.setattr(sys, "argv", ["policylint", *arguments])
        # the program puts guards before its streams, turns the collection of cycles off, and may leave out notes
        patched.setattr(terminal, "_notes_wanted", True)
        for name, stream in (("stdout", out), ("stderr", told)):
            patched.setattr(sys, name, stream)
            patched.setattr(sys, f"__{name}__", stream)
        code = main()
    gc.enable()
    for stream in (out, told):
        stream.flush()
    return Done(code, out.buffer.getvalue(), encoding, told.buffer.getvalue().decode(encoding))  # type: ignore[attr-defined]
