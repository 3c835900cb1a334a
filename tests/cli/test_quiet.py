"""--quiet, --statistics and --show-passed: less of a report, a look from afar, and more of it."""

import json
import subprocess
from collections.abc import Callable

from formats import Formats
from policies import THREE, TWELVE, policy

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


def told(done: "subprocess.CompletedProcess[bytes]") -> str:
    """The only line on stderr of a run that ended with exit code 2."""
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    return line


class TestQuiet:
    def test_text_has_only_what_fails_the_run(self, run: Run, bad: str) -> None:
        for form in ("text", "concise"):
            loud = run("check", bad, "-d", "wp7", "-o", form).stdout.decode()
            quiet = run("check", bad, "-d", "wp7", "-o", form, "-q").stdout.decode()
            assert quiet.count("EAS101") == 3 == loud.count("EAS101")
            assert "EAS2" in loud
            assert "EAS2" not in quiet
            assert "targets" not in quiet

    def test_it_follows_fail_on(self, run: Run, bad: str) -> None:
        assert b"EAS2" in run("check", bad, "-d", "wp7", "-q", "--fail-on", "note").stdout
        done = run("check", bad, "-d", "wp7", "-q", "--fail-on", "never")
        assert done.returncode == 0
        assert done.stdout.startswith(b"Who gets in")

    def test_notes_are_left_out_and_errors_are_not(self, run: Run, formats: Formats) -> None:
        listing = formats.listing([policy(TWELVE, THREE, gate=False)]).encode()
        assert b"note:" in run("check", "-", "-d", "wp7", "--server", "2010", stdin=listing).stderr
        assert run("check", "-", "-d", "wp7", "--server", "2010", "-q", stdin=listing).stderr == b""
        assert b"error:" in run("check", "missing.xml", "-q").stderr

    def test_documents_stay_whole(self, run: Run, bad: str) -> None:
        for form in ("json", "sarif", "csv", "markdown"):
            assert (
                run("check", bad, "-d", "wp7", "-o", form, "-q").stdout
                == run("check", bad, "-d", "wp7", "-o", form).stdout
            )


class TestStatistics:
    def test_they_take_the_place_of_the_findings(self, run: Run, bad: str) -> None:
        done = run("check", bad, "-d", "wp7", "--statistics")
        assert done.returncode == 1
        first, *_, last = done.stdout.decode().splitlines()
        assert first.split() == ["3", "error", "EAS101", "setting-blocks-sync"]
        assert last.startswith("1 policy × 3 targets")

    def test_with_quiet_there_is_nothing_else(self, run: Run, bad: str) -> None:
        done = run("check", bad, "-d", "wp7", "--statistics", "-q")
        assert done.stdout.decode().split() == ["3", "error", "EAS101", "setting-blocks-sync"]

    def test_they_need_text_to_change(self, run: Run, bad: str) -> None:
        assert "--statistics changes text output only" in told(run("check", bad, "--statistics", "-o", "sarif"))
        assert run("check", bad, "-d", "wp7", "--statistics", "-o", "sarif=x", "-o", "text").returncode == 1


def test_show_passed_lists_the_demands_that_are_met(run: Run, bad: str) -> None:
    assert b"passed" not in run("check", bad, "-d", "wp7").stdout
    done = run("check", bad, "-d", "wp7", "--show-passed")
    assert b"DevicePasswordHistory 3: enforced on windows-phone" in done.stdout
    assert len(json.loads(run("check", bad, "-d", "wp7", "--show-passed", "-o", "json").stdout)["passed"]) == len(
        TWELVE
    )
