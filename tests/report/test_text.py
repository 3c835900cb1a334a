"""The report for a person: settings stand together, nothing is lost, and it stays short."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from policylint import Session
from policylint.judging.report import Report
from policylint.knowledge import Knowledge, load
from policylint.report import text
from policylint.report.entries import entries_of
from policylint.report.scorecard import rows
from policylint.writing.style import Look

KNOWLEDGE = load()
EIGHT = ROOT / "examples" / "exchange-online" / "policies.json"

SETTINGS = st.fixed_dictionaries(
    {"AllowNonProvisionableDevices": st.booleans()},
    optional={
        "PasswordEnabled": st.booleans(),
        "MinPasswordLength": st.integers(1, 12),
        "AllowCamera": st.booleans(),
        "RequireDeviceEncryption": st.booleans(),
        "AllowBluetooth": st.sampled_from(["Allow", "HandsfreeOnly", "Disable"]),
    },
)


def told(report: Report, **look: Any) -> str:
    return "".join(text.render(report, Look(**look)))


@settings(max_examples=40, deadline=None)
@given(policies=st.lists(SETTINGS, min_size=1, max_size=5), device=st.sampled_from(["wp7", "ios>=17", "phone"]))
def test_every_finding_is_in_one_entry_and_policies_share_entries(
    judged: Callable[..., Report], policies: list[dict[str, Any]], device: str
) -> None:
    named = [{"Name": f"P{number}", **each} for number, each in enumerate(policies)]
    report = judged(json.dumps(named), device)
    found = entries_of(report)
    grouped = [finding for entry in found.entries for said in entry.said.values() for finding in said.findings]
    idle = {id(policy.about): idle.mask for idle in found.idle for policy in idle.policies}
    expected = [
        finding
        for finding in report.findings
        if finding.rule.effect != "not-enforced" or finding.ruling.mask & ~idle.get(id(finding.about), 0)
    ]
    assert len(grouped) == len(expected)
    titles = [(entry.title, next(iter(entry.said.values())).first.value) for entry in found.entries if entry.title]
    assert len(titles) == len(set(map(repr, titles)))
    severities = [["error", "warning", "note"].index(entry.severity) for entry in found.entries]
    assert severities == sorted(severities)


@settings(max_examples=25, deadline=None)
@given(SETTINGS)
def test_the_scorecard_says_what_json_says(judged: Callable[..., Report], policy: dict[str, Any]) -> None:
    report = judged(json.dumps({"Name": "P", **policy}), "ios>=17,outlook-mobile,wp7")
    (verdicts,) = report.verdicts
    shown = {(row.access, row.demands) for row in rows(verdicts, report)}
    access = verdicts.access_by_target(report.targets)
    demands = list(zip(*verdicts.demands(report.targets), strict=True))
    assert shown == {each for each in zip(access, demands, strict=True) if each[0] != "not-applicable"}


def test_eight_policies_fit_two_screens(knowledge: Knowledge) -> None:
    printed = told(Session("common", knowledge=knowledge).check(EIGHT))
    assert printed.count("\n") <= 120
    assert "does nothing of what is asked" not in printed
    for name in ("Hardened", "Kiosk", "Executives", "No demand"):
        assert f'"{name}"' in printed


@pytest.mark.parametrize("devices", ["common", "ios>=17,gmail>=14,outlook-mobile,wp7", "all"])
def test_a_thousand_policies_stay_readable(devices: str, judged: Callable[..., Report]) -> None:
    many = [
        {
            "Name": f"P{number}",
            "AllowNonProvisionableDevices": number % 3 == 0,
            "PasswordEnabled": True,
            "MinPasswordLength": 1 + number % 16,
            "MaxPasswordFailedAttempts": 4 + number % 12,
            "PasswordHistory": number % 51,
            "AllowCamera": number % 2 == 0,
        }
        for number in range(1000)
    ]
    printed = told(judged(json.dumps(many), devices))
    assert printed.count("\n") < 400
    assert "more" in printed


def test_a_client_that_does_nothing_is_told_once(judged: Callable[..., Report]) -> None:
    asked = {"PasswordEnabled": True, "MinPasswordLength": 6, "AllowCamera": False}
    report = judged({"AllowNonProvisionableDevices": True, **asked}, "tbsync")
    printed = told(report)
    assert printed.count("does nothing of what is asked") == 1
    assert "EAS103" not in printed


@pytest.mark.parametrize("width", [60, 80, 120])
def test_lines_keep_to_the_terminal(knowledge: Knowledge, width: int) -> None:
    printed = told(Session("common", knowledge=knowledge).check(EIGHT), width=width)
    *lines, _ = printed.splitlines()  # the counts stand on one line, for those who look for them
    assert max(map(len, lines)) <= max(width, 77)


def test_quiet_keeps_the_scorecard(knowledge: Knowledge) -> None:
    printed = told(Session("wp7", knowledge=knowledge).check(ROOT / "examples" / "contoso.clixml"), only=("error",))
    assert "Who gets in" in printed
    assert "EAS209" not in printed


def test_groups_of_policies_and_of_nothing(knowledge: Knowledge) -> None:
    report = Session("wp7", knowledge=knowledge).check(ROOT / "examples" / "contoso.clixml")
    by_policy = told(report, group="policy")
    assert by_policy.index('policy "Default"') < by_policy.index('policy "Windows Phone 7"')
    assert told(report, group="line").count("EAS209") == 2
    assert told(report).count("EAS209") == 1


def test_what_the_server_end_does_to_each_client_is_told_of_each(knowledge: Knowledge) -> None:
    report = Session("common", server="online", knowledge=knowledge).check(EIGHT)
    messages = {finding.message for finding in report.findings if finding.rule.once and finding.rule.severity == "note"}
    printed = " ".join(told(report).split())
    assert any("2026.05.11" in message for message in messages)
    assert all(message in printed for message in messages if "does not tell" not in message)
