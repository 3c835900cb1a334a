"""The world around the program: files without end or that cannot be read, streams that are full, closed or cut off.

None of it is a finding. Exit code 1 means findings to a build, so each ends with one clear line and exit code 2.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import FIXED, ROOT
from formats import Formats
from in_process import run_here
from policies import THREE, TWELVE, policy

from policylint.cli.commands import SUMMARIES

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")

UNREADABLE = "/proc/self/mem"
"""A file that opens for everybody, and whose first byte nobody can read."""
ENDLESS = "/dev/zero"
PEOPLE = "user,policy\n"

COMMANDS = {
    "check": ["check", "bad.xml"],
    "check as JSON": ["check", "bad.xml", "-o", "json"],
    "check, the configuration": ["check", "--show-config", "bad.xml"],
    "matrix": ["matrix", "bad.xml"],
    "merge": ["merge", "bad.xml", "other.xml"],
    "diff": ["diff", "bad.xml", "other.xml"],
    "fix": ["fix", "bad.xml", "-d", "wp7"],
    "fix, a script": ["fix", "bad.xml", "-d", "wp7", "--strategy", "relax"],
    "fleet": ["fleet", str(ROOT / "examples" / "fleet")],
    "chain": ["chain", "leaf.pem"],
    "collect": ["collect"],
    "powershell": ["powershell"],
    "devices": ["devices"],
    "devices as JSON": ["devices", "-o", "json"],
    "rules": ["rules"],
    "rules coverage": ["rules", "coverage"],
    "rules freshness": ["rules", "freshness"],
    "explain": ["explain", "EAS101"],
    "help": ["--help"],
    "version": ["--version"],
    "version and nothing else": ["version"],
    "help of a command": ["help", "check"],
    "completion": ["--show-completion", "bash"],
}
WITHOUT_OUTPUT = {"baseline"}

READ = {
    "an export": ["check", "{}"],
    "an export to fix": ["fix", "{}", "-d", "wp7"],
    "an export in a matrix": ["matrix", "{}"],
    "an account": ["merge", "bad.xml", "{}"],
    "the old export": ["diff", "{}", "bad.xml"],
    "the new export": ["diff", "bad.xml", "{}"],
    "an export for a baseline": ["baseline", "create", "{}", "--baseline", "made.json"],
    "the configuration": ["check", "bad.xml", "--config", "{}"],
    "the configuration of a list": ["devices", "--config", "{}"],
    "the baseline": ["check", "bad.xml", "--baseline", "{}"],
    "the users": ["merge", "bad.xml", "--user", "{}"],
    "evidence": ["fleet", "{}"],
    "certificates": ["chain", "{}"],
    "roots": ["chain", "leaf.pem", "--roots", "{}"],
}


@pytest.fixture
def place(tmp_path: Path, formats: Formats) -> Path:
    (tmp_path / "bad.xml").write_text(formats.clixml([policy(TWELVE, THREE, gate=False)]), encoding="utf-8")
    (tmp_path / "other.xml").write_text(formats.clixml([policy(TWELVE, gate=True)]), encoding="utf-8")
    (tmp_path / "leaf.pem").write_bytes((ROOT / "examples" / "chain" / "mended.pem").read_bytes())
    return tmp_path


def started(place: Path, *arguments: str, out: str | int = subprocess.PIPE, shell: str = "") -> subprocess.Popen[bytes]:
    """Start the program. `shell` redirects as a shell does, in ways that subprocess cannot."""
    line = [sys.executable, "-m", "policylint", *arguments]
    if shell:
        line = ["sh", "-c", f'exec "$@" {shell}', "sh", *line]
    stdout: int = os.open(out, os.O_WRONLY) if isinstance(out, str) else out
    try:
        return subprocess.Popen(
            line,
            stdin=subprocess.PIPE,
            stdout=stdout,
            stderr=subprocess.PIPE,
            cwd=place,
            env={**os.environ, **FIXED, "PYTHONPATH": str(ROOT)},
        )
    finally:
        if isinstance(out, str):
            os.close(stdout)


def ended(program: subprocess.Popen[bytes]) -> tuple[int, str]:
    """Return the exit code and what stands on stderr."""
    _, told = program.communicate(timeout=60)
    assert b"Traceback" not in told
    assert b"Exception ignored" not in told
    return program.returncode, told.decode()


def test_every_command_is_here() -> None:
    assert set(SUMMARIES) - WITHOUT_OUTPUT <= {arguments[0] for arguments in COMMANDS.values()}


@pytest.mark.parametrize("command", COMMANDS)
def test_full_output_is_an_error(place: Path, command: str) -> None:
    code, told = ended(started(place, *COMMANDS[command], out="/dev/full"))
    assert code == 2
    assert told.splitlines()[-1] == "policylint: error: standard output cannot be written: no space left on device"


@pytest.mark.parametrize("command", ["check as JSON", "matrix", "fix", "rules", "help"])
def test_closed_output_is_an_error(place: Path, command: str) -> None:
    code, told = ended(started(place, *COMMANDS[command], shell=">&-"))
    assert code == 2
    assert told.splitlines()[-1] == "policylint: error: standard output is closed"


@pytest.mark.parametrize("command", ["check", "merge", "devices", "explain", "help"])
def test_a_reader_that_stops_early_is_none(place: Path, command: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    program = started(place, *COMMANDS[command], out=writing)
    os.close(writing)
    code, told = ended(program)
    assert "error" not in told
    assert code in (0, 1)


@pytest.mark.parametrize("redirected", ["2>&-", "2>/dev/full"])
def test_that_nobody_hears_what_is_told_changes_nothing(place: Path, redirected: str) -> None:
    assert ended(started(place, "check", "bad.xml", "-d", "wp7", shell=redirected))[0] == 1
    assert ended(started(place, "check", "nothing.xml", shell=redirected))[0] == 2


@pytest.mark.parametrize("read", READ)
@pytest.mark.parametrize("strange", [UNREADABLE, ENDLESS, "x" * 5000, "."])
def test_a_file_that_cannot_be_read_is_an_error(place: Path, read: str, strange: str) -> None:
    if strange == "." and read in (
        "an export",
        "an export to fix",
        "an export in a matrix",
        "certificates",
        "evidence",
    ):
        pytest.skip("a directory of exports is what these take")
    arguments = [argument.format(strange) for argument in READ[read]]
    if strange == "." and "{}" in READ[read][:3] and READ[read][0] in ("merge", "diff", "baseline"):
        pytest.skip("a directory of exports is what these take")
    code, _, _, told = run_here(place, *arguments)
    assert code == 2
    follows = ("no baseline was written", "nothing here is evidence")
    errors = [line for line in told.splitlines() if "error: " in line and not any(each in line for each in follows)]
    assert len(errors) == 1, told
    assert strange[:100] in errors[0]
    assert len(told) < 12_000


@pytest.mark.parametrize("command", ["check -", "matrix -", "fix - -d wp7", "merge - bad.xml"])
def test_closed_input_is_an_error(place: Path, command: str) -> None:
    code, told = ended(started(place, *command.split(), shell="<&-"))
    assert code == 2
    assert told.startswith("policylint: error: ")
    assert told.endswith("<stdin>: standard input is closed\n")


def test_the_rest_is_judged(place: Path) -> None:
    program = started(place, "check", UNREADABLE, "bad.xml", "-d", "wp7", "-o", "concise")
    printed, told = program.communicate(timeout=60)
    assert program.returncode == 2
    assert b"bad.xml:" in printed
    assert UNREADABLE.encode() in told


@pytest.mark.parametrize("most", ["1000000", "1e300", "nan", "-1", "0"])
def test_a_limit_beyond_all_memory_is_no_harm(place: Path, most: str) -> None:
    code, _, _, told = run_here(place, "check", "bad.xml", "-d", "wp7", "--max-size", most)
    assert code in (1, 2)
    assert code == 1 or "--max-size" in told


INTERRUPTED = """
import os, signal, sys
from policylint.__main__ import main
left = int(sys.argv.pop(1))
def count(event, _):
    global left
    left -= event in ("import", "open")
    if left == 0:
        left = -1
        os.kill(os.getpid(), signal.SIGINT)
sys.addaudithook(count)
main()
"""
"""The program, interrupted when it opens its nth file or imports its nth module."""


@pytest.mark.parametrize("after", [1, 5, 25, 60, 100, 150, 200])
def test_an_interruption_ends_it_quietly(place: Path, after: int) -> None:
    line = [sys.executable, "-c", INTERRUPTED, str(after), "check", "bad.xml", "-d", "wp7"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(line, cwd=place, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_an_interruption_while_it_waits_for_input(place: Path) -> None:
    program = started(place, "check", "-")
    assert program.stdin
    # more than a pipe holds: this returns once the program reads
    program.stdin.write(b" " * (1 << 20))
    program.stdin.flush()
    program.send_signal(signal.SIGINT)
    printed, told = program.communicate(timeout=60)
    assert (program.returncode, printed, told) == (130, b"", b"")
