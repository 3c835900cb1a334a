"""What is told of a fleet: the stories that administrators published, and what stands beside them."""

import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from fleets import csv_of, device, whole_policy
from iis import IIS7

from policylint.knowledge import Knowledge

Fleet = Callable[..., dict[str, Any]]


def rules(made: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {finding["rule"]: finding for finding in made["findings"]}


SEED = (
    "2011-08-30 10:09:31 172.16.10.12 OPTIONS /Microsoft-Server-ActiveSync/default.eas "
    "User=kim&DeviceId=d849cec9be024c828b9af73da93bb59b&DeviceType=htcbravo&Log=LdapC2_Error:"
    "UserPrincipalCouldNotBeFound_Dc:dc.contoso.example_Budget:(D)Conn%3a1%2cHangingConn%3a0%2cAD%3a%24null%2f%24null"
    "%2f0%25%2cFC%3a1000%2f0%2cPolicy%3aDefaultThrottlingPolicy%5Fe205201e%2cNorm%5bResources%3a(DC)dc.contoso.example"
    "(Health%3a-1%25%2cHistLoad%3a0)%2c%5d_ 443 contoso\\kim 192.0.2.149 Android-EAS/0.1 403 0 0 124"
)
"""A line in the form of the one that the first article on it shows."""


@pytest.mark.parametrize("status", ["403", "500"])
def test_a_protected_account_is_told_with_its_cure(status: str, fleet: Fleet) -> None:
    log = f"#Fields: {IIS7}\n{SEED.replace(' 403 0 0 ', f' {status} 0 0 ')}\n"
    users = "SamAccountName,adminCount,AreAccessRulesProtected\nkim,1,True\n"
    made = fleet({"u_ex110830.log": log, "users.csv": users})
    (found,) = made["devices"]
    assert (found["user"], found["history"], found["seen"]) == ("kim", "blocked-otherwise", "silent")
    told = rules(made)["EAS607"]
    assert told["severity"] == "error"
    assert "UserPrincipalCouldNotBeFound" in told["message"]
    assert "AdminSDHolder protects the account" in told["message"]
    assert "as happens where" in rules(fleet({"u_ex110830.log": log, "users.csv": "a,b\n1,2\n"}))["EAS607"]["message"]


def test_a_success_since_ends_the_story(fleet: Fleet) -> None:
    later = (
        "2011-08-30 10:12:31 172.16.10.12 POST /Microsoft-Server-ActiveSync/default.eas "
        "Cmd=Sync&User=kim&DeviceId=d849cec9be024c828b9af73da93bb59b&DeviceType=htcbravo&Log=V121_S1_ "
        "443 contoso\\kim 192.0.2.149 Android-EAS/0.1 200 0 0 124"
    )
    assert "EAS607" not in rules(fleet({"u_ex110830.log": f"#Fields: {IIS7}\n{SEED}\n{later}\n"}))


def hits(server_of: Callable[[int, int], int]) -> dict[str, str]:
    """Logs of two servers: four addresses of carriers with six phones each, and who goes where."""
    lines: dict[int, list[str]] = {1: [], 2: []}
    for address in range(4):
        for phone in range(6):
            server = server_of(address, phone)
            for hour in range(8, 12):
                lines[server].append(
                    f"2012-02-06 {hour:02}:{phone:02}:00 10.0.0.1{server} POST /Microsoft-Server-ActiveSync "
                    f"Cmd=Sync&User=u{address}{phone}&DeviceId=D{address}{phone}&DeviceType=WP&Log=V140_S1_ 443 "
                    f"CONTOSO\\u{address}{phone} 192.0.2.{address} MSFT-WP/7.0.7004 200 0 0 9"
                )
    return {
        f"cas{server}/u_ex120206.log": f"#Fields: {IIS7}\n" + "\n".join(each) + "\n" for server, each in lines.items()
    }


def test_the_affinity_story(fleet: Fleet) -> None:
    """Behind one carrier's few addresses all phones were on one server, until the balancer went by the header."""
    by_address = fleet(hits(lambda address, phone: 2 if address == 3 else 1))
    assert by_address["affinity"] == "source-ip"
    assert by_address["servers"][0] == {"server": "10.0.0.11", "devices": 18, "share": 0.75}
    told = rules(by_address)["EAS608"]
    assert told["spelling"] == "10.0.0.11"
    assert "18 of 24 devices (75%)" in told["message"]


def test_no_affinity_finding_after_the_switch_to_the_header(fleet: Fleet) -> None:
    by_header = fleet(hits(lambda address, phone: 1 + (address + phone) % 2))
    assert by_header["affinity"] == "user"
    assert "EAS608" not in rules(by_header)


def test_one_device_in_two_mailboxes_obeys_both_policies(fleet: Fleet, knowledge: Knowledge) -> None:
    loose = whole_policy(knowledge, "Loose", gate=False, default=True)
    strict = whole_policy(knowledge, "Strict", gate=False, RequireDeviceEncryption=True)
    rows = [
        device("ABC", "windows-phone 7.0", "nia@contoso.example"),
        device("abc", "windows-phone 7.0", "per@contoso.example"),
        device("DEF", "windows-phone 7.0", "nia@contoso.example"),
    ]
    boxes = "PrimarySmtpAddress,ActiveSyncMailboxPolicy\nnia@contoso.example,Loose\nper@contoso.example,Strict\n"
    made = fleet({"p.json": json.dumps([loose, strict]), "d.csv": csv_of(rows), "m.csv": boxes})
    assert made["population"]["devices"] == 2
    by = {(row["user"], str(row["device"]).lower()): row for row in made["devices"]}
    assert len(by) == 3
    owner = by["nia@contoso.example", "abc"]
    assert (owner["policy"], owner["access"], owner["shared"]) == ("Loose", "refused", True)
    assert by["per@contoso.example", "abc"]["access"] == "refused"
    assert by["nia@contoso.example", "def"]["access"] != "refused"
    message = rules(made)["EAS610"]["message"]
    assert '"Loose" and "Strict" are merged' in message
    assert "nia@contoso.example" in message
    assert "per@contoso.example" in message


def test_policies_of_nobody_and_users_without_one(fleet: Fleet, knowledge: Knowledge) -> None:
    made = [whole_policy(knowledge, "Board", gate=False), whole_policy(knowledge, "Old", gate=False)]
    boxes = (
        "PrimarySmtpAddress,ActiveSyncMailboxPolicy,ActiveSyncEnabled\n"
        "nia@contoso.example,Board,True\nper@contoso.example,,True\noff@contoso.example,,False\n"
    )
    told = fleet({"p.json": json.dumps(made), "m.csv": boxes})
    of_nobody = [finding["policy"] for finding in told["findings"] if finding["rule"] == "EAS611"]
    assert of_nobody == ["Old"]
    assert rules(told)["EAS612"]["message"].startswith("1 user with 0 devices")
    restricted = fleet({"p.json": json.dumps(made), "m.csv": boxes}, devices="wp7")
    assert not restricted["findings"]


def test_a_restriction_keeps_devices_that_may_be_one_of_these(fleet: Fleet, knowledge: Knowledge) -> None:
    row = {**device("ABC", "windows-phone 7.0", "nia"), "DeviceOS": "", "DeviceUserAgent": ""}
    files = {"p.json": json.dumps([whole_policy(knowledge, "P", gate=True, default=True)]), "d.csv": csv_of([row])}
    (whole,) = fleet(files)["devices"]
    assert len(whole["targets"]) > 1
    (one,) = fleet(files, devices="windows-phone==7.0")["devices"]
    assert one["targets"] == whole["targets"]
    assert fleet(files, devices="ios")["devices"] == []


def test_users_without_activesync_are_counted(fleet: Fleet) -> None:
    boxes = "PrimarySmtpAddress,ActiveSyncMailboxPolicy,ActiveSyncEnabled\nnia@contoso.example,P,False\n"
    assert any(note.startswith("1 user without ActiveSync") for note in fleet({"m.csv": boxes})["notes"])


def test_known_faults_are_told_where_their_condition_holds(fleet: Fleet, knowledge: Knowledge) -> None:
    def told(interval: str) -> list[str]:
        policy = whole_policy(knowledge, "P", gate=True, default=True, DevicePolicyRefreshInterval=interval)
        row = {**device("ABC", "ios 26.0", "nia"), "DeviceType": "Android", "DeviceOS": "Android 4.1.2"}
        row["DeviceUserAgent"] = "Android/4.1.2-EAS-1.3"
        made = fleet({"p.json": json.dumps([policy]), "d.csv": csv_of([row])})
        return [each["message"] for each in made["findings"] if each["rule"] == "EAS609"]

    assert any("143" in message for message in told("1.00:00:00"))
    assert not any("143" in message for message in told("Unlimited"))


def names_in(texts: Iterable[str], made: dict[str, Any]) -> set[str]:
    whole = json.dumps(made["findings"]) + json.dumps(made["notes"])
    return {text for text in texts if text in whole}


def test_a_refusal_names_the_settings_and_no_person_unasked(fleet: Fleet, knowledge: Knowledge) -> None:
    policy = whole_policy(knowledge, "Closed", gate=False, default=True, RequireDeviceEncryption=True)
    rows = [device("ABC", "windows-phone 7.0", "Nia Okafor", "refused")]
    files = {"p.json": json.dumps([policy]), "d.csv": csv_of(rows)}
    made = fleet(files)
    told = rules(made)["EAS601"]
    assert (told["severity"], told["policy"], told["spelling"]) == ("error", "Closed", "windows-phone 7")
    assert "1 device of 1 user because of RequireDeviceEncryption" in told["message"]
    assert told["targets"] == ["windows-phone 7.0"]
    assert names_in(["ABC", "Nia Okafor"], made) == {"ABC", "Nia Okafor"}
    silent = fleet(files, names=False)
    assert names_in(["ABC", "Nia Okafor"], silent) == set()
    assert not {"devices", "users"} & silent.keys()
    keyed = fleet(files, key=b"0123456789abcdef")
    assert names_in(["ABC", "Nia Okafor"], keyed) == set()
    (row,) = keyed["devices"]
    assert row["device"].startswith("device-")
    assert row["user"].startswith("user-")
    assert fleet(files, key=b"another key 9999")["devices"][0]["device"] != row["device"]
