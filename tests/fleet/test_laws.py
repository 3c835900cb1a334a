"""Order, cutting and sharding of files change nothing; nor do case and rows that come twice; learning twice neither."""

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from fleets import csv_of, device, report_of, told, whole_policy, without_files, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from iis import IIS7, log_value

from policylint.evidence.logs import local
from policylint.fleet.learned_pack import write as write_pack
from policylint.knowledge import Knowledge, load
from policylint.session import load_knowledge

KINDS = ("ios 26.0", "ios 18", "windows-phone 7.0", "nine 2026")
ADDRESS = "{}@contoso.example"


def policies(knowledge: Knowledge) -> str:
    closed = whole_policy(knowledge, "Closed", gate=False, default=True, AllowCamera=False, DevicePasswordEnabled=True)
    opened = whole_policy(knowledge, "Open", gate=True, AllowBluetooth="Disable")
    return json.dumps([closed, opened])


def people(seed: int) -> tuple[list[dict[str, str]], list[dict[str, str]], list[str]]:
    """Devices, mailboxes and lines of logs, made up by a seed."""
    chance = random.Random(seed)
    rows, boxes, lines = [], [], []
    for number in range(24):
        user = f"user{number:02}"
        name = f"ID{number // 2 if number in (4, 5) else number:02}A"  # one device in two mailboxes
        kind = KINDS[number % 4]
        word = chance.choice(["took-all", "took-all", "took-part", "took-nothing", "refused", "silent"])
        applied = chance.choice(["Closed", "Open"])
        rows.append(device(name, kind, ADDRESS.format(user), word, applied))
        boxes.append(
            {"PrimarySmtpAddress": ADDRESS.format(user), "ActiveSyncMailboxPolicy": chance.choice(["", "Open"])}
        )
        for hour in chance.sample(range(24), 3):
            status, error = chance.choice([(1, ""), (1, ""), (142, "DeviceNotProvisioned"), (143, "PolicyRefresh")])
            said = log_value("2010", status, error)
            lines.append(
                f"2026-11-{chance.randint(2, 4):02} {hour:02}:{number:02}:00 10.0.0.{11 + number % 2} POST "
                f"/Microsoft-Server-ActiveSync/default.eas Cmd=Sync&User={user}&DeviceId={name}&Log={said} "
                f"443 CONTOSO\\{user} 192.0.2.{number % 3} Agent/1 200 0 0 12"
            )
    return rows, boxes, sorted(lines)


def log(lines: Sequence[str]) -> str:
    return "\n".join([f"#Fields: {IIS7}", *lines, ""])


def answer(folder: Path, knowledge: Knowledge, files: dict[str, str]) -> dict[str, Any]:
    return without_files(told(report_of(write(folder, files), knowledge, as_of=None)))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 999), st.randoms(use_true_random=False))
def test_order_cutting_case_and_repetition_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge, seed: int, chance: random.Random
) -> None:
    rows, boxes, lines = people(seed)
    plain = {"p.json": policies(knowledge), "d.csv": csv_of(rows), "m.csv": csv_of(boxes), "u.log": log(lines)}
    folder = tmp_path_factory.mktemp("fleet")
    expected = answer(folder / "plain", knowledge, plain)
    assert expected["devices"]
    assert expected["logs"]["histories"]
    chance.shuffle(rows)
    chance.shuffle(boxes)
    chance.shuffle(lines)
    at, cut, twice = chance.randint(1, 22), chance.randint(1, len(lines) - 1), chance.sample(rows, 3)
    other = {
        "1.log": log(lines[cut:]),
        "2.log": log(lines[:cut]),
        "a.csv": csv_of([*rows[at:], *twice]),
        "b.csv": csv_of(rows[:at]),
        "m.csv": csv_of([*boxes, boxes[0]]),
        "z.json": json.dumps(json.loads(policies(knowledge))[::-1]),
    }
    assert answer(folder / "other", knowledge, other) == expected
    shouted = {
        **plain,
        "m.csv": csv_of(
            [{key: value.upper() if "@" in value else value for key, value in each.items()} for each in boxes]
        ),
        "u.log": log(lines).replace("User=user", "User=CONTOSO%5CUSER"),
    }
    assert without_users(answer(folder / "shouted", knowledge, shouted)) == without_users(expected)


def without_users(made: dict[str, Any]) -> Any:
    """A report with all that names users in lower case: the spelling may be another, the user must not."""
    return json.loads(json.dumps(made).lower())


def test_processes_and_saved_states_change_nothing(
    tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "LITTLE", 0)
    rows, boxes, lines = people(7)
    files = {"p.json": policies(knowledge), "d.csv": csv_of(rows), "m.csv": csv_of(boxes)}
    whole = write(tmp_path / "whole", {**files, "u1.log": log(lines[:20]), "u2.log": log(lines[20:])})
    expected = without_files(told(report_of(whole, knowledge)))
    assert without_files(told(report_of(whole, knowledge, jobs=2))) == expected
    first = write(tmp_path / "first", {**files, "u1.log": log(lines[:20])})
    report_of(first, knowledge, save=str(tmp_path / "kept.json"))
    second = write(tmp_path / "second", {**files, "u2.log": log(lines[20:])})
    assert without_files(told(report_of(second, knowledge, resume=str(tmp_path / "kept.json")))) == expected
    again = write(tmp_path / "again", {**files, "u1.log": log(lines[:20]), "u2.log": log(lines[20:])})
    assert without_files(told(report_of(again, knowledge, resume=str(tmp_path / "kept.json")))) == expected


def test_states_are_kept_without_names_where_pseudonyms_are_asked_for(tmp_path: Path, knowledge: Knowledge) -> None:
    rows, boxes, lines = people(7)
    files = {"p.json": policies(knowledge), "d.csv": csv_of(rows), "m.csv": csv_of(boxes)}
    key = {"key": b"0123456789abcdef"}
    whole = write(tmp_path / "whole", {**files, "u.log": log(lines)})
    expected = told(report_of(whole, knowledge, **key))
    assert not any(each in json.dumps(expected) for each in ("user0", "ID0"))
    first = write(tmp_path / "first", {**files, "u1.log": log(lines[:20])})
    kept = tmp_path / "kept.json"
    report_of(first, knowledge, save=str(kept), **key)
    assert "user" in kept.read_text(encoding="utf-8")
    assert not any(each in kept.read_text(encoding="utf-8") for each in ("user0", "ID0", "id0"))
    second = write(tmp_path / "second", {**files, "u2.log": log(lines[20:])})
    made = told(report_of(second, knowledge, resume=str(kept), **key))
    assert without_files(made)["devices"] == without_files(expected)["devices"]


def learning_fleet(knowledge: Knowledge) -> dict[str, str]:
    """Three policies on four phones of which next to nothing is known: two settings are taken, one is refused."""
    made = [
        whole_policy(knowledge, "Camera", gate=False, AllowCamera=False),
        whole_policy(knowledge, "Wifi", gate=False, AllowWiFi=False, AllowCamera=False),
        whole_policy(knowledge, "Bluetooth", gate=False, AllowCamera=False, AllowBluetooth="Disable"),
    ]
    seen = {"Camera": "took-all", "Wifi": "took-all", "Bluetooth": "refused"}
    rows = [
        device(f"{name}{number}", "nine 2026", f"{name} {number}", word, name)
        for name, word in seen.items()
        for number in range(4)
    ]
    return {"p.json": json.dumps(made), "d.csv": csv_of(rows)}


def test_with_what_was_learned_every_device_is_as_predicted(tmp_path: Path, knowledge: Knowledge) -> None:
    evidence, pack = write(tmp_path / "evidence", learning_fleet(knowledge)), tmp_path / "pack"
    first = report_of(evidence, knowledge)
    made = told(first)
    assert [(each["property"], each["value"], each["support"], each["devices"]) for each in made["learned"]] == [
        ("AllowBluetooth", "Disable", "blocks", 4),
        ("AllowCamera", False, "accepted", 8),
        ("AllowWiFi", False, "accepted", 4),
    ]
    assert {row["standing"] for row in made["devices"]} == {"learned"}
    write_pack(first, pack)
    text = (pack / "observed.toml").read_text(encoding="utf-8")
    again = report_of(evidence, load_knowledge([pack]))
    assert told(again)["learned"] == []
    assert {row["standing"] for row in told(again)["devices"]} == {"confirmed"}
    write_pack(again, pack)
    assert (pack / "observed.toml").read_text(encoding="utf-8") == text


def test_a_policy_that_asks_nothing_shows_that_a_release_provisions(tmp_path: Path, knowledge: Knowledge) -> None:
    rows = [device(f"N{number}", "nine 2026", f"User {number}", "took-all", "Nothing") for number in range(3)]
    files = {"p.json": json.dumps([whole_policy(knowledge, "Nothing", gate=False)]), "d.csv": csv_of(rows)}
    evidence, pack = write(tmp_path / "evidence", files), tmp_path / "pack"
    first = report_of(evidence, knowledge)
    assert {(row["access"], row["standing"]) for row in told(first)["devices"]} == {("maybe", "learned")}
    write_pack(first, pack)
    again = told(report_of(evidence, load_knowledge([pack])))
    assert {(row["access"], row["standing"]) for row in again["devices"]} == {("let-in", "confirmed")}
    assert again["learned"] == []


def test_what_was_learned_before_stays_unless_devices_now_did_otherwise(tmp_path: Path, knowledge: Knowledge) -> None:
    pack = tmp_path / "pack"
    files = learning_fleet(knowledge)
    write_pack(report_of(write(tmp_path / "first", files), knowledge), pack)
    later = whole_policy(knowledge, "Later", gate=False, AllowBluetooth="Disable")
    rows = [device(f"L{number}", "nine 2026", f"L {number}", "took-all", "Later") for number in range(3)]
    second = write(tmp_path / "second", {"p.json": json.dumps([later]), "d.csv": csv_of(rows)})
    write_pack(report_of(second, load_knowledge([pack])), pack)
    target = next(target for target in load(own=[pack]).targets if target.label == "nine 2026")
    catalogue = knowledge.catalogue
    found = {
        (key, value): target.cell(key).at(catalogue[key], catalogue[key].written(value)).support
        for key, value in (("AllowBluetooth", "Disable"), ("AllowCamera", False), ("AllowWiFi", False))
    }
    assert set(found.values()) == {"accepted"}
