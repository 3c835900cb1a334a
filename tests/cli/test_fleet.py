"""`policylint fleet` as a user runs it: exit codes, forms, names, packs, and evidence that is bad."""

import gzip
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import ROOT
from example_fleet import PEOPLE, devices
from fleets import csv_of, device, whole_policy

from policylint.knowledge import Knowledge
from policylint.report.formats import KINDS

FORMS = KINDS["fleet"].forms
Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def example(tmp_path: Path) -> str:
    shutil.copytree(ROOT / "examples" / "fleet", tmp_path / "evidence")
    return "evidence"


@pytest.fixture(scope="session")
def schema() -> Any:
    return json.loads((ROOT / "docs" / "schema" / "fleet-1.schema.json").read_text(encoding="utf-8"))


def named(text: str) -> set[str]:
    """The people and devices that a text names."""
    people = {person for person in PEOPLE if person in text or person.lower().replace(" ", ".") in text}
    return people | {each.id for each in devices() if each.id in text}


@pytest.fixture
def forms(run: Run, example: str, tmp_path: Path) -> Callable[..., dict[str, str]]:
    """Make all forms of a report in one run, and return them with what is told on stderr."""

    def make(*options: str) -> dict[str, str]:
        asked = (text for form in FORMS for text in ("-o", f"{form}=made.{form}"))
        done = run("fleet", example, *asked, *options)
        assert done.returncode == 1
        made = {form: (tmp_path / f"made.{form}").read_text(encoding="utf-8") for form in FORMS}
        return {**made, "stderr": done.stderr.decode()}

    return make


def test_nobody_is_named_unasked(forms: Callable[..., dict[str, str]]) -> None:
    assert not any(named(text) for text in forms().values())


def test_names_are_given_where_they_are_asked_for_and_others_in_their_place(
    forms: Callable[..., dict[str, str]],
) -> None:
    lists = ("text", "json", "csv", "markdown", "html")
    listed = forms("--list")
    known = {each.id for each in devices() if each.story != "protected"}
    assert all(known <= named(listed[form]) for form in lists)
    first = forms("--list", "--pseudonyms", "key")
    assert not any(map(named, first.values()))
    assert all("device-" in first[form] for form in lists)
    assert forms("--list", "--pseudonyms", "key") == first


def test_the_key_of_pseudonyms_is_for_its_owner_alone(run: Run, example: str, tmp_path: Path) -> None:
    run("fleet", example, "--pseudonyms", "key")
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    (tmp_path / "short").write_text("abc", encoding="utf-8")
    done = run("fleet", example, "--pseudonyms", "short")
    assert (done.returncode, b"a key has 16 characters" in done.stderr) == (2, True)


@pytest.mark.parametrize("options", [(), ("--list",)])
def test_json_has_its_published_shape(options: tuple[str, ...], run: Run, example: str, schema: Any) -> None:
    made = json.loads(run("fleet", example, "-o", "json", *options).stdout)
    jsonschema.validate(made, schema)
    assert ("devices" in made) is bool(options)
    assert made["population"] == {"users": 40, "devices": 40, "recognised": 40, "with_policy": 40}


def test_exit_codes_and_selection_are_those_of_check(run: Run, example: str, tmp_path: Path) -> None:
    assert run("fleet", example, "--fail-on", "never").returncode == 0
    assert run("fleet", example, "--select", "EAS610").returncode == 0
    assert run("fleet", example, "--select", "EAS610", "--fail-on", "note").returncode == 1
    waivers = "".join(
        f'[[waivers]]\nrule = "{rule}"\nreason = "known"\n' for rule in ("EAS601", "EAS606", "protected-account")
    )
    (tmp_path / "policylint.toml").write_text(waivers, encoding="utf-8")
    done = run("fleet", example, "-o", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["summary"]["waived"] == 4


def test_a_restriction_leaves_other_devices_out_and_says_so(run: Run, example: str) -> None:
    done = run("fleet", example, "-o", "json", "--device", "wp7")
    made = json.loads(done.stdout)
    assert [group["line"] for group in made["groups"]] == ["windows-phone 7"]
    assert b"39 devices are none of those asked for" in done.stderr or b"40 devices are none" in done.stderr
    recent = run("fleet", example, "-o", "json", "--since", "2026-11-18")
    assert json.loads(recent.stdout)["population"]["devices"] < 41
    assert b"last seen before 2026-11-18" not in recent.stderr
    later = run("fleet", example, "-o", "json", "--since", "2026-12-01")
    assert b"40 devices were last seen" in later.stderr or b"41 devices were last seen" in later.stderr
    assert b"is no date" in run("fleet", example, "--since", "yesterday").stderr


def test_what_is_learned_becomes_a_pack_for_check(run: Run, example: str, tmp_path: Path) -> None:
    assert run("fleet", example, "--learn", "ours").returncode == 1
    text = (tmp_path / "ours" / "observed.toml").read_text(encoding="utf-8")
    assert named(text) == set()
    assert "2026-11-18" in text
    arguments = ("check", f"{example}/policies.xml", "-d", "nine", "-o", "json", "--show-unknown")
    before = json.loads(run(*arguments).stdout)["verdicts"]
    after = json.loads(run(*arguments, "--rules", "ours").stdout)["verdicts"]
    assert [each["verdict"] for each in before if each["policy"] == "Field Staff"] == ["unknown"]
    assert [each["verdict"] for each in after if each["policy"] == "Field Staff"] == ["accepted"]
    assert run("fleet", example, "--learn", "ours", "--rules", "ours").returncode == 1
    assert (tmp_path / "ours" / "observed.toml").read_text(encoding="utf-8") == text


class TestBadEvidence:
    """Clear words, nothing lost silently, exit code 2 only where nothing could be read."""

    def told(self, run: Run, path: Path, content: str | bytes, code: int, *options: str) -> str:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        done = run("fleet", path.name, *options)
        said = done.stderr.decode()
        assert "Traceback" not in said
        assert done.returncode == code, said
        return said

    def test_nothing_that_could_be_used(self, run: Run, tmp_path: Path) -> None:
        path = tmp_path / "devices.csv"
        header = ",".join(device("A", "ios 26.0", "nia"))
        assert "empty" in self.told(run, path, f"{header}\n", 2)
        said = self.told(run, path, '"Name","Status"\n"BITS","Running"\n', 2)
        assert "Get-MobileDevice" in said
        assert "Get-CASMailbox" in said
        bare = "2026-11-02 08:00:00 POST /Microsoft-Server-ActiveSync/default.eas DeviceId=A nia 200\n"
        assert "#Fields" in self.told(run, tmp_path / "u.log", bare, 2)
        assert "empty" in self.told(run, tmp_path / "nothing.csv", "", 2)
        assert run("fleet", "gone").returncode == 2
        assert run("fleet").returncode == 2
        (tmp_path / "folder").mkdir()
        assert run("fleet", "folder").returncode == 2

    def test_one_bad_file_hides_no_good_one(self, run: Run, example: str, tmp_path: Path) -> None:
        expected = run("fleet", example, "-o", "text").stdout
        whole = gzip.compress(b"#Fields: date time cs-uri-stem\n" + b"2026-11-02 08:00:00 /x\n" * 999)
        (tmp_path / example / "cut.log.gz").write_bytes(whole[:-30])
        (tmp_path / example / "services.csv").write_text('"Name","Status"\n"BITS","Running"\n', encoding="utf-8")
        done = run("fleet", example, "-o", "text")
        assert done.returncode == 1
        assert done.stdout == expected
        assert b"cut.log.gz" in done.stderr
        assert b"cut off" in done.stderr
        assert b"services.csv" in done.stderr

    def test_devices_without_id_are_counted_and_told(self, run: Run, tmp_path: Path) -> None:
        rows = [
            {**device("", "ios 26.0", "nia"), "DeviceModel": "A"},
            {**device("", "ios 26.0", "nia"), "DeviceModel": "B"},
        ]
        (tmp_path / "d.csv").write_text(csv_of(rows), encoding="utf-8")
        done = run("fleet", "d.csv", "-o", "json", "--list")
        assert done.returncode == 0
        made = json.loads(done.stdout)
        assert made["population"]["devices"] == 2
        assert [row["device"] for row in made["devices"]] == [None, None]
        assert re.search(rb"2 rows have no DeviceId", done.stderr)

    def test_lines_without_end_and_clocks_that_run_backwards(self, run: Run, tmp_path: Path) -> None:
        fields = "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query cs-username c-ip sc-status\n"
        stem = "/Microsoft-Server-ActiveSync/default.eas"

        def line(clock: str, more: str = "") -> str:
            query = f"Cmd=Sync&DeviceId=A&DeviceType=X&Log=V141_S1_{more}"
            return f"2026-11-02 {clock} 10.0.0.1 POST {stem} {query} nia 192.0.2.1 200\n"

        log = fields + line("09:00:00") + line("08:00:00") + line("08:30:00", "x" * 10_000_000) + line("08:31:00")
        (tmp_path / "u.log").write_text(log, encoding="utf-8")
        done = run("fleet", "u.log", "-o", "json", "--list")
        assert done.returncode == 0
        assert [row["history"] for row in json.loads(done.stdout)["devices"]] == ["syncing"]
        assert b"longer than 1 MiB" in done.stderr
        assert b"the clock was set back" in done.stderr

    def test_what_save_wrote_is_checked_when_it_is_resumed(self, run: Run, example: str, tmp_path: Path) -> None:
        assert run("fleet", example, "--save", "kept.json").returncode == 1
        assert run("fleet", "--resume", "kept.json", "-o", "json").returncode in (0, 1)
        (tmp_path / "kept.json").write_text('{"schema": "policylint/logs/1"}', encoding="utf-8")
        done = run("fleet", example, "--resume", "kept.json")
        assert (done.returncode, b"this is not what --save wrote" in done.stderr) == (2, True)
        assert b"no such file" in run("fleet", example, "--resume", "gone.json").stderr.lower()


def test_names_in_evidence_do_nothing_in_any_form(run: Run, tmp_path: Path, knowledge: Knowledge) -> None:
    nasty = "=cmd|' \x1b[31m</td><script>alert(1)</script> ::error::x\u202e"
    policy = whole_policy(knowledge, nasty, gate=False, default=True, RequireDeviceEncryption=True)
    rows = [device("AB\x1b[31mC", "windows-phone 7.0", nasty, "refused"), device("X", "ios 26.0", "=1+1", "took-all")]
    (tmp_path / "p.json").write_text(json.dumps([policy]), encoding="utf-8")
    (tmp_path / "d.csv").write_text(csv_of(rows), encoding="utf-8")
    asked = (text for form in FORMS for text in ("-o", f"{form}=made.{form}"))
    done = run("fleet", "p.json", "d.csv", "--list", *asked)
    assert done.returncode == 1, done.stderr
    for form in FORMS:
        text = (tmp_path / f"made.{form}").read_text(encoding="utf-8")
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "<script>alert(1)" not in text or form not in ("html", "markdown", "junit")
        assert not re.search("^::error::x", text, re.MULTILINE)
    rows_of = (tmp_path / "made.csv").read_text(encoding="utf-8").splitlines()
    assert all(not cell.startswith("=") for line in rows_of for cell in line.split(","))
