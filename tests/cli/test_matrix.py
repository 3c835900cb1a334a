"""policylint matrix as a user runs it: exit codes, streams, usage, and what the four outputs have in common."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT
from formats import Formats
from policies import THREE, TWELVE, UNTOUCHED, policy

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]

OUTPUTS = ("text", "json", "csv", "markdown")


@pytest.fixture
def export(tmp_path: Path, formats: Formats) -> str:
    """A policy that shuts Windows Phone 7 out, and one that hurts nobody."""
    made = [policy(TWELVE, THREE, gate=False, name="Bad"), {**UNTOUCHED, "Name": "Good"}]
    (tmp_path / "export.xml").write_text(formats.clixml(made), encoding="utf-8")
    return "export.xml"


class TestExitCodes:
    @pytest.mark.parametrize("output", OUTPUTS)
    def test_0_whatever_it_shows(self, run: Run, export: str, output: str) -> None:
        done = run("matrix", export, "-d", "wp7", "-o", output)
        assert done.returncode == 0
        assert done.stderr == b""
        assert b"refused" in done.stdout

    @pytest.mark.parametrize("output", OUTPUTS)
    def test_0_for_a_property(self, run: Run, output: str) -> None:
        done = run("matrix", "--property", "RequireDeviceEncryption", "-d", "wp7", "-o", output)
        assert done.returncode == 0
        assert done.stderr == b""
        assert b"blocks" in done.stdout

    def test_2_loses_nothing_that_could_be_read(self, run: Run, export: str) -> None:
        done = run("matrix", export, "missing.xml", "-d", "wp7")
        assert done.returncode == 2
        assert b"refused" in done.stdout
        assert b"missing.xml: no such file or directory" in done.stderr

    def test_2_and_no_table_where_nothing_could_be_read(self, run: Run) -> None:
        done = run("matrix", "missing.xml", "-d", "wp7")
        assert (done.returncode, done.stdout) == (2, b"")

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            ((), b"nothing to show"),
            (("export.xml", "--property", "AllowCamera"), b"not both"),
            (("--property", "AllowCamra"), b"AllowCamera"),
            (("--property", "camera"), b"did you mean AllowCamera?"),
            (("--property", "DisableRemovableStorag"), b"DisableRemovableStorage"),
            (("--property", ""), b"unknown property"),
            (("--property", "Guid"), b"nothing of a device"),
            (("--property", "AllowCamera", "-d", "wp77"), b"wp7"),
            (("export.xml", "-d", "wp77"), b"wp7"),
            (("--property", "AllowCamera", "--assume-gate", "true"), b"go with exports"),
            (("--property", "AllowCamera", "--server", "x"), b"go with exports"),
            (("export.xml", "--server", "no-such-server"), b"no-such-server"),
            (("export.xml", "--rules", "no-such-directory"), b"no such directory"),
            (("--property", "AllowCamera", "--rules", "no-such-directory"), b"no such directory"),
        ],
    )
    def test_2_with_one_line(self, run: Run, export: str, arguments: tuple[str, ...], said: bytes) -> None:
        done = run("matrix", *arguments)
        assert (done.returncode, done.stdout) == (2, b"")
        assert said in done.stderr
        assert done.stderr.count(b"\n") == 1


class TestOptions:
    def test_the_gate_may_be_assumed(self, run: Run, formats: Formats) -> None:
        listing = formats.json([policy(THREE, gate=None)]).encode()
        verdicts = {
            gate: json.loads(
                run("matrix", "-", "-d", "wp7", "-o", "json", "--assume-gate", gate, stdin=listing).stdout
            )["cells"][0]["verdict"]
            for gate in ("true", "false")
        }
        assert verdicts == {"true": "weakened", "false": "refused"}

    def test_a_file_over_the_cap_is_refused(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "large.json").write_bytes(b'[{"AllowCamera": true}' + b" " * (1 << 20) + b"]")
        assert run("matrix", "large.json", "--max-size", "2").returncode == 0
        assert run("matrix", "large.json", "--max-size", "1").returncode == 2

    def test_notes_go_to_stderr(self, run: Run, formats: Formats) -> None:
        listing = formats.listing([policy(TWELVE, THREE, gate=False)])
        done = run("matrix", "-", "-d", "wp7", stdin=listing.encode())
        assert b"note" in done.stderr
        assert b"note" not in done.stdout

    @pytest.mark.parametrize(("options", "coloured"), [((), False), (("--color", "always"), True)])
    def test_colour(self, run: Run, export: str, options: tuple[str, ...], coloured: bool) -> None:
        for shown in ((export,), ("-p", "AllowCamera")):
            assert (b"\x1b[" in run("matrix", *shown, "-d", "wp7", *options).stdout) is coloured

    @pytest.mark.parametrize("name", ["AllowStorageCard", "allowstoragecard", "DisableRemovableStorage"])
    def test_a_property_goes_by_all_of_its_names(self, run: Run, name: str) -> None:
        document = json.loads(run("matrix", "-p", name, "-d", "wp7", "-o", "json").stdout)
        assert document["property"] == "AllowStorageCard"

    def test_a_name_that_means_the_opposite_is_told(self, run: Run) -> None:
        title = run("matrix", "-p", "DisableRemovableStorage", "-d", "wp7").stdout.replace(b"\n", b" ")
        assert b"asked for as DisableRemovableStorage: True there is False here" in title
        assert b"True there" not in run("matrix", "-p", "AllowStorageCard", "-d", "wp7").stdout

    def test_a_reader_that_stops_early_is_no_error(self, tmp_path: Path, export: str) -> None:
        done = subprocess.run(
            f'"{sys.executable}" -m policylint matrix {export} -d all -o csv | head -n 1',
            shell=True,
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=False,
        )
        assert done.stderr == b""


def test_it_agrees_with_check(run: Run, export: str) -> None:
    checked = json.loads(run("check", export, "-d", "all", "-o", "json").stdout)
    shown = json.loads(run("matrix", export, "-d", "all", "-o", "json").stdout)
    assert shown["cells"] == checked["verdicts"]
    assert shown["targets"] == checked["targets"]
    assert shown["inputs"] == checked["inputs"]
    assert shown["tool"] == checked["tool"]


def test_an_export_cannot_write_on_the_terminal(run: Run, formats: Formats) -> None:
    export = formats.json([policy(THREE, gate=False, name="\x1b[31mred\x07\u202e\r\nx")]).encode()
    for output in OUTPUTS:
        printed = run("matrix", "-", "-d", "wp7", "-o", output, stdin=export).stdout.decode()
        assert not {"\x1b", "\x07", "\r"} & set(printed)
        # JSON has names to the letter; the others are read on terminals
        assert output == "json" or "\u202e" not in printed


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_no_name_is_a_formula(run: Run, formats: Formats, name: str) -> None:
    export = formats.json([policy(name=name)]).encode()
    done = run("matrix", "-", "-d", "wp7", "-o", "csv", stdin=export)
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert len(rows) == 3
    assert all(row["policy"].startswith("'") for row in rows)
