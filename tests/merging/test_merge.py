"""What several accounts end up with, who decided it, and what becomes of their devices."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from formats import Formats
from policies import THREE, TWELVE, UNTOUCHED, policy

from policylint.knowledge import Knowledge
from policylint.knowledge.query import resolve
from policylint.merging.admission import admissions
from policylint.merging.devices import device_merges, shared_needs
from policylint.merging.merge import merge
from policylint.merging.model import Account, Merged, MergedSetting
from policylint.policies.policy import Policy

Settings = dict[str, Any]
Merging = Callable[..., Merged]
ALPHANUMERIC = {"MinDevicePasswordComplexCharacters": "AlphanumericDevicePasswordRequired"}
NAMES = ("contoso", "fabrikam", "tailspin", "wingtip", "adatum")


@pytest.fixture(scope="session")
def accounts(knowledge: Knowledge, policies_in: Callable[..., list[Policy]]) -> Callable[..., list[Account]]:
    def make(*several: Settings) -> list[Account]:
        formats = Formats(knowledge.catalogue)
        return [
            Account(name, policies_in(formats.json([{"Name": name, **each}]), f"{name}.json")[0])
            for name, each in zip(NAMES, several, strict=False)
        ]

    return make


@pytest.fixture(scope="session")
def merging(knowledge: Knowledge, accounts: Callable[..., list[Account]]) -> Merging:
    def make(*several: Settings, needs: Mapping[str, str] = {}) -> Merged:
        return merge(accounts(*several), knowledge.catalogue, needs=needs)

    return make


def setting(merged: Merged, key: str) -> MergedSetting:
    return next(each for each in merged.settings if each.property.key == key)


def names(accounts: tuple[Account, ...]) -> list[str]:
    return [account.name for account in accounts]


def states(merged: Merged, key: str) -> list[str]:
    return [share.state for share in setting(merged, key).shares]


PASSWORD = {"DevicePasswordEnabled": True}


# --- who decided


def test_the_strictest_value_decides_and_the_others_are_looser(merging: Merging) -> None:
    merged = merging(
        {**PASSWORD, "MaxInactivityTimeDeviceLock": timedelta(minutes=15)},
        {**PASSWORD, "MaxInactivityTimeDeviceLock": timedelta(minutes=5)},
        {**PASSWORD, "MaxInactivityTimeDeviceLock": "Unlimited"},
    )
    found = setting(merged, "MaxInactivityTimeDeviceLock")
    assert found.effective == timedelta(minutes=5)
    assert names(found.decided_by) == ["fabrikam"]
    assert states(merged, "MaxInactivityTimeDeviceLock") == ["looser", "decides", "not-set"]


def test_a_tie_names_all(merging: Merging) -> None:
    merged = merging({"AllowCamera": False}, {"AllowCamera": False}, {"AllowCamera": True})
    assert names(setting(merged, "AllowCamera").decided_by) == ["contoso", "fabrikam"]


def test_what_nobody_asks_for_is_decided_by_nobody(merging: Merging) -> None:
    merged = merging(UNTOUCHED, {"AllowCamera": True})
    found = setting(merged, "AllowCamera")
    assert (found.effective, found.decided_by, found.matters) == (None, (), False)
    assert states(merged, "AllowCamera") == ["same", "same"]


def test_every_property_of_a_device_and_of_the_server_is_there(merging: Merging, knowledge: Knowledge) -> None:
    merged = merging(UNTOUCHED)
    assert [each.property for each in merged.settings] == [
        known for known in knowledge.catalogue if known.kind != "identity"
    ]


# --- gates


def test_a_policy_without_a_password_contributes_no_password_detail(merging: Merging) -> None:
    merged = merging({**UNTOUCHED, **TWELVE, "DevicePasswordEnabled": False}, PASSWORD)
    for each in merged.settings:
        if each.property.gate:
            assert (each.effective, each.decided_by) == (None, ()), each.property.key
    assert states(merged, "MinDevicePasswordLength") == ["gated-off", "hidden"]
    assert states(merged, "MaxInactivityTimeDeviceLock") == ["gated-off", "hidden"]
    assert setting(merged, "AllowStorageCard").effective is False


def test_the_gate_is_that_of_the_same_policy(merging: Merging) -> None:
    merged = merging(
        {"DevicePasswordEnabled": False, "MinDevicePasswordLength": 8}, {**PASSWORD, "MinDevicePasswordLength": 4}
    )
    assert setting(merged, "MinDevicePasswordLength").effective == 4
    assert states(merged, "MinDevicePasswordLength") == ["gated-off", "decides"]


def test_a_switch_that_the_export_lacks_is_not_known_to_be_off(merging: Merging) -> None:
    found = setting(merging({"MinDevicePasswordLength": 8}, PASSWORD), "MinDevicePasswordLength")
    assert found.effective == 8
    assert found.note == "counted, though the export of contoso does not show DevicePasswordEnabled"


def test_complex_characters_can_need_letters(merging: Merging) -> None:
    several = ({**PASSWORD, "MinDevicePasswordComplexCharacters": 3, "AlphanumericDevicePasswordRequired": False},)
    letters = {**PASSWORD, "AlphanumericDevicePasswordRequired": True}
    key = "MinDevicePasswordComplexCharacters"
    assert setting(merging(*several, letters), key).effective == 3
    merged = merging(*several, letters, needs=ALPHANUMERIC)
    assert setting(merged, key).effective is None
    assert states(merged, key) == ["gated-off", "hidden"]


@pytest.mark.parametrize("key", ["MaxDevicePasswordFailedAttempts", "MaxInactivityTimeDeviceLock"])
def test_zero_where_exchange_takes_none_is_no_limit(merging: Merging, key: str) -> None:
    zero = 0 if key == "MaxDevicePasswordFailedAttempts" else timedelta(0)
    limit = 8 if zero == 0 else timedelta(minutes=10)
    merged = merging({**PASSWORD, key: zero}, {**PASSWORD, key: limit})
    assert setting(merged, key).effective == limit
    assert states(merged, key) == ["not-set", "decides"]


# --- kinds of values


def test_a_truncation_of_zero_is_the_strictest(merging: Merging) -> None:
    key = "MaxEmailBodyTruncationSize"
    found = setting(merging({key: 0}, {key: 500}, {key: "Unlimited"}), key)
    assert (found.effective, names(found.decided_by), found.conflict) == (0, ["contoso"], ())


def test_truncations_in_different_spellings_have_no_winner(merging: Merging) -> None:
    key = "MaxEmailBodyTruncationSize"
    old, new = {"DevicePasswordEnabled": False, key: 4}, {"PasswordEnabled": False, key: 4096}
    merged = merging(old, new, {**old, key: 8})
    found = setting(merged, key)
    assert (found.effective, found.conflict) == (None, (4, 4096))
    assert found.note
    assert states(merged, key) == ["decides", "decides", "looser"]
    assert setting(merging(old, {**new, key: 0}), key).effective == 0


def test_age_filters_compare_by_days(merging: Merging) -> None:
    key = "MaxEmailAgeFilter"
    assert setting(merging({key: "OneMonth"}, {key: "ThreeDays"}, {key: "All"}), key).effective == "ThreeDays"


def test_both_names_of_the_storage_card_flag(merging: Merging) -> None:
    merged = merging({"RequireStorageCardEncryption": True, "DeviceEncryptionEnabled": False}, UNTOUCHED)
    for key in ("RequireStorageCardEncryption", "DeviceEncryptionEnabled"):
        assert (setting(merged, key).effective, names(setting(merged, key).decided_by)) == (True, ["contoso"])
    assert setting(merged, "DeviceEncryptionEnabled").shares[0].value is True
    assert setting(merged, "DeviceEncryptionEnabled").note


def test_bans_add_up(merging: Merging) -> None:
    key = "UnapprovedInROMApplicationList"
    found = setting(merging({key: ["b", "a"]}, {key: ["c"]}, {key: ["a"]}), key)
    assert found.effective == ("a", "b", "c")
    assert names(found.decided_by) == ["contoso", "fabrikam"]


def test_disjoint_approvals_allow_nothing_whoever_comes_third(merging: Merging) -> None:
    key = "ApprovedApplicationList"
    lists = [{key: ["a"]}, {key: ["b"]}, {key: ["a", "b"]}]
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0)):
        found = setting(merging(*(lists[index] for index in order)), key)
        assert (found.effective, found.nothing_allowed) == ((), True)
        assert len(found.decided_by) == 2
    assert setting(merging({key: []}, {key: []}), key).nothing_allowed is False
    assert setting(merging({key: []}, {key: ["a"]}), key).effective == ("a",)


def test_algorithms_that_differ_exclude_each_other(merging: Merging) -> None:
    key = "RequireSignedSMIMEAlgorithm"
    demand = {"RequireSignedSMIMEMessages": True}
    found = setting(merging({key: "MD5"}, {**demand, key: "SHA1"}), key)
    assert (found.effective, found.conflict, names(found.decided_by)) == (
        None,
        ("MD5", "SHA1"),
        ["contoso", "fabrikam"],
    )
    untouched = setting(merging({key: "MD5"}, {key: "SHA1"}), key)
    assert (untouched.effective, untouched.conflict) == ("MD5", ())


def test_settings_of_the_server_are_never_merged(merging: Merging) -> None:
    merged = merging(
        {"AllowNonProvisionableDevices": False, "IrmEnabled": True}, {"AllowNonProvisionableDevices": True}
    )
    gate = setting(merged, "AllowNonProvisionableDevices")
    assert (gate.effective, gate.decided_by, gate.matters) == (None, (), True)
    assert [share.value for share in gate.shares] == [False, True]
    assert states(merged, "IrmEnabled") == ["same", "not-set"]
    recovery = setting(merging({**PASSWORD, "PasswordRecoveryEnabled": True}), "PasswordRecoveryEnabled")
    assert (recovery.effective, recovery.matters) == (None, True)


# --- stricter than every account


def test_a_merge_can_be_stricter_than_every_account(merging: Merging) -> None:
    merged = merging(
        {**PASSWORD, "MinDevicePasswordLength": 4, "AlphanumericDevicePasswordRequired": True},
        {**PASSWORD, "MinDevicePasswordLength": 8, "AlphanumericDevicePasswordRequired": False},
        UNTOUCHED,
    )
    assert setting(merged, "MinDevicePasswordLength").effective == 8
    assert setting(merged, "AlphanumericDevicePasswordRequired").effective is True
    assert merged.stricter_than_every_account
    assert names(merged.contributors) == ["contoso", "fabrikam"]


def test_an_account_that_asks_for_everything_is_as_strict_as_the_merge(merging: Merging) -> None:
    merged = merging({**TWELVE, **THREE}, TWELVE, UNTOUCHED)
    assert (merged.stricter_than_every_account, merged.contributors) == (False, ())
    # what belongs to one account reaches no other
    assert not merging({**PASSWORD, "AttachmentsEnabled": True}, {"AttachmentsEnabled": False}).contributors


def test_lists_that_add_up_are_stricter_than_each(merging: Merging) -> None:
    key = "UnapprovedInROMApplicationList"
    merged = merging({key: ["a"]}, {key: ["b"]})
    assert merged.stricter_than_every_account
    assert names(merged.contributors) == ["contoso", "fabrikam"]


# --- devices


def test_the_merged_set_is_refused_where_the_gate_is_closed(merging: Merging, knowledge: Knowledge) -> None:
    merged = merging(policy(TWELVE, gate=False), policy(THREE, gate=True), policy(gate=False))
    closed, opened, too = admissions(merged, knowledge, resolve(["wp7"], knowledge))
    assert (closed.gate, opened.gate) == (False, True)
    assert set(closed.verdicts.masks) == {"refused"}
    assert set(opened.verdicts.masks) == {"weakened"}
    assert too.verdicts is closed.verdicts
    camera = next(each for each in closed.verdicts.findings if each.name == "AllowCamera")
    assert camera.place.path == "fabrikam.json"
    document = camera.policy.document
    assert '"AllowCamera"' in document.line(camera.place.line)
    assert camera.fix is None
    assert camera.gate_mark is not None
    assert camera.policy.place(camera.gate_mark).path == "contoso.json"


def test_a_policy_alone_fares_as_in_a_check(
    merging: Merging, knowledge: Knowledge, judged: Callable[..., Any], accounts: Callable[..., list[Account]]
) -> None:
    targets = resolve(["all"], knowledge)
    on_device = {known.key for known in knowledge.catalogue if known.scope == "device"} | {
        "AllowNonProvisionableDevices"
    }
    for parts in ((TWELVE,), (THREE,), (TWELVE, THREE), ()):
        for gate in (True, False, None):
            own = {key: value for key, value in policy(*parts, gate=gate).items() if key in on_device}
            (admitted,) = admissions(merging(own), knowledge, targets)
            formats = Formats(knowledge.catalogue)
            (checked,) = judged(formats.json([{"Name": "contoso", **own}])).verdicts
            assert admitted.verdicts.masks == checked.masks


def test_what_an_account_asks_for_itself_is_refused_by_its_own_server_alone(
    merging: Merging, knowledge: Knowledge
) -> None:
    merged = merging(policy(gate=False) | {"MaxEmailAgeFilter": "OneWeek"}, policy(gate=False))
    asking, other = admissions(merged, knowledge, resolve(["wp7"], knowledge))
    assert set(asking.verdicts.masks) == {"refused"}
    assert set(other.verdicts.masks) == {"accepted"}
    (finding,) = (each for each in asking.verdicts.findings if each.name == "MaxEmailAgeFilter")
    assert finding.place.path == "contoso.json"


def test_a_gate_that_no_export_shows_can_be_assumed(merging: Merging, knowledge: Knowledge) -> None:
    merged = merging(policy(THREE, gate=None))
    targets = resolve(["windows-phone 7.5"], knowledge)
    (unknown,) = admissions(merged, knowledge, targets)
    (closed,) = admissions(merged, knowledge, targets, assume_gate=False)
    assert (unknown.gate, set(unknown.verdicts.masks)) == (None, {"weakened"})
    assert (closed.gate, set(closed.verdicts.masks)) == (False, {"refused"})


def test_nothing_allowed_is_a_demand(merging: Merging, knowledge: Knowledge) -> None:
    key = "ApprovedApplicationList"
    closed = {"AllowNonProvisionableDevices": False}
    merged = merging({**closed, key: ["a"]}, {**closed, key: ["b"]})
    (first, _) = admissions(merged, knowledge, resolve(["wp7"], knowledge))
    assert set(first.verdicts.masks) == {"refused"}


def test_a_flag_set_under_its_other_name_is_shown_where_it_is_set(merging: Merging, knowledge: Knowledge) -> None:
    own = {"RequireStorageCardEncryption": False, "DeviceEncryptionEnabled": True}
    merged = merging({**own, "AllowNonProvisionableDevices": False})
    (admitted,) = admissions(merged, knowledge, resolve(["wp7"], knowledge))
    (finding,) = (each for each in admitted.verdicts.findings if each.name == "RequireStorageCardEncryption")
    assert '"DeviceEncryptionEnabled"' in finding.policy.document.line(finding.place.line)


def test_what_is_known_of_a_client_and_what_is_assumed(knowledge: Knowledge) -> None:
    targets = resolve(["android-mail>=2.2,<5", "wp7"], knowledge)
    old, froyo, honeycomb, ics, phone = device_merges(targets, knowledge)
    assert old.merged == froyo.merged
    assert "AllowCamera" in ics.merged
    assert "AllowCamera" not in honeycomb.merged
    assert "even where their policy requires no password" in old.text
    assert "any number" in ics.text
    assert "When an account is removed" in ics.text
    assert phone.assumed
    assert phone.merged == ()
    assert "Nobody has documented, setting by setting, how Windows Phone" in phone.text
    assert "strictest wins is assumed" in phone.text
    assert [target for each in (old, froyo, honeycomb, ics, phone) for target in each.targets] == list(targets)
    assert all(source in knowledge.sources for each in device_merges(targets, knowledge) for source in each.sources)


def test_conditions_that_all_clients_share(knowledge: Knowledge) -> None:
    assert shared_needs(resolve(["android-mail==4.*"], knowledge)) == ALPHANUMERIC
    assert shared_needs(resolve(["android-mail==4.*", "wp7"], knowledge)) == {}
    assert shared_needs([]) == {}
