"""Users, by every spelling that files have of them."""

from collections.abc import Callable

import pytest
from inventories import CANONICAL, DN, GUID, POLICIES, device, mailboxes, table

from policylint.evidence.fleet import Fleet

Join = Callable[..., Fleet]


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
