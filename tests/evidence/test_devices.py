"""Rows of one device, and the releases that it may be."""

from collections.abc import Callable

import pytest
from inventories import CANONICAL, device, table

from policylint.evidence.fleet import Fleet

Join = Callable[..., Fleet]


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


def test_an_identity_cut_down_to_the_device_still_has_its_id(fleet: Join) -> None:
    (only,) = fleet({"d.csv": "Identity,DeviceOS,DeviceModel\niPhone§ABC,iOS 18.0 22A3654,x\n"}).devices
    assert (only.id, only.type, only.user.label) == ("ABC", "iPhone", "")


def test_what_one_file_holds_in_numbers_another_may_hold_in_words(fleet: Join) -> None:
    numbers = table(
        "DeviceId DeviceType User DevicePolicyApplicationStatus LastSuccessSync",
        ("A", "iPad", "Nia", "2", "2026-02-02"),
    )
    words = table("DeviceId DeviceType User DevicePolicyApplicationStatus", ("A", "iPad", "Nia", "AppliedInFull"))
    (only,) = fleet({"numbers.csv": numbers, "words.csv": words}).devices
    assert only.status == "AppliedInFull"


def test_a_date_that_one_file_leaves_open_another_may_tell(fleet: Join) -> None:
    header = "DeviceId DeviceType User LastPolicyUpdateTime LastSuccessSync"
    (only,) = fleet(
        {
            "a/open.csv": table(header, ("A", "iPad", "Nia", "10/6/2026", "2026-10-07")),
            "b/told.csv": table(header, ("A", "iPad", "Nia", "2026-10-06", "")),
        }
    ).devices
    assert only.last_policy_update is not None
    assert (only.last_policy_update.at.month, only.last_policy_update.exact) == (10, False)


def test_devices_without_an_id_are_told_apart_by_user_and_model(fleet: Join) -> None:
    rows = [
        ("", "iPhone", "m1", "Nia"),
        ("", "iPhone", "m1", "Nia"),
        ("", "iPhone", "m2", "Nia"),
        ("", "iPhone", "m1", "Per"),
    ]
    found = fleet({"d.csv": table("DeviceId DeviceType DeviceModel User", *rows)})
    assert sorted((each.user.label, each.model, len(each.rows)) for each in found.devices) == [
        ("Nia", "m1", 2),
        ("Nia", "m2", 1),
        ("Per", "m1", 1),
    ]
    assert found.by_id() == {}


def test_a_file_without_users_speaks_of_the_owner_that_another_names(fleet: Join) -> None:
    bare = table("DeviceId DeviceType DeviceAccessState", ("a", "iPad", "Allowed"), ("b", "iPad", "Blocked"))
    named = table("DeviceId DeviceType User", ("A", "iPad", "Nia"), ("B", "iPad", "Nia"), ("B", "iPad", "Per"))
    found = fleet({"bare.csv": bare, "named.csv": named})
    assert sorted((each.id, each.user.label, each.state) for each in found.devices) == [
        ("A", "Nia", "Allowed"),
        ("B", "Nia", None),
        ("B", "Per", None),
        ("b", "", "Blocked"),
    ]
    assert [len(each) for each in found.shared()] == [2]
