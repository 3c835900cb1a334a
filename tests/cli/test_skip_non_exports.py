"""Files that are no exports: passed over in directories and with --skip-non-exports; damaged exports never are."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from formats import Formats
from hypothesis import given
from hypothesis import strategies as st
from policies import THREE, UNTOUCHED, policy

from policylint.knowledge import Knowledge
from policylint.policies.files import read_inputs
from policylint.writing.style import printable

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]

OTHERS = {
    "tsconfig.json": b'{\n  // comments are allowed here\n  "compilerOptions": {"strict": true},\n}\n',
    "package.json": b'{"name": "web", "version": "1.0.0", "scripts": {"test": "jest"}}',
    "numbers.json": b"[1, 2, NaN]",
    "pom.xml": b'<?xml version="1.0"?>\n<project xmlns="http://maven.apache.org/POM/4.0.0"/>',
    "logback.xml": b'<?xml version="1.0"?>\n<!DOCTYPE logback>\n<configuration/>',
    "broken.xml": b"<Objs><open>",
    "broken.csv": b'"a","b"\n"1,"2"\n3\n',
    "columns.csv": b'"a","b"\n',
    "requirements.txt": b"lxml>=6.1\ntyper>=0.20,<0.29\n",
    "prose.txt": b"AllowCamera is a property of a mailbox policy.\n",
    "empty.txt": b"",
    "utf-16.txt": "Liebe Grüße\r\n".encode("utf-16"),
    "unmarked.txt": "Name : none\r\nof : these\r\n is a : policy".encode("utf-16-le"),
    "picture.json": b"\x89PNG\r\n\x1a\n\0\0",
    "large.csv": b'"a","b"\n' + b'"1","2"\n' * 150_000,
    "a name\nof two lines.json": b"{",
}
"""No exports: the first lines of files that lie in many repositories, some of them damaged themselves."""

COMMENT = b'{\n  // mine\n  "%s": true\n}'
DAMAGED = {
    "a comment in JSON": COMMENT % b"AllowNonProvisionableDevices",
    "the other spelling": COMMENT % b"PasswordEnabled",
    "another case": COMMENT % b"allowcamera",
    "UTF-16": (COMMENT % b"AllowCamera").decode().encode("utf-16"),
    "UTF-16 big endian": (COMMENT % b"AllowCamera").decode().encode("utf-16-be"),
    "a header without rows": b'"Name","AllowCamera"\r\n',
    "a DOCTYPE": b"<!DOCTYPE x><Objs><Obj><Props><B N='AllowCamera'>true</B></Props></Obj></Objs>",
    "a DOCTYPE behind other text": b"WARNING: cut\n<!doctype x><Objs><Obj><Props>"
    b"<B N='AllowCamera'>true</B></Props></Obj></Objs>",
    "no beginning": b"<Obj><Props><B N='AllowCamera'>true</B></Props></Obj></Objs>",
    "nothing but its type": b"<Objs><TN><T>Microsoft.Exchange.Data.Directory.SystemConfiguration.MobileMailboxPolicy",
    "too large": b'[{"AllowCamera": true}' + b" " * (1 << 20) + b"]",
}


def named_like(name: str, data: bytes, folder: Path) -> str:
    try:
        (folder / name).write_bytes(data)
    except OSError:
        pytest.skip("this file system has no such names")
    return name


@pytest.mark.parametrize("name", OTHERS)
def test_a_named_file_that_is_no_export_is_passed_over_with_a_note(run: Run, name: str, tmp_path: Path) -> None:
    named_like(name, OTHERS[name], tmp_path)
    done = run("check", "--skip-non-exports", "--max-size", "1", name)
    assert done.returncode == 0
    assert done.stderr.decode().startswith(f"policylint: note: {printable(name)}: passed over")
    assert done.stderr.count(b"\n") == 1
    assert run("check", "--max-size", "1", name).returncode == 2


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_export_is_an_error_named_or_not(run: Run, kind: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "damaged").write_bytes(DAMAGED[kind])
    for path in ("folder/damaged", "folder"):
        done = run("check", "--skip-non-exports", "--max-size", "1", path)
        assert done.returncode == 2
        assert done.stderr.startswith(b"policylint: error: folder/damaged:")
        assert done.stderr.count(b"\n") == 1


def test_a_directory_passes_over_the_same_files(run: Run, tmp_path: Path, formats: Formats) -> None:
    for name, data in OTHERS.items():
        named_like(name, data, tmp_path)
    (tmp_path / "good.json").write_text(formats.json([UNTOUCHED]), encoding="utf-8")
    done = run("check", ".", "--device", "wp7", "--max-size", "1")
    assert done.returncode == 0
    assert f"{len(OTHERS) - 1} other files passed over, no policy inside".encode() in done.stderr


def test_a_directory_without_exports_is_passed_over_only_by_the_option(run: Run, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# not an export\n")
    assert run("check", ".").returncode == 2
    done = run("check", ".", "--skip-non-exports")
    assert done.returncode == 0
    assert done.stderr == b"policylint: note: .: passed over, no policy inside\n"


def test_exports_among_the_others_are_judged(run: Run, tmp_path: Path, formats: Formats) -> None:
    (tmp_path / "bad.csv").write_text(formats.csv([policy(THREE, gate=False)]), encoding="utf-8")
    (tmp_path / "package.json").write_bytes(OTHERS["package.json"])
    done = run("check", "--skip-non-exports", "package.json", "bad.csv", "-d", "wp7")
    assert done.returncode == 1
    assert b"EAS101" in done.stdout


def test_many_others_are_told_in_one_line(run: Run, tmp_path: Path) -> None:
    names = [f"{number}.json" for number in range(9)]
    for name in names:
        (tmp_path / name).write_text("[]")
    done = run("check", "--skip-non-exports", *names)
    assert (
        done.stderr
        == b"policylint: note: 9 files passed over, no policy inside: 0.json, 1.json, 2.json, \xe2\x80\xa6\n"
    )


def test_a_missing_file_is_an_error_all_the_same(run: Run) -> None:
    done = run("check", "--skip-non-exports", "missing.json")
    assert done.returncode == 2
    assert b"no such file" in done.stderr


@given(data=st.data())
def test_an_export_cut_off_anywhere_behind_a_property_is_read_or_refused(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge, formats: Formats
) -> None:
    kind, text = data.draw(st.sampled_from(sorted(formats.all([policy(THREE)]).items())), label="format")
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]))
    first = text.index("DevicePasswordEnabled") + len("DevicePasswordEnabled") + 2
    whole = text.encode(encoding)
    cut = data.draw(st.integers(len(text[:first].encode(encoding)), len(whole)), label="cut")
    path = tmp_path_factory.getbasetemp() / f"cut.{kind}"
    path.write_bytes(whole[:cut])
    inputs = read_inputs([str(path)], knowledge.catalogue, max_bytes=1 << 20, skip_non_exports=True)
    assert inputs.policies or inputs.errors
