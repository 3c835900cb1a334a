"""Measure start-up and throughput as ratios to a yardstick of the same run, and print docs/performance.md's tables.

Usage: python benchmarks/run.py [--rounds N] [--largest COUNT]. Each command is a whole process; command and yardstick
take turns, so that a machine whose speed drifts drifts for both. The median of the ratios is printed.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import corpus
import hook

STARTUP = "import typer, pydantic, lxml.etree; from pydantic import BaseModel"
CONFIGURATION = """
devices = ["wp7"]
fail-on = "warning"
ignore = ["EAS208"]

[severities]
EAS209 = "warning"

[[waivers]]
rule = "setting-blocks-sync"
property = "AllowCamera"
policy = "Policy 0"
reason = "The last of these phones are replaced by spring"
"""
READ_XML = """
import sys
from lxml import etree
for element in etree.parse(sys.argv[1]).iter():
    element.tag, element.text, element.attrib.get("N")
"""
READ_CSV = """
import csv, sys
for row in csv.reader(open(sys.argv[1], encoding="utf-8", newline="")):
    pass
"""


def seconds(command: list[str], **place: Any) -> float:
    """Run a command to its end, in a place (`cwd`, `env`) of its own, and return the wall time."""
    begin = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, **place)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())
    return time.perf_counter() - begin


def peak_mib(command: list[str]) -> float:
    """Run a command and return the most memory it held, in MiB (Linux and macOS)."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    return usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)


def compare(command: list[str], yardstick: list[str], rounds: int, **place: Any) -> tuple[float, float, float]:
    """Return the medians: seconds of the command, seconds of the yardstick, ratio."""
    pairs = [(seconds(command, **place), seconds(yardstick, **place)) for _ in range(rounds + 1)][1:]
    return (
        statistics.median(ours for ours, _ in pairs),
        statistics.median(theirs for _, theirs in pairs),
        statistics.median(ours / theirs for ours, theirs in pairs),
    )


def main() -> None:
    """Print both tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--largest", type=int, default=10_000)
    chosen = options.parse_args()
    python = sys.executable
    check = [python, "-m", "policylint", "check", "--max-size", "1024", "--device"]
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        print("| start-up of | seconds | yardstick | ratio |\n| --- | --- | --- | --- |")
        one = corpus.write(directory, 1)
        for kind in ("clixml", "csv"):
            row = compare([*check, "wp7", str(one[kind])], [python, "-c", STARTUP], chosen.rounds * 4)
            print(f"| `check` of one {kind} export | {row[0]:.3f} | {row[1]:.3f} | {row[2]:.2f} |", flush=True)
        configured = directory / "policylint.toml"
        configured.write_text(CONFIGURATION, encoding="utf-8")
        command = [*check[:-1], "--config", str(configured), str(one["clixml"])]
        row = compare(command, [python, "-c", STARTUP], chosen.rounds * 4)
        print(f"| the same with a configuration | {row[0]:.3f} | {row[1]:.3f} | {row[2]:.2f} |", flush=True)
        repository, commands = hook.set_up(directory, one["clixml"])
        place = {"cwd": repository.folder, "env": repository.environment}
        for label, command in commands.items():
            row = compare(command, [python, "-c", STARTUP], chosen.rounds * 4, **place)
            print(f"| {label} | {row[0]:.3f} | {row[1]:.3f} | {row[2]:.2f} |", flush=True)
        print("\n| policies | format | MiB | output | seconds | yardstick | ratio | peak MiB | of the yardstick |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
        for count in [size for size in (1, 100, 10_000) if size <= chosen.largest]:
            files = corpus.write(directory, count)
            for kind, path in files.items():
                # lxml cannot read CSV: that is held against the XML of the same policies
                xml = [python, "-c", READ_XML, str(files["clixml"])]
                for output in ("text", "json"):
                    command = [*check, "all", "--output", output, str(path)]
                    row = compare(command, xml, chosen.rounds)
                    size = path.stat().st_size / (1 << 20)
                    memory, theirs = peak_mib(command), peak_mib(xml)
                    print(
                        f"| {count:,} | {kind} | {size:.1f} | {output} | {row[0]:.2f} | {row[1]:.2f} | {row[2]:.2f} "
                        f"| {memory:.0f} | {theirs:.0f} |",
                        flush=True,
                    )
        floor = compare([*check, "all", str(files["csv"])], [python, "-c", READ_CSV, str(files["csv"])], chosen.rounds)
        print(f"\nCSV against `csv.reader` over the same bytes: {floor[2]:.1f}")


if __name__ == "__main__":
    main()
