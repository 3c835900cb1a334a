"""Measure comparisons as ratios to `check` of the larger side, and print docs/performance.md's table on comparing.

Usage: python benchmarks/diff.py [--rounds N] [--policies COUNT]. Whole processes, which take turns with the yardstick;
medians.
"""

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import corpus
from formats import Formats

from policylint.knowledge import load


def seconds(command: list[str]) -> float:
    """Run a command to its end and return the wall time."""
    begin = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())
    return time.perf_counter() - begin


def changed(policies: list[dict[str, Any]], how_many: int, settings: int) -> list[dict[str, Any]]:
    """Change some settings of some policies, the same ones in every run."""
    dice = random.Random(2013)
    others = corpus.policies(2 * len(policies))[len(policies) :]
    made = list(policies)
    for number in dice.sample(range(len(policies)), how_many):
        names = dice.sample([name for name in policies[number] if name not in ("Name", "Guid", "Identity")], settings)
        made[number] = {**policies[number], **{name: others[number][name] for name in names}}
    return made


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--policies", type=int, default=1_000)
    chosen = options.parse_args()
    count, formats = chosen.policies, Formats(load().catalogue)
    program = [sys.executable, "-m", "policylint"]
    with tempfile.TemporaryDirectory() as name:
        old = Path(name, "old.clixml")
        policies = corpus.policies(count)
        old.write_text(formats.clixml(policies), encoding="utf-8")
        print("| run | output | seconds | `check` | ratio |\n| --- | --- | --- | --- | --- |")
        cases = {
            "nothing changed": policies,
            "1 in 100 changed": changed(policies, count // 100, 10),
            "all changed, in ten settings drawn each": changed(policies, count, 10),
            "all changed, in every setting": changed(policies, count, 50),
        }
        for label, made in cases.items():
            new = Path(name, "new.clixml")
            new.write_text(formats.clixml(made), encoding="utf-8")
            larger = max(old, new, key=lambda path: path.stat().st_size)
            for output in ("text", "json", "markdown"):
                command = [*program, "diff", str(old), str(new), "--device", "all", "--output", output]
                form = "json" if output == "json" else "text"
                check = [*program, "check", str(larger), "--device", "all", "--output", form]
                pairs = [(seconds(command), seconds(check)) for _ in range(chosen.rounds + 1)][1:]
                ours, theirs = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
                ratio = statistics.median(one / other for one, other in pairs)
                print(f"| {label} | {output} | {ours:.2f} | {theirs:.2f} | {ratio:.2f} |", flush=True)


if __name__ == "__main__":
    main()
