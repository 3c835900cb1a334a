"""Devices to users, users to policies, logs to devices."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inventories import POLICIES, LogSeen, table

from policylint.evidence.fleet import Device, Fleet

Join = Callable[..., Fleet]
CANONICAL = "contoso.example/Staff/Nia Okafor"
DN = "CN=Nia Okafor,OU=Staff,DC=contoso,DC=example"
GUID = "3f2c9a10-5b6d-4c7e-8f90-a1b2c3d4e5f6"


def mailboxes(header: str, *rows: tuple[str, ...]) -> str:
    return table(f"{header} ActiveSyncMailboxPolicy ActiveSyncEnabled", *rows)


def device(header: str, *values: str) -> str:
    return table(f"DeviceId DeviceType {header}", ("ABC", "iPhone", *values))


FACTS = (
    "id", "type", "os", "model", "agent", "client_type", "state", "reason", "status", "assigned", "first_sync",
    "last_success", "last_policy_update", "synced",
)  # fmt: skip


def told(fleet: Fleet) -> list[tuple[Any, ...]]:
    """Everything that joining found out, in its own order."""
    return [
        (
            each.user.label, each.policy and each.policy.name, each.applied and each.applied.name,
            sorted(seen.user for seen in each.seen), [target.label for target in each.identification.targets],
            *(getattr(each, name) for name in FACTS),
        )
        for each in fleet.devices
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("listed", "named"),
    [
        (("Identity", CANONICAL), ("Identity", f"{CANONICAL}/ExchangeActiveSyncDevices/iPhone§ABC")),
        (("Identity", CANONICAL.upper()), ("Identity", f"{CANONICAL}/ExchangeActiveSyncDevices/iPhone?ABC")),
        (("DistinguishedName", DN), ("Identity", f"{CANONICAL}/ExchangeActiveSyncDevices/iPhone§ABC")),
        (("Identity", CANONICAL), ("DistinguishedName", f"CN=iPhone§ABC,CN=ExchangeActiveSyncDevices,{DN}")),
        (("DistinguishedName", DN), ("DistinguishedName", DN.upper())),
        (("Name", "Nia Okafor"), ("Identity", f"{CANONICAL}/ExchangeActiveSyncDevices/iPhone§ABC")),
        (("DisplayName", "Nia Okafor"), ("UserDisplayName", CANONICAL)),
        (("DisplayName", "NIA OKAFOR"), ("Owner", "Nia Okafor")),
        (("Alias", "nokafor"), ("Identity", "nokafor\\ExchangeActiveSyncDevices\\iPhone§ABC")),
        (("id", "nokafor"), ("UserId", "NOKAFOR")),
        (("SamAccountName", "nokafor"), ("Mailbox", "CONTOSO\\nokafor")),
        (("PrimarySmtpAddress", "nia@contoso.example"), ("mailboxSMTP", "Nia@Contoso.Example")),
        (("UserPrincipalName", "nia@contoso.example"), ("Email_Address", "nia@contoso.example")),
        (("EmailAddresses", "SMTP:n@x.example smtp:nia@contoso.example"), ("UPN", "nia@contoso.example")),
        (("ExternalDirectoryObjectId", GUID), ("UserDisplayName", GUID.upper())),
        (("Guid", f"{{{GUID}}}"), ("Identity", f"{GUID}\\ExchangeActiveSyncDevices\\iPhone§ABC")),
    ],
)
def test_every_spelling_of_a_user_joins(fleet: Join, listed: tuple[str, str], named: tuple[str, str]) -> None:
    files = {
        "policies.csv": POLICIES,
        "mailboxes.csv": mailboxes(
            listed[0], (listed[1], "Führung, Büro", "True"), ("somebody@else.example", "", "True")
        ),
        "devices.csv": device(named[0], named[1]),
    }
    found = fleet(files)
    (only,) = found.devices
    assert only.policy is not None
    assert (only.id, only.policy.name, only.assigned) == ("ABC", "Führung, Büro", "assigned")
    assert len(found.users) == 2


def test_names_that_ascii_spoilt_join(fleet: Join) -> None:
    files = {
        "mailboxes.csv": mailboxes("Identity", ("contoso.example/Köln/Jörg Brandt", "P", "True")),
        "devices.csv": device("Identity", "contoso.example/K?ln/J?rg Brandt/ExchangeActiveSyncDevices/iPhone?ABC"),
    }
    assert [len(user.devices) for user in fleet(files).users] == [1]


def test_a_name_that_two_users_have_joins_to_neither(fleet: Join) -> None:
    rows = ("nia1@contoso.example", "Nia Okafor", "P", "True"), ("nia2@contoso.example", "Nia Okafor", "Q", "True")
    files = {"m.csv": mailboxes("PrimarySmtpAddress DisplayName", *rows), "d.csv": device("User", "Nia Okafor")}
    found = fleet(files)
    (only,) = found.devices
    assert only.user.mailbox is None
    assert found.unlisted == [only]
    assert any(note.startswith("1 device of users who are in no list") for note in found.notes)
    assert not any("Nia" in note for note in found.notes)


def test_namesakes_with_names_of_their_own_stay_apart(fleet: Join) -> None:
    rows = ("nia1@contoso.example", "Nia Okafor", "P", "True"), ("nia2@contoso.example", "Nia Okafor", "Q", "True")
    devices = table(
        "DeviceId DeviceType PrimarySmtpAddress DisplayName",
        ("A", "iPad", "nia1@contoso.example", "Nia Okafor"),
        ("B", "iPad", "nia2@contoso.example", "Nia Okafor"),
    )
    found = fleet({"m.csv": mailboxes("PrimarySmtpAddress DisplayName", *rows), "d.csv": devices})
    assert [each.policy.name for each in found.devices if each.policy] == ["P", "Q"]


@pytest.mark.parametrize(
    "written",
    [
        "Führung, Büro",
        "FÜHRUNG, BÜRO",
        "F?hrung, B?ro",
        "25fb17a3-1975-4bf4-8df0-add0522794c8",
        "{25FB17A3-1975-4BF4-8DF0-ADD0522794C8}",
        "CN=Führung\\, Büro,CN=Mobile Mailbox Policies,CN=Contoso,DC=contoso,DC=example",
        "contoso.example/Configuration/Services/Mobile Mailbox Policies/Führung, Büro",
        "contoso.onmicrosoft.com\\Führung, Büro",
    ],
)
def test_every_name_of_a_policy_finds_it(fleet: Join, written: str) -> None:
    files = {
        "p.csv": POLICIES,
        "m.csv": mailboxes("Name", ("Nia", written, "True")),
        "d.csv": device("User DevicePolicyApplied", "Nia", written),
    }
    (only,) = fleet(files).devices
    assert only.policy is only.applied
    assert only.policy is not None
    assert only.policy.policy is not None
    assert only.policy.name == "Führung, Büro"


def test_an_object_in_place_of_a_policy_is_its_name(fleet: Join) -> None:
    text = (
        '[{"DeviceId": "A", "DeviceType": "iPad", "DevicePolicyApplied": {"Parent": "CN=x,DC=y", "Name": "Default"},'
        '"Identity": {"Name": "iPad§A", "DistinguishedName": "CN=iPad§A,CN=ExchangeActiveSyncDevices,CN=Nia,DC=y"}}]'
    )
    (only,) = fleet({"d.json": text}).devices
    assert only.policy is not None
    assert (only.policy.name, only.user.label) == ("Default", "Nia")


def test_an_empty_assignment_is_the_default_policy_whatever_its_name(fleet: Join) -> None:
    text = table(
        "Name IsDefaultPolicy AllowNonProvisionableDevices", ("Default", "False", "True"), ("Staff", "True", "True")
    )
    found = fleet({"p.csv": text, "m.csv": mailboxes("Name", ("Nia", "", "False")), "d.csv": device("User", "Nia")})
    (only,), (user,) = found.devices, found.users
    assert only.policy is not None
    assert (only.policy.name, user.mailbox and user.mailbox.by, user.mailbox and user.mailbox.enabled) == (
        "Staff",
        "default",
        False,
    )


def test_without_a_default_policy_an_empty_assignment_is_unknown_and_told(fleet: Join) -> None:
    text = table("Name AllowNonProvisionableDevices", ("Default", "True"), ("Staff", "True"))
    found = fleet({"p.csv": text, "m.csv": mailboxes("Name", ("Nia", "", "True")), "d.csv": device("User", "Nia")})
    assert found.devices[0].policy is None
    assert any("no exported policy is marked as the default" in note for note in found.notes)


def test_without_assignments_the_policy_applied_counts_and_else_the_default(fleet: Join) -> None:
    devices = table("DeviceId DeviceType DevicePolicyApplied", ("A", "iPad", "Führung, Büro"), ("B", "iPad", ""))
    found = fleet({"p.csv": POLICIES, "d.csv": devices})
    assert [(each.policy.name, each.assigned) for each in found.devices if each.policy] == [
        ("Führung, Büro", "applied"),
        ("Default", "default"),
    ]


def test_the_row_with_the_newest_success_holds(fleet: Join) -> None:
    header = "DeviceId DeviceType User LastSuccessSync DevicePolicyApplicationStatus"
    rows = [
        ("A", "iPad", "Nia", "2026-01-01 10:00", "NotApplied"),
        ("A", "iPad", "Nia", "2026-03-01 10:00", "AppliedInFull"),
        ("A", "iPad", "Nia", "2026-02-01 10:00", "PartiallyApplied"),
        ("A", "iPad", "Nia", "", "ExternallyManaged"),
    ]
    (only,) = fleet({"d.csv": table(header, *rows)}).devices
    assert (only.status, len(only.rows)) == ("AppliedInFull", 4)


def test_an_inventory_and_its_statistics_are_one_device(fleet: Join) -> None:
    identity = f"{CANONICAL}/ExchangeActiveSyncDevices/iPhone§ABC"
    inventory = table(
        "DeviceId DeviceType DeviceModel Identity DeviceAccessState", ("abc", "iPhone", "m", identity, "Allowed")
    )
    statistics = table(
        "DeviceID DeviceType Identity DevicePolicyApplicationStatus LastSuccessSync",
        ("ABC", "iPhone", identity, "NotApplied", ""),
        ("DEF", "iPhone", identity.replace("ABC", "DEF"), "NotApplied", "2026-01-01"),
    )
    found = fleet({"a.csv": inventory, "b.csv": statistics})
    assert [(each.model, each.state, each.status, each.synced) for each in found.devices] == [
        ("m", "Allowed", "NotApplied", False),
        (None, None, "NotApplied", True),
    ]


def test_a_success_counts_where_its_date_cannot_be_read(fleet: Join) -> None:
    found = fleet({"d.csv": device("LastSuccessSync", "10/6/2026 1:00:00 PM")})
    (only,) = found.devices
    assert (only.last_success, only.synced) == (None, True)
    assert any("can be read two ways" in note for note in found.notes)


@pytest.mark.parametrize("word", ["Never", "N/A", "-", "1/1/1601 12:00:00 AM", "Nie"])
def test_a_word_for_none_is_no_success(fleet: Join, word: str) -> None:
    assert not fleet({"d.csv": device("LastSuccessSync", word)}).devices[0].synced


def test_one_id_under_two_mailboxes_is_one_device_with_two_accounts(fleet: Join) -> None:
    rows = table("DeviceId DeviceType User", ("A", "iPad", "Nia"), ("a", "iPad", "Front Desk"), ("B", "iPad", "Nia"))
    found = fleet({"d.csv": rows})
    (shared,) = found.shared()
    assert sorted(each.user.label for each in shared) == ["Front Desk", "Nia"]
    assert sorted(len(user.devices) for user in found.users) == [1, 2]


def test_accounts_say_who_is_protected(fleet: Join) -> None:
    accounts = table(
        "Name SamAccountName adminCount AreAccessRulesProtected",
        ("A", "a", "1", "True"),
        ("B", "b", "1", ""),
        ("C", "c", "1", "False"),
        ("D", "d", "", "True"),
        ("E", "e", "", "False"),
    )
    found = fleet({"a.csv": accounts, "d.csv": device("User", "Nobody")})
    protection = {user.label: user.account.protection for user in found.users if user.account}
    assert protection == {"a": "protected", "b": "probable", "c": "leftover", "d": "inheritance-off", "e": "none"}
    assert [user.account for user in found.users if user.label == "Nobody"] == [None]


MAILBOXES = mailboxes(
    "PrimarySmtpAddress SamAccountName", ("nia.okafor@contoso.example", "nokafor", "Führung, Büro", "True")
)


@pytest.mark.parametrize(
    "user",
    ["nokafor", "CONTOSO\\NOKAFOR", "contoso.example\\nokafor", "Nia.Okafor@contoso.example", "nokafor@contoso.local"],
)
def test_logs_join_by_id_and_by_every_spelling_of_the_user(fleet: Join, user: str) -> None:
    seen = [LogSeen("abc", user, {"Apple-iPhone14C5/2106.90": 5}, {"iPhone": 5})]
    files = {"p.csv": POLICIES, "m.csv": MAILBOXES, "d.csv": device("PrimarySmtpAddress", "nia.okafor@contoso.example")}
    (only,) = fleet(files, seen).devices
    assert only.seen == seen
    assert only.policy is not None
    assert only.policy.name == "Führung, Büro"


def test_a_device_that_only_logs_know_has_its_users_policy(fleet: Join) -> None:
    seen = [LogSeen("ABC", "nokafor", {"Apple-iPhone14C5/2106.90": 5, "Apple-iPhone14C5/1906.77": 1}, {"iPhone": 5})]
    (only,) = fleet({"p.csv": POLICIES, "m.csv": MAILBOXES}, seen).devices
    assert only.policy is not None
    assert (only.id, only.user.label, only.policy.name) == ("ABC", "nia.okafor@contoso.example", "Führung, Büro")
    assert [target.label for target in only.identification.targets] == ["ios 17.0"]


def test_spellings_of_a_user_on_one_device_are_one_where_no_list_says_more(fleet: Join) -> None:
    seen = [LogSeen("A", "CONTOSO\\bob"), LogSeen("a", "bob@contoso.example"), LogSeen("A", "eve"), LogSeen("B", "BOB")]
    found = fleet({"p.csv": POLICIES}, seen)
    assert [(each.id, each.user.label, len(each.seen)) for each in found.devices] == [
        ("A", "bob@contoso.example", 2),
        ("A", "eve", 1),
        ("B", "BOB", 1),
    ]
    assert any(note.startswith("3 users in the logs whom no list") for note in found.notes)


def test_the_only_stranger_on_a_device_is_its_owner(fleet: Join) -> None:
    (only,) = fleet({"d.csv": device("UserDisplayName", CANONICAL)}, [LogSeen("ABC", "nokafor")]).devices
    assert (only.user.label, len(only.seen)) == ("Nia Okafor", 1)


def test_a_stranger_on_the_devices_of_several_owners_is_none_of_them(fleet: Join) -> None:
    rows = table("DeviceId DeviceType User", ("A", "iPad", "Nia Okafor"), ("B", "iPad", "Per Lindqvist"))
    found = fleet({"d.csv": rows}, [LogSeen("A", "sync-test"), LogSeen("B", "sync-test")])
    assert sorted(each.user.label for each in found.devices) == [
        "Nia Okafor",
        "Per Lindqvist",
        "sync-test",
        "sync-test",
    ]


def test_lines_without_a_user_belong_to_the_only_owner(fleet: Join) -> None:
    (only,) = fleet({"d.csv": device("User", "Nia")}, [LogSeen("ABC", "")]).devices
    assert (only.user.label, len(only.seen)) == ("Nia", 1)
    (nobody,) = fleet({"p.csv": POLICIES}, [LogSeen("X", "")]).devices
    assert nobody.user.label == ""


@pytest.mark.parametrize(
    ("header", "values", "targets"),
    [
        ("DeviceOS DeviceUserAgent", ("iOS 18.0 22A3654", "Apple-iPhone14C5/2106.90"), ["ios 18.0"]),
        ("DeviceUserAgent", ("Apple-iPhone14C5/2106.90",), ["ios 17.0"]),
        ("ClientType DeviceOS", ("Outlook", "iOS 18.0 22A3654"), ["outlook-mobile 2026"]),
        ("ClientType DeviceOS", ("REST", "Android 12"), ["outlook-mobile 2026"]),
    ],
)
def test_the_program_comes_first_and_then_its_release(
    fleet: Join, header: str, values: tuple[str, ...], targets: list[str]
) -> None:
    found = fleet({"d.csv": device(header, *values)})
    assert [target.label for target in found.devices[0].identification.targets] == targets


def test_the_release_of_a_client_that_counts_as_android_does(fleet: Join) -> None:
    rows = [
        ("A", "SAMSUNGSMS911B", "Android 14", "Android-SAMSUNG-SM-S911B/101.14"),
        ("B", "Android", "Android 14", "Android-Mail/2024.09.29.682018101.Release"),
        ("Nine1234", "Android", "Android 14", ""),
        ("D", "Outlook", "Android 14", "Outlook-Android/2.0"),
    ]
    found = fleet({"d.csv": table("DeviceId DeviceType DeviceOS DeviceUserAgent", *rows)})
    labels = {each.id: [target.label for target in each.identification.targets] for each in found.devices}
    assert labels == {
        "A": ["samsung-email 14"],
        "B": ["gmail 14"],
        "Nine1234": ["nine 2026"],
        "D": ["outlook-mobile 2026"],
    }


ROWS = [
    (
        "A1",
        "iPhone",
        "iOS 18.0 22A3654",
        f"{CANONICAL}/ExchangeActiveSyncDevices/iPhone§A1",
        "AppliedInFull",
        "2026-01-02",
    ),
    ("a1", "iPhone", "iOS 17.0 21A329", f"{CANONICAL}/ExchangeActiveSyncDevices/iPhone§A1", "NotApplied", "2026-01-01"),
    ("B2", "iPad", "", "Per\\ExchangeActiveSyncDevices\\iPad§B2", "PartiallyApplied", ""),
    ("", "iPad", "", "Per\\ExchangeActiveSyncDevices\\iPad§validate", "NotApplied", ""),
    ("A1", "iPhone", "", "Front Desk\\ExchangeActiveSyncDevices\\iPhone§A1", "NotApplied", "2026-02-01"),
    ("C3", "Outlook", "Android 14", DN, "", ""),
]
HEADER = "DeviceId DeviceType DeviceOS Identity DevicePolicyApplicationStatus LastSuccessSync"
LISTED = [
    ("Nia Okafor", "nokafor", "Führung, Büro", "True"),
    ("Per", "per", "", "True"),
    ("Old", "old", "Default", "False"),
]
SEEN = [
    LogSeen("A1", "nokafor", {"x": 1}),
    LogSeen("a1", "C\\front"),
    LogSeen("Z9", "per"),
    LogSeen("Z9", "p@q.example"),
]


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_repetition_and_cutting_change_nothing(fleet: Join, shuffle: random.Random) -> None:
    whole = fleet(_cut(ROWS, LISTED, 1, random.Random(0)), SEEN)
    rows, listed, seen = [*ROWS, *shuffle.sample(ROWS, 3)], list(LISTED), list(SEEN)
    for each in (rows, listed, seen):
        shuffle.shuffle(each)  # type: ignore[arg-type]
    other = fleet(_cut(rows, listed, shuffle.randint(1, 4), shuffle), seen)
    assert told(other) == told(whole)
    assert [user.label for user in other.users] == [user.label for user in whole.users]


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_joining_is_insensitive_to_case(fleet: Join, data: st.DataObject) -> None:
    def swapped(text: str) -> str:
        return text.swapcase() if data.draw(st.booleans()) else text

    rows = [(swapped(i), kind, os, swapped(identity), status, when) for i, kind, os, identity, status, when in ROWS]
    listed = [(swapped(name), swapped(sam), swapped(policy), on) for name, sam, policy, on in LISTED]
    seen = [LogSeen(swapped(each.device), swapped(each.user), each.agents) for each in SEEN]
    expected = fleet(_cut(ROWS, LISTED, 1, random.Random(0)), SEEN)
    assert [_folded(each) for each in fleet(_cut(rows, listed, 1, random.Random(0)), seen).devices] == [
        _folded(each) for each in expected.devices
    ]


def _folded(each: Device) -> tuple[Any, ...]:
    return (
        (each.id or "").casefold(),
        each.user.label.casefold(),
        each.policy and each.policy.name.casefold(),
        each.status,
        len(each.seen),
        len(each.rows),
    )


def _cut(rows: list[Any], listed: list[Any], parts: int, shuffle: random.Random) -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {"policies.csv": POLICIES}
    for number in range(parts):
        own = [row for index, row in enumerate(rows) if index % parts == number] or rows[:1]
        files[f"d{number}.csv"] = table(HEADER, *own)
        boxes = [row for index, row in enumerate(listed) if index % parts == number] or listed[:1]
        files[f"m{number}.csv"] = mailboxes("Name SamAccountName", *boxes)
    return files
