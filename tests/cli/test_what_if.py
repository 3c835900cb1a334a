"""One policy out of many, by --policy and FILE#Policy; and what would change, by --set."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from in_process import Done, run_here
from policies import policy

from policylint import values

Run = Callable[..., Done]

NAMES = ("Default", "Executives", "Kiosk#2")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the program in a directory without a configuration."""
    return partial(run_here, tmp_path)


@pytest.fixture
def export(tmp_path: Path) -> str:
    """An export of three policies in one organisation, none of which is the default one."""
    several = [
        {key: values.to_json(value) for key, value in policy(gate=False, name=name).items()}
        | {"IsDefaultPolicy": False, "Guid": f"00000000-0000-0000-0000-00000000000{number}"}
        for number, name in enumerate(NAMES)
    ]
    path = tmp_path / "three.json"
    path.write_text(json.dumps(several), encoding="utf-8")
    return str(path)


def judged(done: Any) -> list[str]:
    assert done.code in (0, 1), done.told
    return list(dict.fromkeys(each["policy"] for each in json.loads(done.out)["verdicts"]))


@pytest.mark.parametrize("command", ["check", "matrix"])
@pytest.mark.parametrize("name", ["Executives", "executives", "{00000000-0000-0000-0000-000000000001}"])
def test_one_policy_by_name_or_guid(command: str, name: str, export: str, run: Run) -> None:
    for arguments in ([export, "--policy", name], [f"{export}#{name}"]):
        told = run(command, *arguments, "-o", "json").out
        assert {each.split('"')[1] for each in told.split('"policy": ')[1:]} == {"Executives"}


def test_a_name_may_hold_a_hash(export: str, run: Run) -> None:
    assert judged(run("check", f"{export}#Kiosk#2", "-o", "json")) == ["Kiosk#2"]


def test_a_file_named_whole_and_in_part_is_read_whole(export: str, run: Run) -> None:
    assert judged(run("check", f"{export}#Executives", export, "-o", "json")) == list(NAMES)


def test_what_is_left_out_is_not_taken_to_be_gone(export: str, run: Run) -> None:
    # that no policy is the default one is true of the whole export, and told with its first policy only
    whole = [each["rule"] for each in json.loads(run("check", export, "-o", "json").out)["findings"]]
    part = json.loads(run("check", f"{export}#Default", f"{export}#Executives", "-o", "json").out)["findings"]
    assert {each["rule"] for each in part} <= set(whole)
    assert {each["policy"] for each in part} <= {"Default", "Executives"}


@pytest.mark.parametrize("command", ["check", "matrix", "fix", "diff"])
def test_a_name_that_nobody_has_ends_the_run(command: str, export: str, run: Run) -> None:
    arguments = [export, export] if command == "diff" else [export]
    done = run(command, *arguments, "--policy", "Executivs")
    assert done.code == 2
    # of a comparison, each side may lack it
    others = "" if command == "diff" else "; there are: 'Executives'"
    assert f"no policy 'Executivs'{others}" in done.told
    assert done.out == ""


def test_a_reference_to_no_policy_names_the_file(export: str, run: Run) -> None:
    done = run("check", f"{export}#Nobody")
    assert done.code == 2
    assert f"{export}: no policy 'Nobody'; there are:" in done.told


def test_a_reference_into_no_file(tmp_path: Path, run: Run) -> None:
    missing = f"{tmp_path}/none.xml#Default"
    assert f"{missing}: no such file or directory" in run("check", missing).told


def test_fix_speaks_of_one_policy_and_takes_no_name_of_another(tmp_path: Path, run: Run) -> None:
    asked = {"AllowCamera": False, "DevicePasswordEnabled": True}
    refusing = {key: values.to_json(value) for key, value in policy(asked, gate=False).items()}
    several = [{**refusing, "Name": name} for name in ("Default", "Other", "Default (wp7)")]
    path = tmp_path / "several.json"
    path.write_text(json.dumps(several), encoding="utf-8")
    done = run("fix", str(path), "--policy", "Default", "--strategy", "separate", "-d", "wp7")
    assert "Other" not in done.out
    assert "'Default (wp7) 2'" in done.out


def test_what_a_value_would_change_is_told_as_by_diff(export: str, run: Run) -> None:
    done = run("check", export, "--policy", "Default", "--set", "AllowCamera=$false", "-d", "wp7")
    assert done.code == 1
    assert "stricter  AllowCamera True → False" in done.out
    assert "accepted → refused" in done.out
    assert "Executives" not in done.out
    report = json.loads(
        run("check", export, "--policy", "Default", "--set", "AllowCamera=false", "-d", "wp7", "-o", "json").out
    )
    assert report["schema"] == "policylint/diff/1"
    assert [(each["old"], each["new"]) for each in report["policies"][0]["verdicts"]] == [("accepted", "refused")]


def test_access_that_changes_behind_one_verdict_is_told(export: str, run: Run) -> None:
    command = ["check", export, "--policy", "Default", "--set", "AllowConsumerEmail=false", "-d", "ios==18.0"]
    (changed,) = json.loads(run(*command, "-o", "json").out)["policies"]
    moved = changed["verdicts"] or changed["answers"]
    assert moved
    done = run(*command, "--set", "AllowUnsignedApplications=false")
    assert "→" in done.out


def test_it_is_the_export_that_holds_the_value(tmp_path: Path, export: str, run: Run) -> None:
    """To ask what would be, and to look at an export in which it is so, gives one answer."""
    wanted = {key: values.to_json(value) for key, value in policy({"MinDevicePasswordLength": 8}, gate=False).items()}
    path = tmp_path / "wanted.json"
    path.write_text(json.dumps(wanted | {"DevicePasswordEnabled": True}), encoding="utf-8")
    asked = run(
        "check", f"{export}#Default", "--set", "MinPasswordLength=8", "--set", "PasswordEnabled=true", "-o", "json"
    )
    compared = run("diff", export, str(path), "--policy", "Default", "-o", "json")
    (one,), (other,) = (json.loads(done.out)["policies"] for done in (asked, compared))
    for key in ("verdicts", "answers"):
        assert one[key] == other[key]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("MinPasswordLength", "write it as PROPERTY=VALUE"),
        ("MinPasLength=8", "is no setting of a mailbox policy; did you mean MinPasswordLength?"),
        ("Name=Other", "is no setting of a mailbox policy"),
        ("MinPasswordLength=99", "Exchange takes 1 to 16"),
        ("MinPasswordLength=long", "is not a whole number"),
        ("PasswordEnabled=$null", "cannot be empty"),
    ],
)
def test_what_cannot_be_set_ends_the_run(asked: str, message: str, export: str, run: Run) -> None:
    done = run("check", export, "--set", asked)
    assert done.code == 2
    assert message in done.told


def test_one_setting_has_one_value(export: str, run: Run) -> None:
    done = run("check", export, "--set", "MinPasswordLength=8", "--set", "MinDevicePasswordLength=9")
    assert done.code == 2
    assert "is set twice" in done.told


def test_two_policies_that_are_named_are_held_against_each_other(tmp_path: Path, run: Run) -> None:
    for file, name, camera in (("a", "Default", True), ("b", "Executives", False)):
        several = [policy({"AllowCamera": camera}, gate=False, name=each) for each in (name, "Another")]
        plain = [{key: values.to_json(value) for key, value in each.items() if key != "Guid"} for each in several]
        (tmp_path / f"{file}.json").write_text(json.dumps(plain), encoding="utf-8")
    done = run("diff", "a.json#Default", "b.json#Executives", "-d", "wp7")
    assert 'renamed  policy "Executives", before "Default"' in done.out
    assert "accepted → refused" in done.out
    assert "Another" not in done.out
    # without their names they are two policies
    assert "added" in run("diff", "a.json", "b.json", "-d", "wp7").out
