"""What logs saw, to the devices of inventories; and the laws of joining."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inventories import CANONICAL, DN, POLICIES, LogSeen, device, mailboxes, table

from policylint.evidence.fleet import Device, Fleet

Join = Callable[..., Fleet]


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


def test_logs_name_the_user_of_a_device_that_inventories_leave_nameless(fleet: Join) -> None:
    rows = table("DeviceId DeviceType DeviceOS", ("ABC", "iPhone", "iOS 18.0 22A3654"))
    (only,) = fleet({"d.csv": rows, "m.csv": MAILBOXES}, [LogSeen("abc", "nokafor")]).devices
    assert (only.user.label, len(only.rows), len(only.seen)) == ("nia.okafor@contoso.example", 1, 1)
    assert only.policy is not None


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
