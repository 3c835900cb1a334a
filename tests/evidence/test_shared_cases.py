"""Evidence as administrators and a real PowerShell have it: what joining finds, before anything is concluded."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import SHARED

from policylint.evidence.fleet import Device
from policylint.evidence.joining import joined
from policylint.evidence.reading import read_evidence
from policylint.knowledge import Knowledge
from policylint.knowledge.agents import Agents

FIELD = SHARED / "exports" / "evidence-field"
FLEET = SHARED / "exports" / "powershell-fleet"
CASES = sorted(path.parent for path in FIELD.glob("*/case.json"))
FORMS = sorted(path for path in FLEET.glob("*") if path.is_dir()) if FLEET.is_dir() else []
STATUS = {"took-all": "AppliedInFull", "took-part": "PartiallyApplied", "external": "ExternallyManaged"}


def nothing_here(reason: str) -> Any:
    return pytest.param(None, marks=pytest.mark.skip(reason=reason))


@pytest.mark.parametrize(
    "folder", CASES or [nothing_here("the field cases are not here")], ids=lambda path: path and path.name
)
def test_field_cases(folder: Path, knowledge: Knowledge, agents: Agents) -> None:
    case = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    paths = sorted(str(path) for path in folder.iterdir() if path.name != "case.json")
    evidence = read_evidence(paths, knowledge, max_bytes=1 << 26)
    fleet = joined(evidence, knowledge, agents)
    assert set(case.get("kinds", ())) <= evidence.kinds | ({"logs"} if evidence.logs else set())
    by_id = fleet.by_id()
    assert not {unwanted.casefold() for unwanted in case.get("absent", ())} & set(by_id)
    labels = {user.label.casefold() for user in fleet.users}
    assert {user["user"].casefold() for user in case.get("users", ())} <= labels
    if case["exit"] == [2]:
        assert not evidence.reads
        assert evidence.errors
    if not evidence.logs:
        for wanted in case.get("devices", ()):
            assert any(_fits(device, wanted) for device in by_id[wanted["device"].casefold()]), wanted


def _fits(device: Device, wanted: dict[str, str]) -> bool:
    seen = wanted.get("seen")
    return (
        wanted.get("user", "").casefold() in device.user.label.casefold()
        and ("policy" not in wanted or (device.policy is not None and device.policy.name == wanted["policy"]))
        and ("family" not in wanted or wanted["family"] in {each.family.id for each in device.identification.targets})
        and (seen not in STATUS or device.status == STATUS[seen])
        and (seen is None or (seen == "refused") == ((device.state, device.reason) == ("Blocked", "Policy")))
        and (seen != "took-nothing" or (device.synced and device.status == "NotApplied"))
    )


@pytest.mark.parametrize(
    "folder", FORMS or [nothing_here("the fleet is not here")], ids=lambda path: path and path.name
)
def test_a_fleet_of_a_real_powershell(folder: Path, knowledge: Knowledge, agents: Agents) -> None:
    truth = json.loads((FLEET / "truth.json").read_text(encoding="utf-8-sig"))
    evidence = read_evidence([str(folder)], knowledge, max_bytes=1 << 26)
    assert not evidence.errors
    fleet = joined(evidence, knowledge, agents)
    whole = folder.name != "select-csv"
    users = {user["name"]: user for user in truth["users"]}
    changed = {policy["name"]: datetime.fromisoformat(policy["whenChangedUtc"] + "Z") for policy in truth["policies"]}
    assert len(fleet.users) == len(users)
    assert {device.id for device in fleet.devices} == {device["id"] for device in truth["devices"]}
    for wanted in truth["devices"]:
        (device,) = fleet.by_id()[wanted["id"].casefold()]
        user = users[wanted["user"]]
        assert device.user.label == f"{user['sam']}@contoso.example"
        assert device.user.mailbox is not None
        assert device.user.mailbox.enabled is user["activeSyncEnabled"]
        assert device.policy is not None
        assert (device.policy.name, device.assigned) == (wanted["policy"], "assigned")
        assert (device.state, device.reason, device.status) == (wanted["state"], wanted["reason"], wanted["status"])
        assert (device.type, device.os, device.agent) == (wanted["type"], wanted["os"], wanted["agent"])
        assert device.synced is (wanted["lastSuccessUtc"] is not None)
        if whole:
            assert device.user.account is not None
            assert (device.user.account.protection == "protected") is user["protected"]
            assert device.policy.changed is not None
            assert abs(device.policy.changed.at - changed[wanted["policy"]]) < timedelta(days=1)
            for mine, name in (
                (device.first_sync, "firstSyncUtc"),
                (device.last_success, "lastSuccessUtc"),
                (device.last_policy_update, "lastPolicyUpdateUtc"),
            ):
                assert (mine is None) is (wanted[name] is None)
                assert mine is None or abs(mine.at - datetime.fromisoformat(wanted[name] + "Z")) < timedelta(days=1)
