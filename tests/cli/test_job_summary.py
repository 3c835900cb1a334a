"""The job summary of GitHub Actions: it comes with the annotations, and never outgrows what GitHub takes."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from formats import Formats
from policies import THREE, TWELVE, policy

from policylint.cli.job_summary import LIMIT, within

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


class TestJobSummary:
    def test_it_is_added_to_what_is_there(self, run: Run, bad: str, tmp_path: Path) -> None:
        summary = tmp_path / "summary.md"
        summary.write_text("# Before\n")
        done = run("check", bad, "-d", "wp7", "-o", "github", GITHUB_STEP_SUMMARY=str(summary))
        assert done.returncode == 1
        assert done.stdout.startswith(b"::error file=bad.xml,")
        markdown = run("check", bad, "-d", "wp7", "-o", "markdown").stdout.decode().replace(os.linesep, "\n")
        assert summary.read_text(encoding="utf-8") == "# Before\n" + markdown

    def test_other_formats_leave_it_alone(self, run: Run, bad: str, tmp_path: Path) -> None:
        run("check", bad, "-d", "wp7", "-o", "markdown", GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md"))
        assert not (tmp_path / "summary.md").exists()

    def test_one_that_cannot_be_written_is_a_note(self, run: Run, bad: str, tmp_path: Path) -> None:
        done = run("check", bad, "-d", "wp7", "-o", "github", GITHUB_STEP_SUMMARY=str(tmp_path))
        assert done.returncode == 1
        assert b"note: the job summary" in done.stderr


def test_it_is_cut_at_a_row_and_says_how_many_are_missing() -> None:
    pieces = ["**counts**\n", "\n| head |\n| --- |\n", *(f"| {number:04} |\n" for number in range(1000))]
    made = "".join(within(2000, pieces))
    assert len(made.encode()) <= 2000
    shown = made.count("\n| 0")
    assert 0 < shown < 1000
    assert f"{1000 - shown:,} more rows left out" in made.splitlines()[-1]
    assert list(within(LIMIT, pieces)) == pieces
    assert list(within(0, pieces)) == []


def test_a_summary_never_outgrows_what_github_takes(run: Run, formats: Formats, tmp_path: Path) -> None:
    export = formats.json([policy(TWELVE, THREE, gate=False, name=f"Policy {number:04}") for number in range(400)])
    (tmp_path / "many.json").write_text(export, encoding="utf-8")
    summary = tmp_path / "summary.md"
    summary.write_bytes(b"x" * (LIMIT - 200_000))
    run("check", "many.json", "-d", "wp7", "-o", f"github={os.devnull}", GITHUB_STEP_SUMMARY=str(summary))
    written = summary.read_bytes()
    assert LIMIT - 1000 < len(written) <= LIMIT
    assert "more rows left out" in written.decode().splitlines()[-1]
