"""Whatever standard output can hold: documents parse and keep names exact, or the program says why not."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from formats import Formats
from in_process import run_here
from lxml import etree
from policies import policy

ENCODINGS = ("cp437", "cp850", "cp1252", "utf-8", "utf-16")
NAMES = ("Außendienst", "Łódź – 東京 🎉", "Plain")
GUID = "7e1c2b3a-4455-4666-8777-99aabbccddee"
ASKED = {"AllowCamera": False, "DevicePasswordEnabled": True, "RequireDeviceEncryption": True}


@pytest.fixture
def export(tmp_path: Path, formats: Formats) -> str:
    several = [policy(ASKED, gate=False, name=name) | {"Guid": ""} for name in NAMES]
    (tmp_path / "p.json").write_text(formats.json(several), encoding="utf-8")
    return "p.json"


def printed(directory: Path, encoding: str, *arguments: str) -> tuple[int, str, str]:
    """Run the program with such a standard output; return its exit code and what a reader of both streams reads."""
    done = run_here(directory, *arguments, encoding=encoding)
    return done.code, done.out, done.told


def fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def names_of(form: str, text: str, raw: bytes) -> set[str]:
    """Return the names of policies that a program reads out of a document."""
    if form == "csv":
        return {row["policy"] for row in csv.DictReader(io.StringIO(text))}
    if form == "junit":
        return set(etree.fromstring(raw).xpath("testsuite/@name"))
    found = json.loads(text)
    if form == "json":
        return {each["policy"] for each in found["verdicts"]}
    if form == "gitlab":
        return {name for each in found for name in NAMES if name in each["description"]}
    return {
        name for each in found["runs"][0]["results"] for name in NAMES if name in json.dumps(each, ensure_ascii=False)
    }


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("form", ["json", "sarif", "gitlab", "junit"])
def test_documents_parse_and_keep_names(form: str, encoding: str, export: str, tmp_path: Path) -> None:
    done = run_here(tmp_path, "check", export, "-d", "wp7", "-o", form, encoding=encoding)
    assert done.code == 1
    assert names_of(form, done.out, done.raw) == set(NAMES)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_table_keeps_names_or_is_refused(encoding: str, export: str, tmp_path: Path) -> None:
    code, out, told = printed(tmp_path, encoding, "check", export, "-d", "wp7", "-o", "csv")
    if encoding.startswith("utf"):
        assert names_of("csv", out.removeprefix("\ufeff"), b"") == set(NAMES)
    else:
        assert (code, out) == (2, "")
        assert f"standard output is in {encoding}, which cannot hold" in told
        assert "write -o csv=FILE" in told
    code, out, _ = printed(tmp_path, encoding, "check", f"{export}#Plain", "-d", "wp7", "-o", "csv")
    assert names_of("csv", out.removeprefix("\ufeff"), b"") == {"Plain"}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("form", ["text", "concise", "markdown", "github"])
def test_what_people_read_shows_names_or_says_why_not(form: str, encoding: str, export: str, tmp_path: Path) -> None:
    code, out, told = printed(tmp_path, encoding, "check", export, "-d", "wp7", "-o", form)
    assert code == 1
    for name in NAMES:
        shown = name in out.replace("%25", "%") or name in re.sub(r"\s+", " ", out)
        assert shown or "which lacks letters of what is told" in told, name
    # signs of our own need no letters
    assert "\\u2013" not in out.replace("\\u0141", "") or fits("–", encoding)
    alone = printed(tmp_path, encoding, "check", f"{export}#Plain", "-d", "wp7", "-o", form)
    assert "lacks letters" not in alone[2]
    assert "\\u" not in alone[1]
    assert "\\x" not in alone[1]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("guid", [GUID, ""])
@pytest.mark.parametrize("strategy", ["relax", "open-gate"])
def test_no_command_holds_a_damaged_name(
    strategy: str, guid: str, encoding: str, tmp_path: Path, formats: Formats
) -> None:
    name = "Łódź – 東京"
    (tmp_path / "p.json").write_text(
        formats.json([policy(ASKED, gate=False, name=name) | {"Guid": guid}]), encoding="utf-8"
    )
    code, out, told = printed(tmp_path, encoding, "fix", "p.json", "-d", "wp7", "--strategy", strategy)
    commands = [line for line in out.splitlines() if line and not line.startswith("#")]
    if fits(name, encoding):
        assert all(f"'{name}'" in line for line in commands)
    elif guid:
        assert all(f"'{guid}'" in line for line in commands)
        assert "so that commands name it by its Guid" in out
    else:
        assert (code, out) == (2, "")
        assert "write the script to a file in UTF-8" in told
    assert commands or code == 2


@pytest.mark.parametrize("encoding", ["cp437", "utf-8"])
def test_the_fix_of_a_finding_is_whole(encoding: str, export: str, tmp_path: Path) -> None:
    _, out, _ = printed(tmp_path, encoding, "check", export, "-d", "wp7", "--group", "line")
    fixes = [line for line in out.splitlines() if "fix: Set-" in line]
    assert fixes
    assert not any("\\" in line for line in fixes)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_pages_are_refused_where_they_would_be_damaged(encoding: str, export: str, tmp_path: Path) -> None:
    code, out, told = printed(tmp_path, encoding, "check", export, "-d", "wp7", "-o", "html")
    if encoding.startswith("utf"):
        assert all(name in out for name in NAMES)
    else:
        assert (code, out) == (2, "")
        assert "write -o html=FILE, which is in UTF-8" in told


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    "arguments",
    [
        ("explain", "camera"), ("explain", "ios"), ("devices", "common"), ("rules",), ("diff", "p.json", "p.json"),
        ("matrix", "p.json", "-d", "wp7"), ("merge", "p.json#Plain", "p.json#Außendienst"),
        ("fix", "p.json", "-d", "wp7"), ("collect",), ("check", "--help"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_every_command_can_be_read(arguments: tuple[str, ...], encoding: str, export: str, tmp_path: Path) -> None:
    code, out, told = printed(tmp_path, encoding, *arguments)
    assert code in (0, 1), told
    assert out or code == 0
    assert "Traceback" not in told
    assert "\\u2013" not in out


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    "command",
    [
        ("devices", "-o", "json"),
        ("rules", "-o", "json"),
        ("diff", "p.json", "p.json", "-o", "json"),
        ("matrix", "p.json", "-o", "json"),
        ("merge", "p.json#Plain", "p.json#Außendienst", "-o", "json"),
    ],
)
def test_every_json_parses(command: tuple[str, ...], encoding: str, export: str, tmp_path: Path) -> None:
    code, out, told = printed(tmp_path, encoding, *command)
    assert code in (0, 1), told
    loaded: Any = json.loads(out)
    assert loaded
