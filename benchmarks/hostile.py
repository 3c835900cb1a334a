"""Hold the reading of hostile files against that of well-formed ones of the same size, and print a table.

Usage: python benchmarks/hostile.py [--megabytes N] [--all] [KIND ...]. Each file is read in a process of its own, which
is ended when it takes thirty times as long as the well-formed one. Prints the three worst ratios of each kind, or all.
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

_READ = """
import sys
from policylint.knowledge import load
from policylint.policies.files import read_inputs
read_inputs([sys.argv[1]], load().catalogue, max_bytes=1 << 30, skip_non_exports=True)
"""
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


def seconds(path: Path, most: float | None) -> float | None:
    """Read a file in a process of its own, and return the time of the processor; None where that is more than most."""

    def limit() -> None:
        if most is not None:
            resource.setrlimit(resource.RLIMIT_CPU, (int(most) + 1, int(most) + 2))

    process = subprocess.Popen([sys.executable, "-c", _READ, str(path)], preexec_fn=limit)
    _, status, usage = os.wait4(process.pid, 0)
    if os.WIFSIGNALED(status):
        return None
    if status:
        raise SystemExit(f"{path} could not be read")
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("kinds", nargs="*", default=list(HOSTILE))
    options.add_argument("--megabytes", type=float, default=20)
    options.add_argument("--all", action="store_true")
    chosen = options.parse_args()
    size = int(chosen.megabytes * 1_000_000)
    print("| kind | well-formed, seconds | hostile | seconds | ratio |\n| --- | --- | --- | --- | --- |", flush=True)
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "file"
        for kind in chosen.kinds:
            file.write_bytes(well_formed(kind, size))
            base = seconds(file, None) or 0
            rows: list[tuple[float, str]] = []
            for title, make in HOSTILE[kind].items():
                file.write_bytes(make(size).encode(_ENCODINGS.get(kind, "utf-8"), "replace"))
                took = seconds(file, base * _PATIENCE)
                ratio = took / base if took is not None else float("inf")
                shown = (
                    f"{took:.2f} | {ratio:.1f}"
                    if took is not None
                    else f"over {base * _PATIENCE:.0f} | over {_PATIENCE}"
                )
                rows.append((ratio, f"| {kind} | {base:.2f} | {title} | {shown} |"))
            for _, row in sorted(rows, reverse=True)[: None if chosen.all else _WORST]:
                print(row, flush=True)


if __name__ == "__main__":
    main()
