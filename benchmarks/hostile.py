"""Hold the reading of hostile files against that of well-formed ones of the same size, and print a table.

Usage: python benchmarks/hostile.py [--megabytes N] [KIND ...]. Each `check` is a process, which is ended when it
takes thirty times as long as the well-formed file. All are tried at a tenth of the size; those with the three worst
ratios of each kind at the whole size. Times are of the processor.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import corpus
from formats import Formats
from forms import Forms
from hostile_files import HOSTILE

from policylint.knowledge import load

_PATIENCE = 30
_WORST = 3
_ENCODINGS = {"other": "latin-1"}


def well_formed(kind: str, size: int) -> bytes:
    """Write policies in the form that a kind is like, as often as the size needs."""
    formats = Formats(load().catalogue)
    forms = Forms(formats)
    few = corpus.policies(20)
    writers: dict[str, Callable[[list[dict[str, object]]], str]] = {
        "clixml": formats.clixml,
        "csv": formats.csv,
        "json": formats.json,
        "list": formats.listing,
        "script": lambda made: forms.scripts(made)["commands"],
        "log of a wizard": lambda made: forms.scripts(made)["the log of a wizard"],
    }
    write = writers.get(kind, formats.listing)
    each = len(write(few)) // len(few)
    return write(corpus.policies(max(1, size // each))).encode()


def seconds(path: Path, most: float | None = None) -> float:
    """Check a file in a process of its own, and return the time of the processor, infinite where it is over `most`."""

    def limit() -> None:
        if most is not None:
            resource.setrlimit(resource.RLIMIT_CPU, (int(most) + 1, int(most) + 2))

    command = [sys.executable, "-m", "policylint", "check", "--max-size", "1024", str(path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=limit)
    _, status, usage = os.wait4(process.pid, 0)
    return float("inf") if os.WIFSIGNALED(status) else usage.ru_utime + usage.ru_stime


class Sized:
    """The files of one kind and size, and the time that the well-formed one takes."""

    def __init__(self, kind: str, size: int, file: Path) -> None:
        self._kind, self._size, self._file = kind, size, file
        file.write_bytes(well_formed(kind, size))
        self.base = seconds(file)

    def took(self, title: str) -> float:
        """Return the time that a hostile file takes."""
        text = HOSTILE[self._kind][title](self._size)
        self._file.write_bytes(text.encode(_ENCODINGS.get(self._kind, "utf-8"), "replace"))
        return seconds(self._file, self.base * _PATIENCE)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("kinds", nargs="*", default=list(HOSTILE))
    options.add_argument("--megabytes", type=float, default=20)
    chosen = options.parse_args()
    size = int(chosen.megabytes * 1_000_000)
    print("| kind | well-formed, seconds | hostile | seconds | ratio |\n| --- | --- | --- | --- | --- |", flush=True)
    with tempfile.TemporaryDirectory() as name:
        for kind in chosen.kinds:
            small = Sized(kind, size // 10, Path(name) / "file")
            worst = sorted(HOSTILE[kind], key=small.took, reverse=True)[:_WORST]
            whole = Sized(kind, size, Path(name) / "file")
            for title in worst:
                took = whole.took(title)
                print(f"| {kind} | {whole.base:.1f} | {title} | {took:.1f} | {took / whole.base:.1f} |", flush=True)


if __name__ == "__main__":
    main()
