"""policylint check as a user runs it: exit codes, streams, and one clear line for every bad input."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, SHARED
from formats import Formats
from policies import THREE, TWELVE, UNTOUCHED, policy

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def good(tmp_path: Path, formats: Formats) -> str:
    """A policy that hurts nobody."""
    (tmp_path / "good.json").write_text(formats.json([UNTOUCHED]), encoding="utf-8")
    return "good.json"


class TestExitCodes:
    def test_0_without_findings(self, run: Run, good: str) -> None:
        assert run("check", good, "--device", "phone").returncode == 0

    def test_1_with_an_error(self, run: Run, bad: str) -> None:
        assert run("check", bad, "--device", "wp7").returncode == 1

    def test_fail_on_moves_the_line(self, run: Run, bad: str) -> None:
        assert run("check", bad, "-d", "tbsync").returncode == 0
        assert run("check", bad, "-d", "tbsync", "--fail-on", "warning").returncode == 1
        assert run("check", bad, "-d", "wp7", "--fail-on", "never").returncode == 0
        assert run("check", bad, "-d", "tbsync", "--fail-on", "note").returncode == 1

    def test_2_beats_1_and_loses_nothing(self, run: Run, bad: str) -> None:
        done = run("check", bad, "missing.xml", "--device", "wp7")
        assert done.returncode == 2
        assert b"EAS101" in done.stdout
        assert b"missing.xml: no such file or directory" in done.stderr

    def test_2_for_a_misspelt_option(self, run: Run, bad: str) -> None:
        done = run("check", bad, "--devise", "wp7")
        assert done.returncode == 2
        assert b"--device" in done.stderr


class TestStreams:
    def test_findings_on_stdout_and_notes_on_stderr(self, run: Run, formats: Formats) -> None:
        listing = formats.listing([policy(TWELVE, THREE, gate=False)])
        done = run("check", "-", "--device", "wp7", stdin=listing.encode())
        assert b"EAS101" in done.stdout
        assert b"<stdin>" in done.stdout
        assert b"note" in done.stderr
        assert b"EAS101" not in done.stderr

    def test_utf_16_from_a_pipe(self, run: Run, formats: Formats) -> None:
        export = "\ufeff" + formats.clixml([policy(TWELVE, THREE, gate=False)])
        assert run("check", "-", "-d", "wp7", stdin=export.encode("utf-16-le")).returncode == 1

    def test_the_report_says_which_devices_were_chosen_and_how(self, run: Run, good: str) -> None:
        assert b"the default, --device common" in run("check", good).stdout
        assert b"--device wp7" in run("check", good, "--device", "wp7").stdout

    def test_a_reader_that_stops_early_is_no_error(self, run: Run, bad: str, tmp_path: Path) -> None:
        command = f'"{sys.executable}" -m policylint check {bad} -d all | head -n 1'
        done = subprocess.run(
            command,
            shell=True,
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=False,
        )
        assert done.stderr == b""


class TestColour:
    @pytest.mark.parametrize(
        ("options", "environment", "coloured"),
        [
            ((), {}, False),
            (("--color", "always"), {}, True),
            ((), {"FORCE_COLOR": "1"}, True),
            (("--color", "never"), {"FORCE_COLOR": "1"}, False),
            (("--color", "always"), {"NO_COLOR": "1"}, True),
            ((), {"NO_COLOR": "1", "FORCE_COLOR": ""}, False),
        ],
    )
    def test_the_option_wins_over_the_environment(
        self, run: Run, bad: str, options: tuple[str, ...], environment: dict[str, str], coloured: bool
    ) -> None:
        done = run("check", bad, "-d", "wp7", *options, **environment)
        assert (b"\x1b[" in done.stdout) is coloured


class TestJson:
    def test_it_is_one_document_with_the_agreed_envelope(self, run: Run, bad: str) -> None:
        report = json.loads(run("check", bad, "-d", "wp7", "-o", "json").stdout)
        assert report["schema"] == "policylint/report/1"
        assert report["inputs"] == [{"path": "bad.xml", "format": "clixml", "policies": 1}]
        assert report["targets"] == ["windows-phone 7.0", "windows-phone 7.5", "windows-phone 7.8"]
        assert report["summary"] == {"errors": 3, "warnings": 0, "notes": 3, "unknown": 0, "waived": 0}
        assert {row["verdict"] for row in report["verdicts"]} == {"refused"}
        assert {row["errors"] for row in report["verdicts"]} == {3}


class TestDirectories:
    def test_exports_are_found_by_content_and_others_passed_over(self, run: Run, bad: str, tmp_path: Path) -> None:
        (tmp_path / "more").mkdir()
        (tmp_path / "more" / "policy.anything").write_bytes((tmp_path / bad).read_bytes())
        (tmp_path / "README.md").write_text("# not an export\n")
        (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
        (tmp_path / ".hidden.xml").write_bytes(b"<broken")
        done = run("check", ".", "-d", "wp7")
        assert done.returncode == 1
        assert b"2 policies" in done.stdout
        assert b"2 other files passed over" in done.stderr

    def test_without_a_match_it_is_an_error(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "README.md").write_text("# not an export\n")
        done = run("check", ".")
        assert done.returncode == 2
        assert done.stderr.count(b"\n") == 1
        assert b"no exported policy" in done.stderr

    def test_a_broken_export_is_an_error_and_not_passed_over(self, run: Run, bad: str, tmp_path: Path) -> None:
        (tmp_path / "broken.xml").write_bytes((tmp_path / bad).read_bytes()[:2000])
        done = run("check", ".", "-d", "wp7")
        assert done.returncode == 2
        assert b"broken.xml" in done.stderr
        assert b"EAS101" in done.stdout


def nested(levels: int) -> bytes:
    return (
        b'<Objs xmlns="http://schemas.microsoft.com/powershell/2004/04">'
        + b"<Obj>" * levels
        + b"</Obj>" * levels
        + b"</Objs>"
    )


BAD_INPUT = {
    "nothing": (b"", b"empty"),
    "a web page": (b"<!DOCTYPE html><html></html>", b"web page"),
    "plain text": (b"Hello, world", b"plain text"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"PNG"),
    "truncated XML": (b"<Objs><Obj RefId=\"0\"><Props><B N='AllowCamera'>tr", b"bad-input"),
    "a DOCTYPE": (b"<!DOCTYPE x [<!ENTITY a 'b'>]><Objs>&a;</Objs>", b"DOCTYPE"),
    "deep nesting": (nested(60), b"50"),
    "an unterminated quote": (b'"Name","AllowCamera"\r\n"Default,"True"\r\n"x', b"quote"),
    "a duplicate header": (b'"Name","AllowCamera","allowcamera"\r\n"a","True","True"\r\n', b"twice"),
    "Format-List before Export-Csv": (
        b'"ClassId2e4f51ef21dd47e99d3c952918aff9cd","pageHeaderEntry"\r\n"x","y"\r\n',
        b"Export-Csv",
    ),
    "a dangling reference": (
        b'<Objs xmlns="http://schemas.microsoft.com/powershell/2004/04"><Obj RefId="0"><Props>'
        b'<Ref N="AllowCamera" RefId="7"/></Props></Obj></Objs>',
        b"7",
    ),
    "another object": (b'[{"DeviceId": "1", "DeviceType": "WP"}]', b"no mailbox policy"),
    "an empty pipeline": (
        b'<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04" />',
        b"no mailbox policy",
    ),
}


@pytest.mark.parametrize("kind", BAD_INPUT)
def test_bad_input_gets_one_clear_line_and_exit_code_2(kind: str, run: Run, tmp_path: Path) -> None:
    data, hint = BAD_INPUT[kind]
    (tmp_path / "bad-input").write_bytes(data)
    done = run("check", "bad-input")
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.count(b"\n") == 1
    assert b"bad-input" in done.stderr
    assert hint in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_file_over_the_cap_is_refused_unread(run: Run, tmp_path: Path) -> None:
    (tmp_path / "large.json").write_bytes(b'[{"AllowCamera": true}' + b" " * (1 << 20) + b"]")
    assert run("check", "large.json", "--max-size", "2").returncode == 0
    done = run("check", "large.json", "--max-size", "1")
    assert done.returncode == 2
    assert b"large.json" in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_an_unreadable_path_is_told(run: Run) -> None:
    done = run("check", "nul\tname")
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    ("query", "near"), [("wp77", b"wp7"), ("windows-phon", b"windows-phone"), ("windows-phone>=99", b"8.1")]
)
def test_an_unknown_device_names_the_nearest(run: Run, good: str, query: str, near: bytes) -> None:
    done = run("check", good, "--device", query)
    assert done.returncode == 2
    assert near in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_a_bad_policy_does_not_hide_the_others_of_its_file(run: Run, formats: Formats) -> None:
    export = formats.json([policy(THREE, gate=False, name="Bad"), policy(gate=True, name="Good")])
    export = export.replace('"AllowWiFi": true', '"AllowWiFi": "perhaps"', 1)
    done = run("check", "-", "-d", "wp7", stdin=export.encode())
    assert done.returncode == 1
    assert b"EAS001" in done.stdout
    assert b'"Good"' in done.stdout


def test_an_export_cannot_write_on_the_terminal(run: Run, formats: Formats) -> None:
    export = formats.json([policy(THREE, gate=False, name="\x1b[31mred\x07\u202e")])
    done = run("check", "-", "-d", "wp7", stdin=export.encode())
    assert done.returncode == 1
    assert not {b"\x1b", b"\x07", "\u202e".encode()} & {done.stdout[i : i + 1] for i in range(len(done.stdout))}
    assert "\u202e" not in done.stdout.decode()


REAL = SHARED / "exports" / "real"


@pytest.mark.parametrize("export", sorted(REAL.glob("*")) if REAL.is_dir() else [], ids=lambda path: path.name)
def test_a_real_export_of_something_else_is_named(run: Run, export: Path) -> None:
    done = run("check", str(export))
    assert done.returncode == 2
    assert b"holds no mailbox policy but" in done.stderr
    assert done.stderr.count(b"\n") == 1
