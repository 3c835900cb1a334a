"""Which settings differ, and whether a change asks more or less of a device."""

from typing import Any

import pytest
from comparisons import Comparer
from formats import Formats
from policies import TWELVE, UNTOUCHED, policy

from policylint.knowledge import Knowledge

Settings = dict[str, Any]
GATE = "AllowNonProvisionableDevices"
SWITCH = "DevicePasswordEnabled"


def settings(**changes: Any) -> Settings:
    return {"Name": "P", GATE: False, SWITCH: True, **changes}


@pytest.mark.parametrize(
    ("name", "old", "new", "direction"),
    [
        ("MinDevicePasswordLength", 4, 8, "stricter"),
        ("MinDevicePasswordLength", None, 4, "stricter"),
        ("MaxDevicePasswordFailedAttempts", 8, 4, "stricter"),
        ("MaxDevicePasswordFailedAttempts", "Unlimited", 16, "stricter"),
        ("AllowCamera", True, False, "stricter"),
        ("AllowBluetooth", "Allow", "HandsfreeOnly", "stricter"),
        ("AllowBluetooth", "HandsfreeOnly", "Disable", "stricter"),
        ("RequireDeviceEncryption", False, True, "stricter"),
        ("MaxAttachmentSize", "Unlimited", 1024, "stricter"),
        ("UnapprovedInROMApplicationList", ["a.exe"], ["a.exe", "b.exe"], "stricter"),
        ("ApprovedApplicationList", ["a.exe", "b.exe"], ["a.exe"], "stricter"),
        ("ApprovedApplicationList", [], ["a.exe"], "stricter"),
        (GATE, True, False, "stricter"),
        ("DevicePolicyRefreshInterval", "Unlimited", "1.00:00:00", "stricter"),
        ("AllowExternalDeviceManagement", True, False, "stricter"),
    ],
)
def test_stricter_one_way_is_looser_the_other(
    comparer: Comparer, name: str, old: Any, new: Any, direction: str
) -> None:
    one, other = settings(**{name: old}), settings(**{name: new})
    assert comparer.changes(one, other)[name].direction == direction
    assert comparer.changes(other, one)[name].direction == "looser"


@pytest.mark.parametrize(
    ("name", "old", "new", "note"),
    [
        ("MinDevicePasswordLength", None, 0, "asks the same"),
        ("DevicePasswordExpiration", "Unlimited", "00:00:00", "asks the same"),
        # Exchange takes no 0 here: it stands for no limit
        ("MaxDevicePasswordFailedAttempts", "Unlimited", 0, "asks the same"),
        ("RequireSignedSMIMEAlgorithm", "SHA1", "MD5", None),
        ("PasswordRecoveryEnabled", False, True, None),
        ("IrmEnabled", False, True, None),
        ("UnapprovedInROMApplicationList", ["a.exe"], ["b.exe"], "takes in"),
    ],
)
def test_neither(comparer: Comparer, name: str, old: Any, new: Any, note: str | None) -> None:
    for one, other in ((old, new), (new, old)):
        change = comparer.changes(settings(**{name: one}), settings(**{name: other}))[name]
        assert change.direction == "neither"
        assert (note in (change.note or "")) if note else change.note is None


class TestGates:
    def test_behind_a_switch_that_is_off_nothing_counts(self, comparer: Comparer) -> None:
        old, new = (settings(MinDevicePasswordLength=length) | {SWITCH: False} for length in (4, 8))
        change = comparer.changes(old, new)["MinDevicePasswordLength"]
        assert (change.direction, change.note) == ("neither", f"gated off: {SWITCH} is False")

    def test_a_client_may_go_its_own_way(self, comparer: Comparer) -> None:
        old, new = (settings(MaxInactivityTimeDeviceLock=time) | {SWITCH: False} for time in ("00:05:00", "00:10:00"))
        note = comparer.changes(old, new)["MaxInactivityTimeDeviceLock"].note
        assert note == f"gated off: {SWITCH} is False; some clients may act on it all the same"

    def test_a_switch_that_turns_decides(self, comparer: Comparer) -> None:
        on, off = settings(MinDevicePasswordLength=4), settings(MinDevicePasswordLength=8) | {SWITCH: False}
        there, back = comparer.changes(off, on), comparer.changes(on, off)
        assert there[SWITCH].direction == there["MinDevicePasswordLength"].direction == "stricter"
        assert there["MinDevicePasswordLength"].note == f"did not count before: {SWITCH} is False"
        assert back["MinDevicePasswordLength"].direction == "looser"
        assert back["MinDevicePasswordLength"].note == f"does not count any more: {SWITCH} is False"

    def test_one_flag_under_two_names_is_asked_for_once(self, comparer: Comparer) -> None:
        old = settings(DeviceEncryptionEnabled=True, RequireStorageCardEncryption=False)
        new = settings(DeviceEncryptionEnabled=True, RequireStorageCardEncryption=True)
        change = comparer.changes(old, new)["RequireStorageCardEncryption"]
        assert (change.direction, change.note) == ("neither", "asks the same of a device")


class TestWhatIsNotShown:
    @pytest.mark.parametrize("value", [True, False])
    def test_it_is_no_change_to_a_default(self, comparer: Comparer, value: bool) -> None:
        old, new = settings(AllowCamera=value), settings()
        gone, come = comparer.changes(old, new)["AllowCamera"], comparer.changes(new, old)["AllowCamera"]
        assert (gone.kind, gone.direction, gone.new) == ("no-longer-shown", None, None)
        assert (come.kind, come.direction, come.old) == ("now-shown", None, None)

    def test_what_cannot_be_read_is_told(self, comparer: Comparer) -> None:
        old, new = settings(MinDevicePasswordLength=4), settings(MinDevicePasswordLength="four")
        change = comparer.changes(old, new)["MinDevicePasswordLength"]
        assert (change.kind, change.direction) == ("unreadable", None)
        assert change.new is not None
        assert change.new.raw == "four"
        assert "not a whole number" in (change.new.unreadable or "")
        assert comparer.changes(new, new) == {}
        assert comparer.changes(new, settings(MinDevicePasswordLength="five"))["MinDevicePasswordLength"]

    def test_long_values_that_cannot_be_read_are_told_apart_by_their_ends(self, comparer: Comparer) -> None:
        old, new = (settings(MinDevicePasswordLength="x" * 100 + end) for end in "ab")
        assert comparer.changes(old, new)["MinDevicePasswordLength"].kind == "unreadable"

    def test_a_value_that_is_not_set_is_no_value(self, comparer: Comparer) -> None:
        change = comparer.changes(settings(AllowCamera=False), settings(AllowCamera=None))["AllowCamera"]
        assert (change.kind, change.direction) == ("unreadable", None)

    def test_columns_that_nobody_knows_are_told_in_a_note(self, comparer: Comparer) -> None:
        old, new = settings(AllowTeleport=True), settings(AllowTeleport=False)
        found = comparer.between([old, {**old, "Name": "Q"}], [new, {**new, "Name": "Q"}])
        assert found.policies == []
        assert found.notes == ["columns that are not in the catalogue differ and were not compared: 'AllowTeleport'"]


def test_what_identifies_a_policy_is_no_setting(comparer: Comparer) -> None:
    dates = {"WhenChanged": "2010-01-01", "WhenCreated": "2009-01-01", "ObjectState": "Unchanged", "RunspaceId": "1"}
    other = {"WhenChanged": "2026-01-01", "WhenCreated": "2025-01-01", "ObjectState": "New", "RunspaceId": "2"}
    assert comparer.changes({**UNTOUCHED, **dates}, {**UNTOUCHED, **other, "IsDefaultPolicy": False}) == {}


def test_the_order_of_a_list_is_none(comparer: Comparer) -> None:
    old, new = (settings(ApprovedApplicationList=apps) for apps in (["a.exe", "b.exe"], ["b.exe", "a.exe"]))
    assert comparer.changes(old, new) == {}


def test_units_that_the_cmdlets_dispute_are_not_compared(comparer: Comparer, knowledge: Knowledge) -> None:
    old = settings(MaxEmailBodyTruncationSize=100)
    new = {"Name": "P", GATE: False, "PasswordEnabled": True, "MaxEmailBodyTruncationSize": 200}
    change = comparer.changes(old, new)["MaxEmailBodyTruncationSize"]
    assert (change.direction, change.note) == ("neither", "the cmdlets' pages count it in different units")


def test_changes_stand_at_their_places(comparer: Comparer, knowledge: Knowledge) -> None:
    old, new = policy(TWELVE), policy(TWELVE, {"MinDevicePasswordLength": 8})
    text = Formats(knowledge.catalogue).json([new]).splitlines()
    (change,) = comparer.changes(old, new).values()
    assert change.new is not None
    place = change.new.policy.place(change.new.mark)
    assert place.path == "new.json"
    assert text[place.line - 1][place.column - 1 : place.end_column - 1] == "8"
