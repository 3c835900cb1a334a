"""Judging, by the promises that the design makes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from formats import Formats
from policies import THREE, TWELVE, UNTOUCHED, policy

from policylint.judging.report import Report
from policylint.knowledge import Knowledge

Judge = Callable[..., Report]


@pytest.fixture(scope="session")
def judge(judged: Judge, knowledge: Knowledge) -> Judge:
    """Judge typed settings for a query."""
    formats = Formats(knowledge.catalogue)

    def run(settings: dict[str, Any], device: str, **options: Any) -> Report:
        return judged(formats.json([settings]), device, **options)

    return run


def found(report: Report, severity: str) -> dict[str, list[str]]:
    """Map property to targets for the findings of a severity."""
    return {
        finding.known.key if finding.known else "": [target.label for target in finding.targets]
        for finding in report.findings
        if finding.rule.severity == severity
    }


def verdicts(report: Report) -> dict[str, str]:
    """Map target to verdict, for a report on one policy."""
    (only,) = report.verdicts
    return {target.label: verdict for verdict, mask in only.masks.items() for target in report.targets.members(mask)}


WP7 = ["windows-phone 7.0", "windows-phone 7.5", "windows-phone 7.8"]


class TestTheTwelveOfWindowsPhone7:
    def test_behind_a_closed_gate_exactly_the_three_outside_the_twelve_block(self, judge: Judge) -> None:
        report = judge(policy(TWELVE, THREE, gate=False), "wp7")
        assert found(report, "error") == dict.fromkeys(THREE, WP7)
        assert {finding.rule.effect for finding in report.findings if finding.rule.severity == "error"} == {
            "blocks-sync"
        }
        assert found(report, "warning") == {}
        assert verdicts(report) == dict.fromkeys(WP7, "refused")

    def test_with_the_gate_open_the_same_three_are_not_enforced(self, judge: Judge) -> None:
        report = judge(policy(TWELVE, THREE, gate=True), "wp7")
        assert found(report, "error") == {}
        assert found(report, "warning") == dict.fromkeys(THREE, WP7)
        assert verdicts(report) == dict.fromkeys(WP7, "weakened")

    @pytest.mark.parametrize("gate", [True, False])
    def test_the_twelve_alone_are_accepted(self, judge: Judge, gate: bool) -> None:
        report = judge(policy(TWELVE, gate=gate), "wp7")
        assert found(report, "error") == found(report, "warning") == {}
        assert verdicts(report) == dict.fromkeys(WP7, "accepted")

    def test_the_message_says_outside_the_list_and_never_cannot(self, judge: Judge) -> None:
        report = judge(policy({"AllowWiFi": False}, gate=False), "wp7")
        (message,) = [finding.message for finding in report.findings if finding.rule.severity == "error"]
        assert "cannot" not in message
        assert message.endswith("(inferred)")


class TestAPrintedDefaultIsNoDemand:
    def test_an_untouched_policy_with_the_gate_open_troubles_nobody(self, judge: Judge) -> None:
        report = judge(UNTOUCHED, "all")
        # but a Surface Hub, which needs its values whether a password is required or not
        assert {each.rule.name for each in report.findings if each.rule.severity != "note"} == {"setting-must-be"}
        refused = {target for target, verdict in verdicts(report).items() if verdict == "refused"}
        assert refused == {"surface-hub 1703"}
        others = {verdict for target, verdict in verdicts(report).items() if target not in refused}
        assert others <= {"accepted", "not-applicable"}

    def test_behind_a_closed_gate_it_refuses_only_those_who_cannot_provision_in_one_finding(
        self, judge: Judge, knowledge: Knowledge
    ) -> None:
        report = judge(policy(gate=False), "all,surface-hub>1703")
        unable = [target.label for target in knowledge.targets if target.provisioning.ability == "none"]
        blocked = [finding for finding in report.findings if finding.rule.name == "client-cannot-provision"]
        assert len(blocked) == 1
        assert [target.label for target in blocked[0].targets] == unable
        must_be = {"surface-hub 1703"}  # which needs an open gate, and says so by its own rule
        refused = {target for target, verdict in verdicts(report).items() if verdict == "refused"}
        assert refused == {*unable, *must_be}


class TestTheGateIsMissing:
    def test_one_warning_tells_both_outcomes(self, judge: Judge) -> None:
        report = judge(policy(THREE, {"DevicePasswordEnabled": True}, gate=None), "wp7")
        assert found(report, "error") == {}
        (finding,) = [each for each in report.findings if each.rule.severity == "warning"]
        assert finding.rule.name == "gate-missing"
        assert "if it is False" in finding.message
        assert "if it is True" in finding.message
        # either way none of the three is done
        assert verdicts(report) == dict.fromkeys(WP7, "weakened")
        (only,) = report.verdicts
        assert set(only.access) == {"maybe"}

    @pytest.mark.parametrize(("assumed", "verdict"), [(True, "weakened"), (False, "refused")])
    def test_an_assumption_settles_it(self, judge: Judge, assumed: bool, verdict: str) -> None:
        settings = policy(THREE, {"DevicePasswordEnabled": True}, gate=None)
        report = judge(settings, "wp7", assume_gate=assumed)
        assert verdicts(report) == dict.fromkeys(WP7, verdict)

    def test_a_finding_names_the_assumption(self, judge: Judge) -> None:
        report = judge(policy(gate=None), "android-mail==2.1", assume_gate=False)
        (message,) = [finding.message for finding in report.findings if finding.rule.severity == "error"]
        assert "AllowNonProvisionableDevices is False (assumed)" in message

    def test_an_assumption_never_overrides_what_the_export_says(self, judge: Judge) -> None:
        report = judge(policy(THREE, gate=False), "wp7", assume_gate=True)
        assert verdicts(report) == dict.fromkeys(WP7, "refused")


def test_a_policy_cut_for_windows_phone_7_breaks_8_and_the_report_says_so(judge: Judge) -> None:
    report = judge(policy({"AllowStorageCard": False}, gate=False), "windows-phone>=7,<9")
    assert found(report, "error") == {"AllowStorageCard": ["windows-phone 8.0", "windows-phone 8.1"]}
    (told,) = [finding.message for finding in report.findings if finding.rule.name == "newer-release-refuses"]
    assert "taken by windows-phone 7.0–7.8, refused by windows-phone 8.0, 8.1" in told


class TestAndroidMail:
    def test_2_2_takes_all_or_nothing_behind_a_closed_gate(self, judge: Judge) -> None:
        fine = judge(policy({"DevicePasswordEnabled": True}, gate=False), "android-mail==2.2")
        assert verdicts(fine) == {"android-mail 2.2": "accepted"}
        too_much = judge(policy({"AttachmentsEnabled": False}, gate=False), "android-mail==2.2")
        assert verdicts(too_much) == {"android-mail 2.2": "refused"}

    def test_2_2_enforces_nothing_behind_an_open_gate(self, judge: Judge) -> None:
        report = judge(policy({"DevicePasswordEnabled": True}, gate=True), "android-mail==2.2")
        (finding,) = [each for each in report.findings if each.rule.severity == "warning"]
        assert finding.rule.name == "policy-never-fetched"
        assert verdicts(report) == {"android-mail 2.2": "weakened"}

    def test_2_2_1_answers_in_part_and_enforces_what_it_can(self, judge: Judge) -> None:
        report = judge(
            policy({"DevicePasswordEnabled": True, "AttachmentsEnabled": False}, gate=True), "android-mail==2.2.1"
        )
        assert list(found(report, "warning")) == ["AttachmentsEnabled"]

    def test_a_long_lock_time_is_shortened_with_a_note_and_no_warning(self, judge: Judge) -> None:
        asked = {"DevicePasswordEnabled": True, "MaxInactivityTimeDeviceLock": timedelta(minutes=45)}
        report = judge(policy(asked, gate=False), "android-mail==2.2.1")
        assert found(report, "error") == found(report, "warning") == {}
        (note,) = [finding for finding in report.findings if finding.rule.name == "value-beyond-limits"]
        assert "2047" in (note.ruling.reasons[0].note or "")
        assert verdicts(report) == {"android-mail 2.2.1": "accepted"}

    def test_encryption_blocks_some_hardware_only(self, judge: Judge) -> None:
        report = judge(policy({"RequireDeviceEncryption": True}, gate=False), "android-mail>=4")
        assert set(verdicts(report).values()) == {"refused-on-some"}
        assert {each.rule.effect for each in report.findings if each.rule.severity == "error"} == {"blocks-some"}

    def test_a_condition_on_the_value_decides_first(self, judge: Judge) -> None:
        for history, verdict in ((1, "refused"), (2, "weakened")):
            asked = {"DevicePasswordEnabled": True, "DevicePasswordHistory": history}
            report = judge(policy(asked, gate=False), "android-mail==2.2.1")
            assert verdicts(report) == {"android-mail 2.2.1": verdict}


class TestPasswordDetailsWithoutAPassword:
    def test_they_have_no_effect_and_hurt_no_device(self, judge: Judge) -> None:
        asked = {"DevicePasswordEnabled": False, "MinDevicePasswordComplexCharacters": 3}
        report = judge(policy(asked, gate=False), "wp7")
        assert found(report, "error") == found(report, "warning") == {}
        assert "MinDevicePasswordComplexCharacters" in [
            finding.name for finding in report.findings if finding.rule.name == "no-effect-password-off"
        ]

    def test_nothing_is_said_of_what_a_void_value_would_mean(self, judge: Judge) -> None:
        asked = {"DevicePasswordEnabled": False, "MinDevicePasswordComplexCharacters": 3}
        report = judge(policy(asked, gate=True), "all")
        assert "changes-meaning" not in [finding.rule.name for finding in report.findings]

    def test_a_missing_switch_hides_no_refusal(self, judge: Judge) -> None:
        asked = {key: value for key, value in policy(THREE, gate=False).items() if key != "DevicePasswordEnabled"}
        report = judge(asked, "wp7")
        assert "AlphanumericDevicePasswordRequired" in found(report, "error")
        assert [each.name for each in report.findings if each.rule.name == "password-switch-missing"] == [
            "DevicePasswordEnabled"
        ]


class TestTheTwoNamesOfTheStorageCardFlag:
    BOTH: ClassVar = {"RequireStorageCardEncryption": True, "DeviceEncryptionEnabled": True}

    def test_both_make_one_finding(self, judge: Judge) -> None:
        report = judge(policy(self.BOTH, gate=False), "wp7")
        (finding,) = [each for each in report.findings if each.rule.severity == "error"]
        assert finding.name == "RequireStorageCardEncryption"
        assert "(and DeviceEncryptionEnabled)" in finding.message

    def test_a_client_that_takes_either_name_takes_the_flag(self, judge: Judge) -> None:
        both = judge(policy(self.BOTH, gate=False), "outlook-mobile")
        assert found(both, "warning") == {}
        first = judge(policy({"RequireStorageCardEncryption": True}, gate=False), "outlook-mobile")
        assert "RequireStorageCardEncryption" in found(first, "warning")


class TestMustBe:
    def test_the_value_counts_whatever_the_gate(self, judge: Judge) -> None:
        for gate in (True, False):
            report = judge(policy({"DevicePasswordEnabled": True}, gate=gate), "surface-hub==1703")
            assert "DevicePasswordEnabled" in found(report, "error")
            assert verdicts(report) == {"surface-hub 1703": "refused"}


class TestUnknown:
    def test_it_is_counted_and_no_finding(self, judge: Judge) -> None:
        report = judge(policy({"AllowHTMLEmail": False}, gate=False), "ios==12")
        assert report.unknown == 1
        assert "support-unknown" not in [finding.rule.name for finding in report.findings]
        assert verdicts(report) == {"ios 12.0": "unknown"}

    def test_it_is_listed_on_request(self, judge: Judge) -> None:
        report = judge(policy({"AllowHTMLEmail": False}, gate=False), "ios==12", show_unknown=True)
        assert "support-unknown" in [finding.rule.name for finding in report.findings]


def test_each_target_has_exactly_one_verdict(judge: Judge) -> None:
    for gate in (True, False, None):
        report = judge(policy(TWELVE, THREE, gate=gate), "all")
        assert sum(mask.bit_count() for mask in report.verdicts[0].masks.values()) == len(report.targets.targets)


def test_a_report_speaks_in_the_spelling_of_its_file(judged: Judge) -> None:
    old = judged(
        {"DevicePasswordEnabled": True, "MinDevicePasswordLength": 3, "AllowNonProvisionableDevices": False}, "tbsync"
    )
    new = judged({"PasswordEnabled": True, "MinPasswordLength": 3, "AllowNonProvisionableDevices": False}, "tbsync")
    assert [finding.name for finding in old.findings if finding.targets][:1] == ["DevicePasswordEnabled"]
    assert [finding.name for finding in new.findings if finding.targets][:1] == ["PasswordEnabled"]
    assert [finding.known for finding in old.findings] == [finding.known for finding in new.findings]
