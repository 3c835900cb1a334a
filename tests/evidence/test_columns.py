"""What the pack says of the columns of inventories."""

import json
from pathlib import Path

import pytest
from conftest import SHARED

from policylint.knowledge import Knowledge, load
from policylint.knowledge.pack.reading import PackError

HEADERS = SHARED / "knowledge" / "inventory-headers.json"
MEANINGS = {
    "access state": "state",
    "agent": "agent",
    "client type": "client-type",
    "client version (EAS)": "eas-version",
    "device id": "id",
    "device identity (user + type + id)": "identity",
    "first sync": "first-sync",
    "last policy update": "last-policy-update",
    "last success": "last-success",
    "model": "model",
    "os": "os",
    "policy applied": "applied",
    "reason": "reason",
    "status (policy application)": "status",
    "type": "type",
}
USERS = {"user", "address", "principal", "login", "alias"}


def test_columns_of_public_inventories_mean_what_they_mean_there(knowledge: Knowledge) -> None:
    if not HEADERS.is_file():
        pytest.skip("the list of column names is not here")
    columns = json.loads(HEADERS.read_text(encoding="utf-8"))["columns"]
    devices = knowledge.evidence["devices"]
    for name, said in columns.items():
        for spelling in said["spellings"]:
            if "(" in spelling and ")" in spelling and " " in name and "Days" not in name:
                continue  # a name with a remark behind it
            found = set(devices.columns([spelling]).places)
            meaning = said["meaning"].split(", misspelt")[0]
            if meaning == "user":
                assert found <= USERS, spelling
                assert found, spelling
            elif meaning in MEANINGS:
                assert found == {MEANINGS[meaning]}, spelling
            elif meaning.startswith(("other", "friendly")):
                assert not found, spelling


@pytest.mark.parametrize("name", ["DeviceId", "deviceid", "DEVICEID", "Device ID", "device_id", " Device-Id "])
def test_case_blanks_and_signs_do_not_count(knowledge: Knowledge, name: str) -> None:
    assert set(knowledge.evidence["devices"].columns([name]).places) == {"id"}


def test_the_most_telling_column_comes_first(knowledge: Knowledge) -> None:
    columns = knowledge.evidence["devices"].columns(
        ["FirstSyncTime", "FirstSyncTimeUTC", "LastSync", "LastSuccessSync"]
    )
    assert (columns.places["first-sync"], columns.places["last-success"]) == ((1, 0), (3, 2))


def test_every_kind_has_a_command(knowledge: Knowledge) -> None:
    for kind in knowledge.evidence.values():
        assert kind.command().startswith("Get-")
        assert kind.command("exchange-2010").startswith("Get-")
        assert "Mobile" not in kind.command("exchange-2010")
    assert set(knowledge.evidence) == {"devices", "assignments", "accounts"}


def test_one_name_cannot_mean_two_things(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "own.toml").write_text(
        'kind = "accounts"\ntitle = "t"\ngives = "g"\ncosts = "c"\ncommands = { on-premises = "Get-ADUser" }\n'
        '[[columns]]\nmeans = "login"\nnames = ["Sam Name"]\nsources = ["ps-get-aduser"]\n'
        '[[columns]]\nmeans = "user"\nnames = ["SAMNAME"]\nsources = ["ps-get-aduser"]\n',
        encoding="utf-8",
    )
    with pytest.raises(PackError, match="SAMNAME is the same as Sam Name"):
        load(own=[tmp_path])
