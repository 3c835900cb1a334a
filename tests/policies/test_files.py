"""Where policies are found: in directories and archives, and never passed over in silence."""

import gzip
import io
import os
import sys
import zipfile
from pathlib import Path

import pytest
from formats import Formats
from policies import THREE, policy

from policylint.knowledge import Knowledge
from policylint.policies.files import Inputs, read_inputs

HIDDEN = {
    "a script": b"$x = @{ AllowCamera = $false }\nDo-Something @x\n",
    "a parameter": b"Invoke-It -AllowCamera $false\n",
    "an element": b"<settings>\n<AllowCamera>0</AllowCamera>\n</settings>\n",
    "a table": b"Our settings\n\n| AllowCamera | False | since May |\n| --- | --- | --- |\n",
    "columns": b"Site\tAllowCamera\nBerlin\n",
    "an assignment": b"allowcamera=0\n",
    "a configuration": b"[policy]\nAllowCamera = false\n",
    "a script that PowerShell would refuse": b"\nSet-MobileDeviceMailboxPolicy A -AllowCamera:\n",
    "a script that is cut off": b"if ($x) {\n  Set-MobileDeviceMailboxPolicy A @p\n",
    "a command that is worked out": b"Set-MobileDeviceMailboxPolicy A @(Get-It)\n",
    "a web page": b"<html><table>\n<tr><th>Name</th><th>AllowCamera</th></tr>\n<tr><td>A</td><td>False</td></tr>\n",
    "a list on a web page": b"<html><table>\n<tr><td>AllowCamera:</td><td>False</td></tr></table></html>\n",
    "a narrow table": b"Name    AllowCamera\n----    -----------\nDefault False\n",
    "an Atom feed": b"<entry>\n<d:AllowCamera m:type='Edm.Boolean'>false</d:AllowCamera></entry>\n",
    "what ldifde writes": b"dn: CN=A\nmsExchMobileFlags: 3\n",
    "what csvde writes": b'DN,objectClass,msExchMobileFlags\n"CN=A",x,3\n',
    "an object of the directory": b"DistinguishedName : CN=A\nmsExchMobileFlags : 3\n",
    "an object of the directory in JSON": b'{"Name": "A",\n"msExchMobileFlags": 3}\n',
    "an object of the directory in a table": b'"Name","msExchMobileFlags"\n"A","3"\n',
}
SPOKEN = {
    "a sentence": b"# Phones\n\nWe set AllowCamera, AllowWiFi and others.\n",
    "a question": b"What does `AllowCamera` do?\n",
    "a heading": b"AllowCamera:\n  what it does\n",
    "a page on the settings": b"<html><h1>AllowCamera</h1><table><tr><td>AllowCamera</td><td>tells whether</td></tr>\n",
}


def read(knowledge: Knowledge, *paths: "Path | str", skip: bool = False) -> Inputs:
    return read_inputs(list(map(str, paths)), knowledge.catalogue, max_bytes=1 << 20, skip_non_exports=skip)


def packed(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


class TestSilence:
    @pytest.mark.parametrize("kind", HIDDEN)
    def test_what_holds_a_property_and_cannot_be_read_is_an_error(
        self, kind: str, tmp_path: Path, knowledge: Knowledge
    ) -> None:
        (tmp_path / "x").write_bytes(HIDDEN[kind])
        for path in (tmp_path, tmp_path / "x"):
            found = read(knowledge, path, skip=True)
            assert [Path(error.path).name for error in found.errors] == ["x"]
            assert found.errors[0].line
            assert not any("no policy inside" in note for note in found.notes)

    @pytest.mark.parametrize("kind", SPOKEN)
    def test_what_only_speaks_of_one_is_named(self, kind: str, tmp_path: Path, knowledge: Knowledge) -> None:
        (tmp_path / "x").write_bytes(SPOKEN[kind])
        for path in (tmp_path, tmp_path / "x"):
            found = read(knowledge, path, skip=True)
            assert not found.errors
            assert any("it speaks of AllowCamera (line" in note for note in found.notes)
        assert read(knowledge, tmp_path / "x").errors

    def test_a_sentence_that_goes_on_with_a_command_is_no_script(self, tmp_path: Path, knowledge: Knowledge) -> None:
        (tmp_path / "x").write_text("To change it, take\nSet-MobileDeviceMailboxPolicy. It's easy, see Get-Help.\n")
        assert not read(knowledge, tmp_path / "x", skip=True).errors

    def test_a_user_of_the_directory_is_no_policy(self, tmp_path: Path, knowledge: Knowledge) -> None:
        (tmp_path / "x").write_bytes(b"dn: CN=Kim\nmsExchMobileMailboxPolicyLink: CN=A\nmsExchMobileMailboxFlags: 1\n")
        found = read(knowledge, tmp_path / "x", skip=True)
        assert not found.errors
        assert found.notes == [f"{tmp_path}/x: passed over, no policy inside"]

    def test_a_workbook_with_policies_is_an_error(self, tmp_path: Path, knowledge: Knowledge) -> None:
        parts = {"[Content_Types].xml": b"<Types/>", "xl/sharedStrings.xml": b"<sst><si><t>%b</t></si></sst>"}
        for name, cell in (("with", b"AllowCamera"), ("without", b"Camera"), ("prose", b"AllowCamera is False")):
            made = packed({part: text.replace(b"%b", cell) for part, text in parts.items()})
            (tmp_path / f"{name}.xlsx").write_bytes(made)
            (tmp_path / f"{name}.zip").write_bytes(packed({"inner.xlsx": made}))
        found = read(knowledge, tmp_path, skip=True)
        assert [error.path for error in found.errors] == [f"{tmp_path}/with.xlsx", f"{tmp_path}/with.zip/inner.xlsx"]
        assert all("AllowCamera" in error.message and "CSV" in error.message for error in found.errors)


class TestArchives:
    def test_the_exports_in_a_zip_are_read(self, tmp_path: Path, formats: Formats, knowledge: Knowledge) -> None:
        made = formats.all([policy(THREE)])
        files = {f"deep/{name}": text.encode() for name, text in made.items()}
        (tmp_path / "all.zip").write_bytes(packed({**files, "readme.txt": b"hello"}))
        for path in (tmp_path, tmp_path / "all.zip"):
            found = read(knowledge, path)
            assert [one.format for one in found.summary] == ["clixml", "convertxml", "csv", "json", "list"]
            assert {one.path for one in found.summary} == {f"{tmp_path}/all.zip/{name}" for name in files}
            assert not found.errors
            assert f"{tmp_path}/all.zip: 1 other file passed over, no policy inside" in found.notes

    def test_a_gzip_archive_is_read_under_its_name(
        self, tmp_path: Path, formats: Formats, knowledge: Knowledge
    ) -> None:
        (tmp_path / "p.csv.gz").write_bytes(gzip.compress(formats.csv([policy(THREE)]).encode()))
        found = read(knowledge, tmp_path / "p.csv.gz")
        assert [(one.path, one.format) for one in found.summary] == [(f"{tmp_path}/p.csv.gz", "csv")]

    def test_an_archive_without_policies(self, tmp_path: Path, knowledge: Knowledge) -> None:
        (tmp_path / "a.zip").write_bytes(packed({"x": b"hello"}))
        (tmp_path / "b.xlsx").write_bytes(packed({"[Content_Types].xml": b"<Types/>"}))
        (tmp_path / "c.gz").write_bytes(gzip.compress(b"hello"))
        assert len(read(knowledge, *sorted(tmp_path.iterdir())).errors) == 3
        skipped = read(knowledge, *sorted(tmp_path.iterdir()), skip=True)
        assert not skipped.errors
        assert len(skipped.notes) == 3

    def test_a_damaged_export_in_an_archive(self, tmp_path: Path, formats: Formats, knowledge: Knowledge) -> None:
        good = formats.clixml([policy(THREE)]).encode()
        inner = packed({"good.xml": good})
        (tmp_path / "a.zip").write_bytes(packed({"bad.xml": good[:2000], "good.xml": good, "inner.zip": inner}))
        found = read(knowledge, tmp_path / "a.zip")
        assert [one.path for one in found.summary] == [f"{tmp_path}/a.zip/good.xml"]
        assert [error.path for error in found.errors] == [
            f"{tmp_path}/a.zip/{name}" for name in ("bad.xml", "inner.zip")
        ]

    def test_a_bomb_is_refused(self, tmp_path: Path, knowledge: Knowledge) -> None:
        (tmp_path / "a.zip").write_bytes(packed({"a": b" " * (1 << 20), "b": b" "}))
        (tmp_path / "b.gz").write_bytes(gzip.compress(b" " * ((1 << 20) + 1)))
        named = read(knowledge, tmp_path)
        assert all("more than 1.0 MiB together" in error.message for error in named.errors)
        assert len(named.errors) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="file modes and long paths are others there")
class TestDirectories:
    def test_what_cannot_be_looked_into_hides_nothing(
        self, tmp_path: Path, formats: Formats, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "good.json").write_text(formats.json([policy(THREE)]), encoding="utf-8")
        (tmp_path / "closed").mkdir()
        scan = os.scandir

        def closed(path: str) -> "os._ScandirIterator[str]":
            if path.endswith("closed"):
                raise PermissionError(13, "Permission denied", path)
            return scan(path)

        monkeypatch.setattr("os.scandir", closed)
        found = read(knowledge, tmp_path)
        assert len(found.policies) == 1
        assert [str(error) for error in found.errors] == [f"{tmp_path}/closed: cannot be read: permission denied"]

    def test_very_deep_directories(self, tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        levels = 1300
        for _ in range(levels):
            os.mkdir("d")
            os.chdir("d")
        try:
            found = read(knowledge, tmp_path)
            assert found.errors
            assert not found.policies
        finally:  # too deep for those who tidy up
            for _ in range(levels):
                os.chdir("..")
                os.rmdir("d")

    @pytest.mark.parametrize("name", ["x" * 5000, "a\0b"])
    def test_names_that_cannot_be(self, name: str, knowledge: Knowledge) -> None:
        found = read(knowledge, name)
        assert [error.path for error in found.errors] == [name]
