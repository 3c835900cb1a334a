"""policylint merge as a user runs it: inputs, names, errors, lists of users, and what the outputs have in common."""

import csv
import io
import json
import os
import re
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


@pytest.fixture(autouse=True)
def files(tmp_path: Path, formats: Formats) -> None:
    """Two exports of one policy each, one of three, and one of two without a default."""
    one, other = policy(TWELVE, gate=False, name="Contoso"), policy(THREE, gate=True, name="Fabrikam")
    guid = "aaaaaaaa-0000-4000-8000-00000000000"
    three = [
        {**UNTOUCHED, "Name": "Sales", "Guid": guid + "1", "IsDefaultPolicy": False},
        {**UNTOUCHED, "Name": "Default", "Guid": guid + "2", "AllowCamera": False},
        {**UNTOUCHED, "Name": "Board #1", "Guid": guid + "3", "IsDefaultPolicy": False, "AllowWiFi": False},
    ]
    (tmp_path / "contoso.xml").write_text(formats.clixml([one]), encoding="utf-8")
    (tmp_path / "fabrikam.json").write_text(formats.json([other]), encoding="utf-8")
    (tmp_path / "three.csv").write_text(formats.csv(three), encoding="utf-8", newline="")
    (tmp_path / "none.json").write_text(formats.json([three[0], three[2]]), encoding="utf-8")
    (tmp_path / "odd#name.json").write_text(formats.json([three[1]]), encoding="utf-8")
    (tmp_path / "users.csv").write_text(
        "User;Policy;Account\nann;Sales;work\nann;Contoso;club\nbob;contoso.xml#Contoso;x\nbob;"
        f"{{{guid.upper()}1}};y\ncid;default;work\n",
        encoding="utf-16",
    )


def accounts(done: "subprocess.CompletedProcess[bytes]") -> list[tuple[str, str, str]]:
    assert done.returncode == 0, done.stderr
    return [(each["account"], each["policy"], each["path"]) for each in json.loads(done.stdout)["accounts"]]


class TestAccounts:
    def test_formats_may_be_mixed(self, run: Run) -> None:
        assert accounts(run("merge", "contoso.xml", "fabrikam.json", "three.csv", "-o", "json")) == [
            ("contoso", "Contoso", "contoso.xml"),
            ("fabrikam", "Fabrikam", "fabrikam.json"),
            ("three", "Default", "three.csv"),
        ]

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("three.csv#SALES", "Sales"),
            ("three.csv#Board #1", "Board #1"),
            ("three.csv#{AAAAAAAA-0000-4000-8000-000000000003}", "Board #1"),
            ("odd#name.json", "Default"),
            ("odd#name.json#default", "Default"),
        ],
    )
    def test_a_policy_goes_by_name_or_guid(self, run: Run, asked: str, found: str) -> None:
        assert accounts(run("merge", "contoso.xml", asked, "-o", "json"))[1][1] == found

    def test_names_are_given_or_made_unique(self, run: Run) -> None:
        named = ("--account", "Club=contoso.xml", "--account", "a=b=three.csv#Sales")
        assert run("merge", *named).returncode == 2  # b=three.csv is no file
        done = run(
            "merge", "contoso.xml", "three.csv#Sales", "three.csv", "--account", "contoso=fabrikam.json", "-ojson"
        )
        assert [name for name, _, _ in accounts(done)] == ["contoso#Contoso", "three#Sales", "three#Default", "contoso"]
        twice = run("merge", "contoso.xml", "contoso.xml", "-o", "json")
        assert [name for name, _, _ in accounts(twice)] == ["contoso#Contoso", "contoso#Contoso #2"]

    def test_stdin_is_read_once(self, run: Run, tmp_path: Path) -> None:
        data = (tmp_path / "three.csv").read_bytes()
        done = run("merge", "contoso.xml", "--account", "in=-#Sales", "-o", "json", stdin=data)
        assert accounts(done)[1] == ("in", "Sales", "<stdin>")
        assert b"once" in run("merge", "-", "-", stdin=data).stderr


class TestErrors:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            ((), ["two accounts"]),
            (("contoso.xml",), ["two accounts"]),
            (("contoso.xml", "missing.xml"), ["account missing: missing.xml: no such file"]),
            (("contoso.xml", "--account", "Club=missing.xml#P"), ["account Club: missing.xml: no such file"]),
            (("contoso.xml", "three.csv#Sale"), ["account three: three.csv: no policy 'Sale'", "there are: 'Sales', "]),
            (("contoso.xml", "none.json"), ["account none:", "none is marked as the default", "'Board #1'"]),
            (("contoso.xml", "."), ["is a directory"]),
            (("contoso.xml", "users.csv"), ["account users: users.csv"]),
            (("contoso.xml", "--account", "fabrikam.json"), ["NAME=FILE"]),
            (("--account", "a=contoso.xml", "--account", "a=fabrikam.json"), ["two accounts are called 'a'"]),
            (("contoso.xml", "fabrikam.json", "--device", "wp77"), ["wp7"]),
            (("contoso.xml", "fabrikam.json", "--server", "2016"), ["--device"]),
            (("contoso.xml", "fabrikam.json", "--rules", "no-such"), ["no such directory"]),
            (("--user", "users.csv"), ["files that hold the policies"]),
            (("contoso.xml", "--user", "users.csv", "--account", "a=b"), ["either"]),
            (("contoso.xml", "--user", "missing.csv"), ["missing.csv: no such file"]),
            (("contoso.xml", "missing.xml", "--user", "users.csv"), ["missing.xml: no such file"]),
            (("contoso.xml", "--user", "three.csv"), ["three.csv", "user, account and policy"]),
        ],
    )
    def test_2_with_one_line(self, run: Run, arguments: tuple[str, ...], said: list[str]) -> None:
        done = run("merge", *arguments)
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.count(b"\n") == 1
        for part in said:
            assert part in done.stderr.decode()

    def test_a_file_over_the_cap_is_refused(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "large.json").write_bytes(b'[{"AllowCamera": true}' + b" " * (1 << 20) + b"]")
        assert run("merge", "contoso.xml", "large.json", "--max-size", "2").returncode == 0
        done = run("merge", "contoso.xml", "large.json", "--max-size", "1")
        assert done.returncode == 2
        assert b"account large" in done.stderr


class TestExitCodes:
    @pytest.mark.parametrize("output", OUTPUTS)
    def test_0_without_devices(self, run: Run, output: str) -> None:
        done = run("merge", "contoso.xml", "fabrikam.json", "-o", output)
        assert (done.returncode, done.stderr) == (0, b"")

    @pytest.mark.parametrize("output", OUTPUTS)
    def test_1_if_a_server_refuses_a_device(self, run: Run, output: str) -> None:
        asked = ("merge", "contoso.xml", "fabrikam.json", "-d", "wp7", "-o", output)
        assert run(*asked).returncode == 1
        assert run(*asked, "--fail-on", "never").returncode == 0

    def test_0_if_no_server_does(self, run: Run) -> None:
        asked = ("merge", "fabrikam.json", "fabrikam.json", "-d", "wp7")
        assert run(*asked).returncode == 0
        assert run(*asked, "--fail-on", "warning").returncode == 1

    def test_the_gate_may_be_assumed(self, run: Run, formats: Formats) -> None:
        export = formats.json([policy(THREE, gate=None)]).encode()
        codes = [
            run("merge", "-", "fabrikam.json", "-d", "wp7", "--assume-gate", gate, stdin=export).returncode
            for gate in ("true", "false")
        ]
        assert codes == [0, 1]


def shown(page: str) -> int:
    """Count the settings in a text: names at the start of a line, broken ones by their first part."""
    tables = re.findall(r"^-{20,}\n((?:.+\n)+)", page, re.MULTILINE)
    return sum(len(re.findall(r"^[A-Z][A-Za-z]+ +\S", table, re.MULTILINE)) for table in tables)


@pytest.mark.parametrize("options", [(), ("--all",)])
def test_the_outputs_agree_on_the_settings(run: Run, options: tuple[str, ...]) -> None:
    pages = {
        output: run("merge", "contoso.xml", "fabrikam.json", "three.csv", *options, "-o", output).stdout.decode()
        for output in OUTPUTS
    }
    settings = json.loads(pages["json"])["settings"]
    rows = list(csv.DictReader(io.StringIO(pages["csv"])))
    assert [row["property"] for row in rows] == [setting["property"] for setting in settings]
    for row, setting in zip(rows, settings, strict=True):
        assert [row[f"{each['account']}: state"] for each in setting["accounts"]] == [
            each["state"] for each in setting["accounts"]
        ]
        assert row["decided by"] == ", ".join(setting["from"])
    gate_is_in_a_table = bool(options)
    tabled = {setting["property"] for setting in settings} - (
        set() if gate_is_in_a_table else {"AllowNonProvisionableDevices"}
    )
    assert set(re.findall(r"^\| `(\w+)` \|", pages["markdown"], re.MULTILINE)) == tabled
    assert shown(pages["text"]) >= len(tabled)
    assert pages["text"].count("AllowNonProvisionableDevices") >= 3
    assert len(settings) == len(tabled) + (not gate_is_in_a_table)


class TestUsers:
    FILES = ("contoso.xml", "three.csv", "--user", "users.csv")

    def test_equal_sets_are_merged_once(self, run: Run) -> None:
        done = run("merge", *self.FILES, "-o", "json")
        assert (done.returncode, done.stderr) == (0, b"")
        document = json.loads(done.stdout)
        assert document["users"] == [
            {"user": "ann", "accounts": ["club", "work"], "set": 0, "line": 2},
            {"user": "bob", "accounts": ["x", "y"], "set": 0, "line": 4},
            {"user": "cid", "accounts": ["work"], "set": 1, "line": 6},
        ]
        assert [len(each["accounts"]) for each in document["sets"]] == [2, 1]

    def test_a_row_that_is_repeated_is_no_second_account(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "rows.csv").write_text("user,account,policy\nann,a,Default\nann,a,Default\nAnn,b,Default\n")
        document = json.loads(run("merge", "three.csv", "--user", "rows.csv", "-o", "json").stdout)
        assert [(each["user"], each["accounts"]) for each in document["users"]] == [("ann", ["a", "b"])]

    def test_an_empty_list_is_no_reason_to_export_policies(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "empty.csv").touch()
        done = run("merge", "contoso.xml", "--user", "empty.csv")
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.decode().splitlines() == ["policylint: error: empty.csv: the file is empty"]

    @pytest.mark.parametrize("output", OUTPUTS)
    def test_an_unknown_policy_hides_no_other_user(self, run: Run, tmp_path: Path, output: str) -> None:
        rows = "user,account,policy\nann,a,Contoso\nbob,a,Salse\ncid,a,Sales\ncid\n"
        (tmp_path / "bad.csv").write_text(rows, encoding="utf-8")
        done = run("merge", "contoso.xml", "three.csv", "--user", "bad.csv", "-o", output)
        assert done.returncode == 2
        first, second = done.stderr.decode().splitlines()
        assert "bad.csv:3: user 'bob': no policy 'Salse'; there are: 'Sales'" in first
        assert "bad.csv:5:" in second
        assert b"ann" in done.stdout
        assert b"cid" in done.stdout
        assert b"bob" not in done.stdout

    def test_a_name_of_several_policies_is_not_guessed(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "twice.csv").write_text("user,account,policy\nann,a,Default\nbob,a,three.csv#Default\n")
        done = run("merge", "three.csv", "odd#name.json", "--user", "twice.csv", "-o", "json")
        assert done.returncode == 2
        assert b"twice.csv:2: user 'ann': 2 policies are called 'Default'" in done.stderr
        assert [each["user"] for each in json.loads(done.stdout)["users"]] == ["bob"]

    def test_the_outputs_agree_on_the_settings(self, run: Run) -> None:
        document = json.loads(run("merge", *self.FILES, "-o", "json").stdout)
        rows = list(csv.DictReader(io.StringIO(run("merge", *self.FILES, "-o", "csv").stdout.decode())))
        for user in document["users"]:
            wanted = [setting["property"] for setting in document["sets"][user["set"]]["settings"]]
            assert [row["property"] for row in rows if row["user"] == user["user"]] == wanted
        text = run("merge", *self.FILES).stdout.decode()
        assert "Set 1 of 2: 2 users (ann, bob)" in text
        assert "3 users, 2 distinct sets of policies" in text
        assert "### Set 2 of 2: 1 user" in run("merge", *self.FILES, "-o", "markdown").stdout.decode()

    @pytest.mark.parametrize("output", OUTPUTS)
    def test_devices_are_judged(self, run: Run, output: str) -> None:
        done = run("merge", "contoso.xml", "three.csv", "--user", "users.csv", "-d", "all", "-o", output)
        assert (done.returncode, done.stderr) == (1, b"")

    def test_the_list_may_come_from_stdin(self, run: Run, tmp_path: Path) -> None:
        data = (tmp_path / "users.csv").read_bytes()
        assert run("merge", "contoso.xml", "three.csv", "--user", "-", stdin=data).returncode == 0

    def test_a_reader_that_stops_early_is_no_error(self, tmp_path: Path) -> None:
        done = subprocess.run(
            f'"{sys.executable}" -m policylint merge three.csv contoso.xml --user users.csv -o csv | head -n 1',
            shell=True,
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=False,
        )
        assert done.stderr == b""


def test_an_export_cannot_write_on_the_terminal(run: Run, formats: Formats) -> None:
    export = formats.json([policy(THREE, gate=False, name="\x1b[31mred\x07\u202e\r\nx")]).encode()
    for output in OUTPUTS:
        asked = ("merge", "-", "contoso.xml", "--account", "=1\x1b\u202e=fabrikam.json", "-d", "wp7", "-o", output)
        printed = run(*asked, stdin=export).stdout.decode()
        assert not {"\x1b", "\x07", "\r"} & set(printed)
        assert output == "json" or "\u202e" not in printed


@pytest.mark.parametrize(("options", "coloured"), [((), False), (("--color", "always"), True)])
def test_colour(run: Run, options: tuple[str, ...], coloured: bool) -> None:
    assert (b"\x1b[" in run("merge", "contoso.xml", "fabrikam.json", *options).stdout) is coloured
