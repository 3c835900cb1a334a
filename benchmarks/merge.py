"""Measure merges as ratios to `check` of the same 50 policies, and print docs/performance.md's table on merging.

Usage: python benchmarks/merge.py [--rounds N]. Whole processes, which take turns with the yardstick; medians. What is
printed is written to a file, as a user would do with it.
"""

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import corpus

POLICIES = 50
USERS = 10_000


def seconds(command: list[str], sink: Path) -> float:
    """Run a command to its end, its output going to a file, and return the wall time."""
    with sink.open("wb") as file:
        begin = time.perf_counter()
        done = subprocess.run(command, stdout=file, stderr=subprocess.PIPE, check=False)
        spent = time.perf_counter() - begin
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())
    return spent


def write_users(path: Path, sets: int) -> None:
    """Write users with two accounts each, who share `sets` sets of policies."""
    dice = random.Random(2010)
    pairs = [(one, other) for one in range(POLICIES) for other in range(one)]
    chosen = dice.sample(pairs, sets)
    rows = ["user,account,policy"]
    for number in range(USERS):
        for account, policy in zip(("work", "club"), chosen[number % sets], strict=True):
            rows.append(f"user{number:05}@contoso.example,{account},Policy {policy:05}")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def write_one_user(path: Path, accounts: int, times: int) -> None:
    """Write a list that names one user's accounts again and again."""
    rows = [f"ann,account {number},Policy {number % POLICIES:05}" for number in range(accounts)]
    path.write_text("\n".join(["user,account,policy", *rows * times]) + "\n", encoding="utf-8")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    rounds = options.parse_args().rounds
    program = [sys.executable, "-m", "policylint"]
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        export = str(corpus.write(directory, POLICIES)["clixml"])
        check = [*program, "check", export, "--device", "all"]
        five = [f"{export}#Policy {number:05}" for number in range(5)]
        merges = {"`merge` of 5 accounts": [*program, "merge", *five]}
        for sets in (50, 1_225):
            users = directory / f"{sets}.csv"
            write_users(users, sets)
            for output in ("text", "json", "csv"):
                merges[f"`--user`, {USERS:,} users, {sets:,} sets, {output}"] = [
                    *program, "merge", export, "--user", str(users), "--output", output,
                ]  # fmt: skip
        for accounts, times in ((4_000, 1), (16_000, 1), (1, 200_000)):
            users = directory / f"one-{accounts}.csv"
            write_one_user(users, accounts, times)
            label = f"`--user`, 1 user, {accounts * times:,} rows, {accounts:,} account{'s' if accounts > 1 else ''}"
            merges[label] = [*program, "merge", export, "--user", str(users)]
        sink = directory / "sink"
        print("| run | seconds | `check` | ratio | MiB printed |\n| --- | --- | --- | --- | --- |")
        for label, command in merges.items():
            pairs = [(seconds(command, sink), sink.stat().st_size, seconds(check, directory / "other"))
                     for _ in range(rounds + 1)][1:]  # fmt: skip
            ours, theirs = (statistics.median(pair[side] for pair in pairs) for side in (0, 2))
            ratio = statistics.median(one / other for one, _, other in pairs)
            print(f"| {label} | {ours:.2f} | {theirs:.2f} | {ratio:.2f} | {pairs[0][1] / (1 << 20):.1f} |", flush=True)


if __name__ == "__main__":
    main()
