"""The strategies: the loop from findings to changes and back is closed, for every strategy, family and rule."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import generated
import pytest
from formats import Formats
from hypothesis import HealthCheck, given, settings
from policies import THREE, TWELVE, policy

from policylint.exports.reader import read_document
from policylint.fixing.plan import Plan, verify
from policylint.fixing.strategies import STRATEGIES
from policylint.fixing.subject import REFUSALS, Subject, refused
from policylint.judging.findings import Finding
from policylint.judging.rulings import WEAKNESSES
from policylint.knowledge import Knowledge, load
from policylint.knowledge.catalogue import GATE
from policylint.knowledge.query import find_server, resolve
from policylint.policies.reading import PolicyReader

KNOWLEDGE = load()
FORMATS = Formats(KNOWLEDGE.catalogue)

EVERYTHING: dict[str, Any] = {
    **TWELVE,
    **THREE,
    "MinDevicePasswordComplexCharacters": 4,
    "MinDevicePasswordLength": 16,
    "DevicePasswordExpiration": timedelta(days=1),
    "DevicePasswordHistory": 1,
    "PasswordRecoveryEnabled": True,
    "RequireStorageCardEncryption": True,
    "DeviceEncryptionEnabled": True,
    "AttachmentsEnabled": False,
    "MaxAttachmentSize": 1024,
    "AllowHTMLEmail": False,
    "MaxCalendarAgeFilter": "TwoWeeks",
    "MaxEmailAgeFilter": "OneDay",
    "MaxEmailBodyTruncationSize": 0,
    "MaxEmailHTMLBodyTruncationSize": 0,
    "RequireManualSyncWhenRoaming": True,
    "RequireSignedSMIMEMessages": True,
    "RequireEncryptedSMIMEMessages": True,
    "RequireSignedSMIMEAlgorithm": "MD5",
    "RequireEncryptionSMIMEAlgorithm": "DES",
    "AllowSMIMEEncryptionAlgorithmNegotiation": "BlockNegotiation",
    "AllowSMIMESoftCerts": False,
    "AllowUnsignedApplications": False,
    "AllowUnsignedInstallationPackages": False,
    "AllowWiFi": False,
    "AllowTextMessaging": False,
    "AllowPOPIMAPEmail": False,
    "AllowBluetooth": "Disable",
    "AllowBrowser": False,
    "AllowConsumerEmail": False,
    "UnapprovedInROMApplicationList": ["a.exe"],
    "ApprovedApplicationList": ["0123456789abcdef:b.exe"],
}
"""A demand for nearly everything."""

WITHOUT_SWITCH = {key: value for key, value in policy(EVERYTHING, gate=False).items() if key != "DevicePasswordEnabled"}
VARIANTS: dict[str, dict[str, Any]] = {
    "all of it": policy(EVERYTHING, gate=False),
    "no password": policy(EVERYTHING, {"DevicePasswordEnabled": False}, gate=False),
    "the password switch not shown": WITHOUT_SWITCH,
    "the gate not shown": policy(EVERYTHING, gate=None),
    "the gate open": policy(EVERYTHING, gate=True),
}


def subjects(made: dict[str, Any], query: str, knowledge: Knowledge = KNOWLEDGE, **options: Any) -> list[Subject]:
    document = read_document(FORMATS.json([made]).encode(), "policy.json")
    policies = PolicyReader(knowledge.catalogue).policies(document)
    return list(refused(policies, knowledge, resolve([query], knowledge), query, **options))


def assert_closed(plan: Plan) -> None:
    """What a plan sets out to cure is cured or explained, and nothing comes up that it did not tell."""
    found = verify(plan)
    assert [finding.message for finding in found.new] == []
    if not plan.hindrances:
        assert [finding.message for finding in found.remaining] == []
        assert found.cured == len(plan.subject.refusals)
    if found.remaining:
        assert plan.hindrances
        assert all(hindrance.reason for hindrance in plan.hindrances)


@pytest.mark.parametrize("strategy", STRATEGIES)
@pytest.mark.parametrize("family", [*KNOWLEDGE.families, "all", "current"])
def test_the_loop_is_closed_for_every_family(family: str, strategy: str) -> None:
    for made in VARIANTS.values():
        for subject in subjects(made, family):
            assert_closed(STRATEGIES[strategy](subject))


@pytest.mark.parametrize("strategy", STRATEGIES)
@pytest.mark.parametrize(
    "rule", [rule for rule in KNOWLEDGE.rulebook.rules if rule.about == "policy"], ids=lambda rule: rule.id
)
def test_the_loop_is_closed_for_every_example_of_every_rule(rule: Any, strategy: str) -> None:
    for example in rule.entry["examples"]:
        export = example.get("export") or json.dumps({"Name": "Example", **example["settings"]})
        policies = PolicyReader(KNOWLEDGE.catalogue).policies(read_document(export.encode(), "example"))
        query = example.get("device", "all")
        server = find_server(example["server"], KNOWLEDGE) if "server" in example else None
        for subject in refused(policies, KNOWLEDGE, resolve([query], KNOWLEDGE), query, server=server):
            assert_closed(STRATEGIES[strategy](subject))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=generated.policies(gate=False))
def test_the_loop_is_closed_for_any_policy(made: dict[str, Any]) -> None:
    for subject in subjects(made, "all"):
        for strategy in STRATEGIES.values():
            assert_closed(strategy(subject))


def only(made: dict[str, Any], query: str, strategy: str) -> Plan:
    (subject,) = subjects(made, query)
    return STRATEGIES[strategy](subject)


def outcomes(findings: list[Finding]) -> set[str | None]:
    return {finding.rule.outcome for finding in findings}


class TestTwelveProperties:
    """Windows Phone 7 takes twelve properties; the policy demands these and three more."""

    MADE = policy(TWELVE, THREE, gate=False)

    def test_separate_keeps_what_they_enforce_at_its_value(self) -> None:
        plan = only(self.MADE, "wp7", "separate")
        values = {change.known.key: change.after for change in plan.changes}
        assert {key: values[key] for key in TWELVE} == TWELVE
        assert values[GATE] is False
        assert {change.known.key for change in plan.dropped} == set(THREE)
        found = plan.subject.judge(plan.outcome())
        assert not outcomes(found) & {*REFUSALS, *WEAKNESSES, "unknown"}

    def test_relax_touches_only_what_offends(self) -> None:
        plan = only(self.MADE, "wp7", "relax")
        assert {change.known.key: change.after for change in plan.changes} == {
            "AlphanumericDevicePasswordRequired": False,
            "RequireDeviceEncryption": False,
            "AllowCamera": True,
        }
        assert all(change.loosens for change in plan.changes)

    def test_open_gate_lists_what_goes_unenforced(self) -> None:
        plan = only(self.MADE, "wp7", "open-gate")
        assert [(change.known.key, change.after) for change in plan.changes] == [(GATE, True)]
        assert {finding.name for finding in plan.unenforced} == set(THREE)

    def test_what_nobody_refuses_needs_no_plan(self) -> None:
        assert subjects(policy(TWELVE, gate=False), "wp7") == []
        assert subjects(policy(TWELVE, THREE, gate=True), "wp7") == []


class TestConflicts:
    def test_relax_does_not_switch_the_password_off(self) -> None:
        plan = only(policy(TWELVE, gate=False), "surface-hub,wp7", "relax")
        assert plan.changes == ()
        (hindrance,) = plan.hindrances
        assert hindrance.finding.name == "DevicePasswordEnabled"
        assert "--strategy separate" in hindrance.reason
        assert "MinDevicePasswordLength" in hindrance.reason

    def test_separate_gives_these_devices_what_they_need(self) -> None:
        plan = only(policy(TWELVE, gate=False), "surface-hub", "separate")
        values = {change.known.key: change.after for change in plan.changes}
        assert values["DevicePasswordEnabled"] is False
        assert "MinDevicePasswordLength" not in values
        assert verify(plan).remaining == ()

    def test_open_gate_does_not_cure_what_needs_a_value(self) -> None:
        plan = only(policy(TWELVE, gate=False), "surface-hub", "open-gate")
        assert "DevicePasswordEnabled" in {hindrance.finding.name for hindrance in plan.hindrances}

    def test_devices_that_exclude_each_other_have_no_common_policy(self, tmp_path: Path) -> None:
        (tmp_path / "devices").mkdir()
        for name, value in (("door-lock", "true"), ("wall-panel", "false")):
            (tmp_path / "devices" / f"{name}.toml").write_text(
                f'family = "{name}"\nname = "{name}"\ntags = ["other"]\n\n'
                '[[spans]]\nversions = ">=1"\nname = "All"\nreleases = [{ version = "1.0", date = "2020" }]\n'
                'sources = ["PS-NEW-MD"]\n\n[[eas]]\nspeaks = ["14.1"]\nmax = "14.1"\nevidence = "documented"\n'
                'sources = ["PS-NEW-MD"]\n\n'
                '[[provisioning]]\nability = "partial-answer"\ngate_open = "enforces-what-it-can"\n'
                'evidence = "documented"\nsources = ["PS-NEW-MD"]\n\n'
                '[[support]]\nproperties = ["AllowWiFi"]\nsupport = "must-be"\n'
                f'value = {value}\nevidence = "documented"\nsources = ["PS-NEW-MD"]\n',
                encoding="utf-8",
            )
        knowledge = load(own=[tmp_path])
        (subject,) = subjects(policy(TWELVE, gate=False), "door-lock,wall-panel", knowledge)
        for strategy in ("relax", "separate"):
            plan = STRATEGIES[strategy](subject)
            assert plan.hindrances, strategy
            assert verify(plan).remaining

    def test_what_provisions_nothing_is_out_of_reach_of_relax(self) -> None:
        plan = only(policy(TWELVE, THREE, gate=False), "android-mail<2.2,wp7", "relax")
        assert {change.known.key for change in plan.changes} == set(THREE)
        (hindrance,) = plan.hindrances
        assert hindrance.finding.rule.outcome == "cannot-provision"
        assert_closed(plan)


class TestSeparate:
    def test_a_value_gives_way_as_far_as_it_must_and_no_further(self) -> None:
        long = policy(TWELVE, {"MinDevicePasswordLength": 18, "RequireDeviceEncryption": True}, gate=False)
        plan = only(long, "android-mail==2.2", "separate")
        values = {change.known.key: change.after for change in plan.changes}
        assert values["MinDevicePasswordLength"] == 16

    def test_what_nobody_has_documented_is_not_kept(self) -> None:
        plan = only(policy(TWELVE, THREE, gate=False), "all", "separate")
        found = plan.subject.judge(plan.outcome())
        assert "unknown" not in outcomes(found)

    def test_defaults_that_ask_something_are_stated_away(self) -> None:
        plan = only(policy(TWELVE, THREE, gate=False), "wp7", "separate")
        stated = {change.known.key for change in plan.changes}
        for known in KNOWLEDGE.catalogue:
            asks = known.neutral is not None and any(not known.is_neutral(each) for each in known.defaults)
            if known.kind == "device" and asks:
                assert known.key in stated, known.key

    def test_what_the_export_does_not_show_is_not_said_to_be_dropped(self) -> None:
        plan = only({"Name": "P", "AllowNonProvisionableDevices": False, "AllowCamera": False}, "wp7", "separate")
        assert {change.known.key for change in plan.dropped} == {"AllowCamera"}

    def test_what_a_new_policy_does_not_ask_by_itself_is_not_said(self) -> None:
        plan = only(policy(TWELVE, THREE, gate=False), "wp7", "separate")
        assert "AllowCamera" in {change.known.key for change in plan.dropped}
        assert "AllowCamera" not in {change.known.key for change in plan.changes}


def test_both_names_of_one_flag_are_relaxed() -> None:
    both = {"RequireStorageCardEncryption": True, "DeviceEncryptionEnabled": True}
    plan = only(policy(TWELVE, both, gate=False), "wp7", "relax")
    assert {change.known.key for change in plan.changes} == set(both)
    assert_closed(plan)


def test_of_a_value_that_is_loosened_step_by_step_the_first_is_told() -> None:
    asked = {"MaxEmailAgeFilter": "TwoWeeks", "RequireDeviceEncryption": True, "DevicePasswordEnabled": True}
    made = policy(asked, gate=False)
    (loosened,) = [each for each in only(made, "ios", "separate").dropped if each.known.key == "MaxEmailAgeFilter"]
    assert (loosened.before, loosened.after) == ("TwoWeeks", "All")
    assert {finding.value for finding in loosened.findings} == {"TwoWeeks"}
