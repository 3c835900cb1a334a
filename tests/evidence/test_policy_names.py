"""Policies, by every name that evidence has for them."""

from collections.abc import Callable

import pytest
from inventories import POLICIES, device, mailboxes, table

from policylint.evidence.fleet import Fleet

Join = Callable[..., Fleet]


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


def test_a_policy_that_was_exported_twice_is_one_as_it_was_changed_last(fleet: Join) -> None:
    without_guid = table(
        "Name AllowNonProvisionableDevices WhenChangedUTC", ("Default", "False", "2026-07-05T00:00:00Z")
    )
    found = fleet({"a.csv": POLICIES, "b.csv": without_guid, "d.csv": device("DevicePolicyApplied", "default")})
    (only,) = found.devices
    assert only.applied is not None
    assert only.applied.policy is not None
    assert only.applied.policy.document.path.endswith("b.csv")
    assert [each.name for each in found.policies.known] == ["Default", "Führung, Büro"]


def test_a_name_that_two_policies_have_is_neither(fleet: Join) -> None:
    other = POLICIES.replace("f1730988", "00000000")
    (only,) = fleet({"a.csv": POLICIES, "b.csv": other, "d.csv": device("DevicePolicyApplied", "Default")}).devices
    assert only.applied is not None
    assert (only.applied.name, only.applied.policy) == ("Default", None)


def test_policies_that_were_not_exported_are_told(fleet: Join) -> None:
    found = fleet({"p.csv": POLICIES, "m.csv": mailboxes("Name", ("Nia", "Old", "True"))})
    assert found.notes == ["1 policy given to users and not among the exported ones: 'Old'"]
