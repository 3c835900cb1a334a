"""Measure start-up and throughput as ratios to a yardstick of the same run, and print docs/performance.md's tables.

Usage: python benchmarks/run.py [--rounds N] [--largest COUNT] [--peers FOLDER]. Each command is a whole process, and
takes turns with its yardstick, so that a machine whose speed drifts drifts for both. The median of the ratios is
printed, of start-up that of three times as many rounds, with the least and the most. Peers go into an environment of
their own.
"""

import argparse
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import product
from pathlib import Path
from typing import Any

import corpus
import hook
import peers

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
MANY = 1000
CHECK = [sys.executable, "-m", "policylint", "check", "--max-size", "1024", "--device"]


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


def compare(command: list[str], yardstick: list[str], rounds: int, **place: Any) -> tuple[float, float, str]:
    """Return the medians: seconds of the command, seconds of the yardstick, and the ratio with its least and most."""
    pairs = [(seconds(command, **place), seconds(yardstick, **place)) for _ in range(rounds + 1)][1:]
    ratios = [ours / theirs for ours, theirs in pairs]
    return (
        statistics.median(ours for ours, _ in pairs),
        statistics.median(theirs for _, theirs in pairs),
        f"{statistics.median(ratios):.2f} | {min(ratios):.2f}–{max(ratios):.2f}",
    )


def start_up(directory: Path, programs: Path, rounds: int) -> None:
    """Print how long one export takes, beside importing the libraries that the program is written with."""
    print("| start-up of | seconds | yardstick | ratio | spread |\n| --- | --- | --- | --- | --- |")
    one = corpus.write(directory, 1)
    configured = directory / "settings.toml"  # by another name: no other run is to find it
    configured.write_text(CONFIGURATION, encoding="utf-8")
    repository, hooks = hook.set_up(directory, one["clixml"])
    place = {"cwd": repository.folder, "env": repository.environment}
    commands = {f"`check` of one {kind} export": [*CHECK, "wp7", str(path)] for kind, path in one.items()}
    commands["the same with a configuration"] = [*CHECK[:-1], "--config", str(configured), str(one["clixml"])]
    commands |= hooks
    commands["yamllint, which checks nothing"] = [str(programs / "yamllint"), "--version"]
    for label, command in commands.items():
        row = compare(command, [sys.executable, "-c", STARTUP], rounds, **place)
        print(f"| {label} | {row[0]:.3f} | {row[1]:.3f} | {row[2]} |", flush=True)


def beside_peers(directory: Path, programs: Path, rounds: int) -> None:
    """Print how long 1,000 policies take, beside peers that are asked ten constraints of the same policies."""
    files = corpus.write(directory, 1000)
    others = peers.commands(programs, directory, 1000, files["clixml"])
    files["json"] = directory / "1000.json"
    print("\n| `check --device wp7 -o json` of 1,000 | peer | seconds | the peer's | ratio | spread |")
    print("| --- | --- | --- | --- | --- | --- |")
    for kind, name in (("clixml", "Schematron in lxml"), ("json", "check-jsonschema"), ("json", "regopy")):
        row = compare([*CHECK, "wp7", "--output", "json", str(files[kind])], others[name], rounds)
        print(f"| {kind} | {name} | {row[0]:.2f} | {row[1]:.2f} | {row[2]} |", flush=True)


def throughput(directory: Path, counts: list[int], rounds: int) -> None:
    """Print how long many policies take for all clients, and the memory, beside lxml that reads all nodes."""
    head = ("policies", "format", "MiB", "output", "seconds", "yardstick", "ratio", "spread", "peak MiB")
    print(f"\n| {' | '.join(head)} | of the yardstick |\n|{' --- |' * (len(head) + 1)}")
    for count in counts:
        files = corpus.write(directory, count)
        # lxml cannot read CSV: that is held against the XML of the same policies
        xml = [sys.executable, "-c", READ_XML, str(files["clixml"])]
        for (kind, path), output in product(files.items(), ("text", "json", "sarif")):
            command = [*CHECK, "all", "--output", output, str(path)]
            row = compare(command, xml, rounds)
            size = path.stat().st_size / (1 << 20)
            # a small run is told to hold what this process held when it began it
            memory = [f"{peak_mib(each):.0f}" if count > MANY else "" for each in (command, xml)]
            print(
                f"| {count:,} | {kind} | {size:.1f} | {output} | {row[0]:.2f} | {row[1]:.2f} | {row[2]} "
                f"| {' | '.join(memory)} |",
                flush=True,
            )


def side_by_side(directory: Path, counts: list[int], rounds: int) -> None:
    """Print what two processes could gain at most: runs on the halves of an export at the same time, beside one run."""
    print("\n| policies | two halves at a time, seconds | one run | ratio | spread |\n| --- | --- | --- | --- | --- |")
    for count in counts:
        text = corpus.write(directory, count)["csv"].read_text(encoding="utf-8")
        first, *rest = text.splitlines(keepends=True)
        halves = [directory / f"{count}-{half}.csv" for half in (0, 1)]
        for half, path in enumerate(halves):
            path.write_text(first + "".join(rest[half::2]), encoding="utf-8", newline="")
        runs = [shlex.join([*CHECK, "all", str(path)]) for path in halves]
        both = ["sh", "-c", f"{runs[0]} & {runs[1]}; wait"]
        row = compare(both, [*CHECK, "all", str(directory / f"{count}.csv")], rounds)
        print(f"| {count:,} | {row[0]:.2f} | {row[1]:.2f} | {row[2]} |", flush=True)


def main() -> None:
    """Print all tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--largest", type=int, default=10_000)
    options.add_argument("--peers", type=Path, help="the folder of programs of an environment that has the peers")
    chosen = options.parse_args()
    counts = [size for size in (1, 100, 10_000) if size <= chosen.largest]
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        programs = chosen.peers or peers.environment(directory / "peers")
        start_up(directory, programs, chosen.rounds * 3)
        beside_peers(directory, programs, chosen.rounds)
        throughput(directory, counts, chosen.rounds)
        side_by_side(directory, counts[1:], chosen.rounds)


if __name__ == "__main__":
    main()
