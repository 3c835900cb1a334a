"""--output as a user meets it: what goes where, and one line for each mistake."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT
from formats import Formats
from lxml import etree, html
from policies import THREE, TWELVE, policy

from policylint.cli.output import completing
from policylint.judging.report import Report
from policylint.report.formats import FOR_PEOPLE, KINDS, rendered

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]

FORMS = KINDS["check"].forms
READ: dict[str, Callable[[bytes], object]] = {
    "text": bytes.decode,
    "concise": bytes.decode,
    "json": json.loads,
    "sarif": json.loads,
    "github": bytes.decode,
    "gitlab": json.loads,
    "junit": etree.fromstring,
    "markdown": bytes.decode,
    "csv": bytes.decode,
    "html": html.fromstring,
}


def told(done: "subprocess.CompletedProcess[bytes]") -> str:
    """The only line on stderr of a run that ended with exit code 2."""
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    return line


class TestSelecting:
    @pytest.mark.parametrize("name", FORMS)
    def test_every_format_goes_to_standard_output_or_to_a_file(
        self, run: Run, bad: str, tmp_path: Path, name: str
    ) -> None:
        to_stdout = run("check", bad, "-d", "wp7", "-o", name)
        to_file = run("check", bad, "-d", "wp7", "-o", f"{name}=report")
        assert (to_stdout.returncode, to_file.returncode) == (1, 1)
        assert (to_stdout.stderr, to_file.stdout, to_file.stderr) == (b"", b"", b"")
        written = (tmp_path / "report").read_bytes()
        assert written == to_stdout.stdout.replace(os.linesep.encode(), b"\n")
        assert READ[name](written) is not None

    def test_several_at_once(self, run: Run, bad: str, tmp_path: Path) -> None:
        done = run("check", bad, "-d", "wp7", "-o", "text", "-o", "sarif=out.sarif", "--output", "junit=out.xml")
        assert done.stdout == run("check", bad, "-d", "wp7").stdout
        assert json.loads((tmp_path / "out.sarif").read_bytes())["version"] == "2.1.0"
        assert etree.parse(tmp_path / "out.xml").getroot().tag == "testsuites"

    def test_a_dash_is_standard_output(self, run: Run, bad: str) -> None:
        assert json.loads(run("check", bad, "-d", "wp7", "-o", "json=-").stdout)

    def test_two_on_standard_output(self, run: Run, bad: str) -> None:
        done = run("check", bad, "-o", "json", "-o", "csv=-")
        assert "json and csv would be mixed on standard output" in told(done)
        assert done.stdout == b""

    def test_an_unknown_format_names_the_nearest(self, run: Run, bad: str) -> None:
        assert "unknown format 'sarfi'; did you mean sarif?" in told(run("check", bad, "-o", "sarfi=x"))

    def test_a_missing_file_name(self, run: Run, bad: str) -> None:
        assert "the file is missing" in told(run("check", bad, "-o", "sarif="))

    def test_one_file_for_two_forms(self, run: Run, bad: str) -> None:
        assert "named twice" in told(run("check", bad, "-o", "sarif=x", "-o", "json=./x"))

    def test_names_are_completed(self) -> None:
        complete = completing("check")
        assert complete("j") == ["json", "junit"]
        assert complete("") == list(FORMS)


class TestFiles:
    def test_what_cannot_be_written_is_told_and_hides_no_other(self, run: Run, bad: str, tmp_path: Path) -> None:
        done = run("check", bad, "-d", "wp7", "-o", "json=missing/report", "-o", "csv=report.csv", "-o", "concise")
        assert (
            told(done) == f"policylint: error: {Path('missing/report')}: cannot be written: no such file or directory"
        )
        assert b"EAS101" in done.stdout
        assert "EAS101" in (tmp_path / "report.csv").read_text(encoding="utf-8")

    def test_a_directory_is_no_file(self, run: Run, bad: str, tmp_path: Path) -> None:
        (tmp_path / "reports").mkdir()
        assert "cannot be written: is a directory" in told(run("check", bad, "-o", "json=reports"))

    def test_a_file_is_replaced_whole_and_keeps_its_mode(self, run: Run, bad: str, tmp_path: Path) -> None:
        report = tmp_path / "report.json"
        report.write_text("x" * 100_000)
        report.chmod(0o640)
        run("check", bad, "-d", "wp7", "-o", "json=report.json")
        assert json.loads(report.read_bytes())
        assert stat.S_IMODE(report.stat().st_mode) == 0o640 or os.name == "nt"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.xml", "report.json"]

    def test_a_report_that_fails_leaves_the_file_as_it_was(self, tmp_path: Path) -> None:
        from policylint.writing.whole import write_file

        def pieces() -> "object":
            yield "half of "
            raise OSError(28, "No space left on device")

        (tmp_path / "report").write_text("before")
        with pytest.raises(OSError, match="No space"):
            write_file(tmp_path / "report", pieces())  # type: ignore[arg-type]
        assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("report", "before")]

    @pytest.mark.skipif(os.name == "nt", reason="links need rights there")
    def test_a_link_stays_a_link(self, run: Run, bad: str, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to("report.json")
        run("check", bad, "-d", "wp7", "-o", "json=link")
        assert (tmp_path / "link").is_symlink()
        assert json.loads((tmp_path / "report.json").read_bytes())

    @pytest.mark.skipif(not Path("/dev/null").exists(), reason="no such device")
    def test_a_device_is_written_to_and_not_replaced(self, run: Run, bad: str) -> None:
        assert run("check", bad, "-d", "wp7", "-o", "json=/dev/null").returncode == 1
        assert Path("/dev/null").is_char_device()

    def test_an_export_is_never_overwritten(self, run: Run, bad: str, tmp_path: Path) -> None:
        before = (tmp_path / bad).read_bytes()
        assert "would overwrite what is read" in told(run("check", bad, "-o", "json=./bad.xml"))
        assert "would overwrite what is read" in told(run("check", ".", "-o", "csv=x.csv", "-o", "json=bad.xml"))
        assert (tmp_path / bad).read_bytes() == before
        assert not (tmp_path / "x.csv").exists()

    @pytest.mark.parametrize("name", ["policylint.toml", "known.json"])
    def test_neither_is_what_a_repository_agreed_on(self, run: Run, bad: str, tmp_path: Path, name: str) -> None:
        (tmp_path / "policylint.toml").write_text('devices = ["wp7"]\nbaseline = "known.json"\n', encoding="utf-8")
        assert run("baseline", "create", bad, "--baseline", "known.json").returncode == 0
        before = (tmp_path / name).read_bytes()
        assert "would overwrite what is read" in told(run("check", bad, "-o", f"json={name}"))
        assert (tmp_path / name).read_bytes() == before

    def test_a_report_beside_the_exports_is_not_taken_for_one(self, run: Run, bad: str) -> None:
        written = [text for form in FORMS for text in ("-o", f"{form}=report.{form}")]
        assert run("check", ".", "-d", "wp7", *written).returncode == 1
        again = run("check", ".", "-d", "wp7")
        assert again.returncode == 1
        notes = again.stderr.decode()
        counted = sum(map(int, re.findall(r"(\d+) (?:other|more) files? passed over", notes)))
        assert counted + notes.count(": passed over; it speaks of") == len(FORMS)

    def test_files_are_utf_8_and_without_colour(self, run: Run, formats: Formats, tmp_path: Path) -> None:
        export = formats.json([policy(TWELVE, THREE, gate=False, name="Größe")]).encode()
        options = ("-d", "wp7", "--color", "always", "-o", "text=report", "-o", "csv=report.csv")
        run("check", "-", *options, stdin=export, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
        for name in ("report", "report.csv"):
            written = (tmp_path / name).read_bytes()
            assert "Größe" in written.decode("utf-8")
            assert b"\x1b" not in written
            assert b"\r" not in written

    def test_standard_input_is_named_in_all_of_them(self, run: Run, formats: Formats) -> None:
        export = formats.json([policy(TWELVE, THREE, gate=False)]).encode()
        (place, *_) = json.loads(run("check", "-", "-d", "wp7", "-o", "sarif", stdin=export).stdout)["runs"][0][
            "artifacts"
        ]
        assert place == {"location": {"uri": "%3Cstdin%3E"}, "roles": ["analysisTarget", "standardStream"]}
        assert b"::<stdin>:" in run("check", "-", "-d", "wp7", "-o", "github", stdin=export).stdout


WAIVERS = """
[[waivers]]
rule = "EAS101"
property = "AllowCamera"
policy = "Default"
reason = "gone by spring"

[[waivers]]
rule = "EAS101"
property = "RequireDeviceEncryption"
policy = "Default"
reason = "gone last spring"
expires = 2020-03-31
"""


@pytest.mark.parametrize("name", FORMS)
def test_every_form_tells_what_is_waived_and_what_stands_in_the_configuration(
    run: Run, bad: str, tmp_path: Path, name: str
) -> None:
    (tmp_path / "policylint.toml").write_text(WAIVERS, encoding="utf-8")
    printed = run("check", bad, "-d", "wp7", "-o", name, "--group", "line").stdout
    assert READ[name](printed) is not None
    assert b"gone by spring" in printed
    assert b"policylint.toml" in printed
    assert b"waiver-expired" in printed


class TestUnread:
    def test_where_all_files_were_passed_over_documents_are_empty_and_people_are_left_alone(
        self, judged: Callable[..., Report]
    ) -> None:
        report = judged({})
        report.verdicts = []
        for form in FORMS:
            printed = "".join(rendered(report, form)).encode()
            assert READ[form](printed) is not None
            assert bool(printed) is (form not in FOR_PEOPLE)

    def test_nothing_is_written_where_nothing_could_be_judged(self, run: Run, tmp_path: Path) -> None:
        done = run("check", "missing.xml", "-o", "sarif=out.sarif", "-o", "json")
        assert done.returncode == 2
        assert done.stdout == b""
        assert not (tmp_path / "out.sarif").exists()

    def test_a_report_on_the_rest_says_that_it_is_not_all(self, run: Run, bad: str) -> None:
        done = run("check", bad, "missing.xml", "-d", "wp7", "-o", "sarif")
        assert done.returncode == 2
        (invocation,) = json.loads(done.stdout)["runs"][0]["invocations"]
        assert invocation["executionSuccessful"] is False
        assert "missing.xml" in invocation["toolExecutionNotifications"][0]["message"]["text"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes")
def test_a_pipe_can_be_named(bad: str, tmp_path: Path, run: Run) -> None:
    os.mkfifo(tmp_path / "pipe")
    with subprocess.Popen(["cat", "pipe"], cwd=tmp_path, stdout=subprocess.PIPE) as reader:
        run("check", bad, "-d", "wp7", "-o", "json=pipe")
        printed, _ = reader.communicate(timeout=60)
    assert json.loads(printed)


COMMANDS = {
    "check": ["check", "bad.xml", "-d", "wp7"],
    "matrix": ["matrix", "bad.xml", "-d", "wp7"],
    "property": ["matrix", "-p", "AllowCamera", "-d", "wp7"],
    "merge": ["merge", "bad.xml", "other.xml", "-d", "wp7"],
    "users": ["merge", "--user", "users.csv", "bad.xml", "other.xml"],
    "diff": ["diff", "bad.xml", "other.xml", "-d", "wp7"],
    "fix": ["fix", "bad.xml", "-d", "wp7", "--strategy", "relax"],
    "chain": ["chain", "chain.pem", "-d", "wp7", "--as-of", "2026-11-22"],
    "fleet": ["fleet", "bad.xml"],
}


@pytest.fixture
def others(bad: str, tmp_path: Path, formats: Formats) -> None:
    (tmp_path / "other.xml").write_text(formats.clixml([policy(TWELVE, gate=False, name="Other")]), encoding="utf-8")
    shutil.copy(ROOT / "examples" / "chain" / "mended.pem", tmp_path / "chain.pem")
    rows = ("user,account,policy", "ann,work,Other", "ann,home,Default", "bob,work,Other")
    (tmp_path / "users.csv").write_text("\n".join(rows), encoding="utf-8")


@pytest.mark.usefixtures("others")
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_report_goes_to_files_in_all_its_forms_at_once(kind: str, run: Run, tmp_path: Path) -> None:
    forms = KINDS[kind].forms
    done = run(*COMMANDS[kind], *(text for form in forms[1:] for text in ("-o", f"{form}=made.{form}")), "-o", "text")
    assert done.returncode in (0, 1), done.stderr
    assert done.stdout.strip()
    for form in forms[1:]:
        made = (tmp_path / f"made.{form}").read_bytes()
        READ[form](made)
        assert run(*COMMANDS[kind], "-o", form).stdout.replace(b"\r\n", b"\n") == made


@pytest.mark.usefixtures("others")
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("property", "chain")])
@pytest.mark.parametrize("file", ["bad.xml", "./bad.xml"])
def test_no_kind_of_report_is_written_over_what_is_read(kind: str, file: str, run: Run, tmp_path: Path) -> None:
    before = (tmp_path / "bad.xml").read_bytes()
    assert "would overwrite what is read" in told(run(*COMMANDS[kind], "-o", f"json={file}"))
    assert (tmp_path / "bad.xml").read_bytes() == before
