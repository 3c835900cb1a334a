"""Ids of devices, and the identities and names that hold them."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.evidence.fleet import Fleet
from policylint.evidence.identities import canonical_name, device_identity, distinguished

Join = Callable[..., Fleet]
USER = "contoso.example/Staff/Claire, Dupont"


@pytest.mark.parametrize("sign", ["§", "?", "\ufffd", "Â§"])
@pytest.mark.parametrize(
    ("begin", "user"),
    [
        (f"{USER}/ExchangeActiveSyncDevices/", USER),
        ("nokafor\\ExchangeActiveSyncDevices\\", "nokafor"),
        ("NOKAFOR\\EXCHANGEACTIVESYNCDEVICES\\", "NOKAFOR"),
    ],
)
def test_an_identity_holds_user_type_and_id(begin: str, user: str, sign: str) -> None:
    is_path = "/" in begin
    assert device_identity(f"{begin}iPhone{sign}ABC") == (user, "iPhone", "ABC", is_path)
    assert device_identity(f"{begin}REST{sign}Outlook{sign}ABC") == (user, "Outlook", "ABC", is_path)


def test_a_distinguished_name_of_a_device_is_an_identity() -> None:
    name = "CN=iPhone§ABC,CN=ExchangeActiveSyncDevices,CN=Claire\\, Dupont,OU=Staff,DC=contoso,DC=example"
    assert device_identity(name) == (USER, "iPhone", "ABC", True)


@pytest.mark.parametrize("text", ["", "ABC", "contoso.example/Staff/Nia", "CN=Nia,DC=contoso", "a=b"])
def test_other_texts_are_no_identity(text: str) -> None:
    assert device_identity(text) is None


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("CN=Nia,OU=Staff,DC=contoso,DC=example", "contoso.example/Staff/Nia"),
        ('CN="Dupont, Claire",DC=x', "x/Dupont, Claire"),
        ('CN=J\\C3\\B6rg \\"X\\",DC=x', 'x/Jörg "X"'),
        ("cn = Nia , dc = x", "x/Nia"),
        ("CN=,DC=x", "x/"),
        ("not one", None),
    ],
)
def test_a_distinguished_name_becomes_a_canonical_one(name: str, canonical: str | None) -> None:
    assert canonical_name(name) == canonical


@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1), min_size=1, max_size=4))
def test_escaping_a_name_is_undone(values: list[str]) -> None:
    values = [value.strip() or "x" for value in values]
    special = set(',+=;<># "\\')
    escaped = ("".join(f"\\{each}" if each in special else each for each in value) for value in values)
    written = ",".join(f"CN={value}" for value in escaped)
    assert [value for _, value in distinguished(written) or ()] == values


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("validate", "'validate' in place of an id"),
        ("VALIDATE", "'validate' in place of an id"),
        ("1.23457E+15", "powers of ten"),
        ("1,23457E+15", "powers of ten"),
        ("9E+14", "powers of ten"),
        ("0", "'0' in place of an id"),
        ("System.Object[]", "System.Object[]"),
        ("Microsoft.Exchange.Data.MultiValuedProperty`1[System.String]", "MultiValuedProperty"),
        ("ABC, DEF", "several ids"),
        ("ABC;DEF", "several ids"),
        ("ABC DEF", "several ids"),
        ("{ABC, DEF}", "several ids"),
        ("ABCDEF...", "cut off"),
        ("N/A", "no DeviceId:"),
        ("", "no DeviceId:"),
    ],
)
def test_what_is_no_id_counts_for_its_user_and_is_told(read, fleet: Join, written: str, problem: str) -> None:  # type: ignore[no-untyped-def]
    files = {"devices.csv": devices((written, "iPhone", "Nia Okafor"), ("ABC123", "iPad", "Nia Okafor"))}
    (device, none) = sorted(fleet(files).devices, key=lambda device: device.id is None)
    assert (device.id, none.id, none.type) == ("ABC123", None, "iPhone")
    assert device.user is none.user
    (note,) = read(files).notes
    assert problem in note
    assert "Nia" not in note


@pytest.mark.parametrize("written", ["ABC123", "990000000000599", "4F2B6D9Q2H5DB9A1K7", "12345E67", "IMEI357-01"])
def test_an_id_is_taken_as_it_is(fleet: Join, written: str) -> None:
    (device,) = fleet({"devices.csv": devices((written, "iPhone", "Nia Okafor"))}).devices
    assert device.id == written


def test_an_identity_in_place_of_an_id_is_taken_apart(fleet: Join) -> None:
    written = "Nia Okafor\\ExchangeActiveSyncDevices\\Hx§Outlook§ABC"
    (device,) = fleet({"devices.csv": devices((written, "", "Nia Okafor"))}).devices
    assert (device.id, device.type, device.user.label) == ("ABC", "Outlook", "Nia Okafor")


def test_an_identity_beside_a_spoilt_id_still_has_it(fleet: Join) -> None:
    text = "DeviceId,DeviceType,Identity\n1.2E+15,iPhone,nia\\ExchangeActiveSyncDevices\\iPhone?1234567890123456\n"
    (device,) = fleet({"devices.csv": text}).devices
    assert device.id == "1234567890123456"


def devices(*rows: tuple[str, str, str]) -> str:
    cells = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    return f"DeviceId,DeviceType,UserDisplayName\n{cells}\n"


@pytest.mark.parametrize("written", ['=""012345""', "'012345"])
def test_an_id_that_is_guarded_against_spreadsheets_is_unwrapped(fleet: Join, written: str) -> None:
    (device,) = fleet({"devices.csv": devices((written, "iPhone", "Nia Okafor"))}).devices
    assert device.id == "012345"
