"""What a change means for devices: who is newly refused, for whom a demand is newly not enforced, who is cured."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from comparisons import Comparer
from conftest import ROOT
from policies import THREE, TWELVE, policy

from policylint.comparing.model import Comparison, PolicyDiff
from policylint.knowledge import Knowledge, load

Settings = dict[str, Any]
GATE = "AllowNonProvisionableDevices"
WP7 = "windows-phone 7.0–7.8"


def only(found: Comparison) -> PolicyDiff:
    (policy,) = found.policies
    return policy


def impacts(found: Comparison) -> list[tuple[str, str | None, str, str | None]]:
    """Say of each impact its kind, property, targets, and the property whose change it comes from."""
    fold = found.stamp.targets.fold
    return [
        (
            each.kind,
            each.finding.known and each.finding.known.key,
            fold(each.finding.ruling.mask),
            each.cause and each.cause.property.key,
        )
        for each in only(found).impacts
    ]


def moves(found: Comparison) -> list[tuple[str | None, str, str]]:
    return [(move.old, move.new, found.stamp.targets.fold(move.mask)) for move in only(found).moves]


class TestRefusals:
    def test_a_demand_that_a_device_cannot_meet(self, comparer: Comparer) -> None:
        found = comparer.between([policy(TWELVE, gate=False)], [policy(TWELVE, {"AllowCamera": False}, gate=False)])
        assert impacts(found) == [("newly-refused", "AllowCamera", WP7, "AllowCamera")]
        assert moves(found) == [("accepted", "refused", WP7)]

    def test_one_more_for_a_device_that_is_refused_already(self, comparer: Comparer) -> None:
        old, new = ({"AllowCamera": False}, {"AllowCamera": False, "RequireDeviceEncryption": True})
        found = comparer.between([policy(old, gate=False)], [policy(new, gate=False)])
        assert impacts(found) == [("newly-refused", "RequireDeviceEncryption", WP7, "RequireDeviceEncryption")]
        assert moves(found) == []

    def test_a_demand_that_goes_cures(self, comparer: Comparer) -> None:
        found = comparer.between([policy(TWELVE, THREE, gate=False)], [policy(TWELVE, gate=False)])
        assert {kind for kind, *_ in impacts(found)} == {"cured"}
        assert {key for _, key, *_ in impacts(found)} == set(THREE)
        assert moves(found) == [("refused", "accepted", WP7)]

    def test_only_the_targets_to_which_it_is_new(self, comparer: Comparer) -> None:
        """One of two releases refuses one literal value alone, the other refuses both values."""
        old, new = ({"DevicePasswordEnabled": True, "DevicePasswordHistory": number} for number in (5, 1))
        found = comparer.between(
            [policy(old, gate=False)], [policy(new, gate=False)], "android-mail==2.2,windows-mobile==5.0"
        )
        refused = [each for each in impacts(found) if each[0] == "newly-refused"]
        assert refused == [("newly-refused", "DevicePasswordHistory", "android-mail 2.2", "DevicePasswordHistory")]


class TestTheGate:
    def test_closing_it_alone_says_whom_it_reaches(self, comparer: Comparer, knowledge: Knowledge) -> None:
        found = comparer.between([policy(TWELVE, THREE, gate=True)], [policy(TWELVE, THREE, gate=False)])
        (change,) = only(found).changes
        assert (change.property.key, change.direction) == (GATE, "stricter")
        assert {each[3] for each in impacts(found)} == {GATE}
        assert [each[0] for each in impacts(found)] == ["newly-refused"] * 3
        reach = knowledge.catalogue[GATE].reach
        assert reach is not None
        assert [(remark.text, remark.sources) for remark in only(found).remarks] == [(reach.alone, reach.sources)]

    def test_opening_it_lets_in_without_enforcing(self, comparer: Comparer) -> None:
        found = comparer.between([policy(TWELVE, THREE, gate=False)], [policy(TWELVE, THREE, gate=True)])
        assert [each[0] for each in impacts(found)] == ["newly-unenforced"] * 3 + ["cured"] * 3
        assert moves(found) == [("refused", "weakened", WP7)]
        assert only(found).remarks == ()

    def test_refusing_is_no_cure_for_not_enforcing(self, comparer: Comparer) -> None:
        found = comparer.between([policy(TWELVE, THREE, gate=True)], [policy(TWELVE, THREE, gate=False)])
        assert "cured" not in {each[0] for each in impacts(found)}

    def test_with_another_setting_everybody_provisions_again(self, comparer: Comparer, knowledge: Knowledge) -> None:
        reach = knowledge.catalogue[GATE].reach
        assert reach is not None
        for new in (policy(TWELVE, gate=False), policy(TWELVE, gate=True)):
            (remark,) = only(comparer.between([policy(gate=True)], [new])).remarks
            assert remark.text == reach.others

    def test_what_no_device_is_sent_reaches_none(self, comparer: Comparer) -> None:
        found = comparer.between([policy({"IrmEnabled": True})], [policy({"IrmEnabled": False})])
        assert only(found).remarks == ()

    def test_alone_is_said_only_where_it_can_be_seen(self, comparer: Comparer) -> None:
        old, new = policy(gate=True), policy(gate=False)
        del new["AllowWiFi"]
        assert only(comparer.between([old], [new])).remarks == ()
        unknown = comparer.between(
            [policy(gate=True) | {"AllowTeleport": True}], [policy(gate=False) | {"AllowTeleport": False}]
        )
        assert only(unknown).remarks == ()


class TestWhatIsNotShown:
    def test_a_refusal_that_was_not_shown_before_is_told_with_that(self, comparer: Comparer) -> None:
        old, new = policy(gate=False), policy({"AllowCamera": False}, gate=False)
        del old["AllowCamera"]
        (each,) = only(comparer.between([old], [new])).impacts
        assert (each.kind, each.known_before) == ("newly-refused", False)

    def test_a_setting_that_is_cut_away_cures_nobody(self, comparer: Comparer) -> None:
        old, new = policy({"AllowCamera": False}, gate=False), policy(gate=False)
        del new["AllowCamera"]
        assert impacts(comparer.between([old], [new])) == [("no-longer-seen", "AllowCamera", WP7, "AllowCamera")]

    def test_nor_does_a_value_that_cannot_be_read(self, comparer: Comparer) -> None:
        old, new = policy({"AllowCamera": False}, gate=False), policy({"AllowCamera": "perhaps"}, gate=False)
        assert impacts(comparer.between([old], [new])) == [("no-longer-seen", "AllowCamera", WP7, "AllowCamera")]

    def test_nor_a_gate_that_is_cut_away(self, comparer: Comparer) -> None:
        found = comparer.between([policy(TWELVE, THREE, gate=False)], [policy(TWELVE, THREE, gate=None)])
        assert {each[0] for each in impacts(found)} == {"no-longer-seen"}
        # whichever way the gate stands, nothing more is enforced
        assert moves(found) == [("refused", "weakened", WP7)]

    def test_what_neither_side_shows_is_no_difference(self, comparer: Comparer) -> None:
        """Without the switch of the password a length counts, on both sides alike."""
        old, new = ({"DevicePasswordHistory": number} for number in (0, 1))
        one, other = policy(old, gate=False), policy(new, gate=False)
        del one["DevicePasswordEnabled"], other["DevicePasswordEnabled"]
        (worse,) = only(comparer.between([one], [other], "android-mail==2.2")).impacts
        (better,) = only(comparer.between([other], [one], "android-mail==2.2")).impacts
        assert (worse.kind, worse.known_before, better.kind) == ("newly-refused", True, "cured")

    def test_a_gate_that_is_assumed_is_known(self, comparer: Comparer) -> None:
        old, new = policy(TWELVE, THREE, gate=False), policy(TWELVE, THREE, gate=None)
        assert impacts(comparer.between([old], [new], assume_gate=False)) == []
        assert {each[0] for each in impacts(comparer.between([old], [new], assume_gate=True))} == {
            "newly-unenforced",
            "cured",
        }


def test_two_names_of_one_flag_are_one(comparer: Comparer) -> None:
    old, new = policy({"DeviceEncryptionEnabled": True}), policy({"RequireStorageCardEncryption": True})
    found = comparer.between([old], [new], "tbsync")
    assert impacts(found) == []


def test_whoever_gets_an_added_policy_meets_all_of_it_anew(comparer: Comparer) -> None:
    other = policy(name="Other") | {"Guid": "1"}
    found = comparer.between([other], [other, policy(TWELVE, THREE, gate=False)])
    assert only(found).status == "added"
    assert {each[0] for each in impacts(found)} == {"newly-refused"}
    assert moves(found) == [(None, "refused", WP7)]


@pytest.mark.parametrize("rule", ["blocks-sync", "blocks-some", "not-enforced", "partly-enforced"])
def test_what_is_newly_refused_is_an_error_and_what_is_not_enforced_a_warning(rule: str, knowledge: Knowledge) -> None:
    """The exit code goes by the severity of the rules, which a configuration may change."""
    wanted = "error" if rule.startswith("blocks") else "warning"
    assert {each.severity for each in knowledge.rulebook.rules if each.effect == rule and each.about == "policy"} == {
        wanted
    }


class TestAPolicyThatIsNeverFetched:
    OLDEST = "android-mail==2.0"

    def test_it_comes_with_the_first_demand_and_goes_with_the_last(self, comparer: Comparer) -> None:
        none, one = policy(gate=True), policy({"AllowCamera": False}, gate=True)
        target = "android-mail 2.0"
        there, back = comparer.between([none], [one], self.OLDEST), comparer.between([one], [none], self.OLDEST)
        assert impacts(there) == [("newly-unenforced", GATE, target, "AllowCamera")]
        assert impacts(back) == [("cured", GATE, target, "AllowCamera")]

    def test_a_demand_that_is_not_shown_any_more_cures_nobody(self, comparer: Comparer) -> None:
        old, new = policy({"AllowCamera": False}, gate=True), policy(gate=True)
        del new["AllowCamera"]
        found = comparer.between([old], [new], self.OLDEST)
        assert [each[0] for each in impacts(found)] == ["no-longer-seen"]


def test_from_some_hardware_to_all_is_worse_and_back_is_no_cure(tmp_path: Path) -> None:
    """Of no release that ships is both known, so a device of one's own has to."""
    shutil.copytree(ROOT / "examples" / "own-pack", tmp_path / "pack")
    device = tmp_path / "pack" / "devices" / "scanner.toml"
    cells = """
[[support]]
properties = ["RequireStorageCardEncryption"]
support = "blocks"
evidence = "documented"
sources = ["@span"]

[[support]]
properties = ["DeviceEncryptionEnabled"]
support = "partial"
blocks = { hardware = "scanner without a slot" }
evidence = "documented"
note = "Encrypts cards where there are some."
sources = ["@span"]
"""
    device.write_text(device.read_text(encoding="utf-8") + cells, encoding="utf-8")
    comparer = Comparer(load(own=[tmp_path / "pack"]))
    some, all_ = {"DeviceEncryptionEnabled": True}, {"RequireStorageCardEncryption": True}
    there = comparer.between([policy(some, gate=False)], [policy(all_, gate=False)], "scanner")
    back = comparer.between([policy(all_, gate=False)], [policy(some, gate=False)], "scanner")
    assert [each[0] for each in impacts(there)] == ["newly-refused"]
    assert [each[:2] for each in moves(there)] == [("refused-on-some", "refused")]
    # the hardware that is let in again encrypts in part
    assert [each[0] for each in impacts(back)] == ["newly-unenforced"]
    assert [each[:2] for each in moves(back)] == [("refused", "refused-on-some")]
