"""What else helps where no value does: told with the finding, once in the text, and by `fix`."""

import json
from pathlib import Path

import pytest
from formats import Formats
from policies import Settings, policy

from policylint.fixing.fixes import Fixes
from policylint.judging.report import Report
from policylint.knowledge import Knowledge
from policylint.report.formats import rendered
from policylint.session import Session
from policylint.writing.style import Style

WEAK = policy({"DevicePasswordEnabled": True, "MaxInactivityTimeDeviceLock": "00:05:00"}, gate=True, name="Weak")
IDLE = policy(gate=True, name="Idle")


def written(settings: Settings, path: Path, knowledge: Knowledge) -> str:
    (path / "p.xml").write_text(Formats(knowledge.catalogue).clixml([settings]), encoding="utf-8")
    return str(path / "p.xml")


@pytest.fixture
def outlook(knowledge: Knowledge) -> Session:
    return Session("outlook-mobile", knowledge=knowledge)


@pytest.fixture
def weak(outlook: Session, tmp_path: Path) -> Report:
    return outlook.check(written(WEAK, tmp_path, outlook.knowledge))


def comparison(fixes: Fixes) -> str:
    return "".join(fixes.comparison(Style(False)))


def test_a_weakness_says_what_else_helps_and_who_says_so(weak: Report) -> None:
    findings = json.loads("".join(rendered(weak, "json")))["findings"]
    advised = [each for each in findings if each["effect"] == "not-enforced"]
    assert advised
    for finding in advised:
        (advice,) = finding["instead"]
        assert advice["targets"] == ["outlook-mobile 2026"]
        assert "app protection policy" in advice["text"]
        assert advice["sources"] == ["outlook-exo-manage"]


def test_text_says_it_once_and_each_finding_by_itself(weak: Report) -> None:
    text = " ".join("".join(rendered(weak, "text")).split())
    assert text.count("app protection policy") == 1
    assert "[outlook-exo-manage]" in text


def test_a_refusal_needs_none(knowledge: Knowledge, tmp_path: Path) -> None:
    refused = Session("wp7", knowledge=knowledge).check(
        written(policy({"AllowCamera": False}, gate=False), tmp_path, knowledge)
    )
    assert all(not finding.ruling.instead for finding in refused.findings)


def test_advice_for_some_settings_is_for_these_only(small: Knowledge, tmp_path: Path) -> None:
    settings = policy({"AllowCamera": False, "RequireDeviceEncryption": True}, gate=True)
    report = Session("birch", knowledge=small).check(written(settings, tmp_path, small))
    told = {
        finding.known.key: [
            small_target.label
            for each in finding.ruling.instead
            for small_target in finding.ruling.targets.members(each.mask)
        ]
        for finding in report.findings
        if finding.known is not None and finding.ruling.instead
    }
    assert told == {"AllowCamera": ["birch 3", "birch 3.5"]}


def test_it_narrows_with_the_finding(small: Knowledge, tmp_path: Path) -> None:
    report = Session("birch", knowledge=small).check(
        written(policy({"AllowCamera": False}, gate=True), tmp_path, small)
    )
    ruling = next(finding.ruling for finding in report.findings if finding.ruling.instead)
    first, *others = report.targets.bits(ruling.instead[0].mask)
    narrowed = ruling.narrowed(1 << first)
    assert [each.mask for each in narrowed.instead] == [1 << first]
    rest = ruling.mask & ~ruling.instead[0].mask
    assert not rest or not ruling.narrowed(rest).instead
    assert others


class TestFix:
    def test_it_tells_what_stands_where_nobody_is_refused(self, outlook: Session, tmp_path: Path) -> None:
        fixes = outlook.fix(written(WEAK, tmp_path, outlook.knowledge))
        assert fixes.subjects == ()
        told = comparison(fixes)
        assert "No value of the settings changes that" in told
        assert "MaxInactivityTimeDeviceLock" in told
        assert "app protection policy" in told
        script = "\n".join(fixes.script("relax").lines())
        assert "# " + told.splitlines()[0] in script

    def test_a_policy_that_asks_nothing_is_told_of_benchmarks(self, outlook: Session, tmp_path: Path) -> None:
        told = comparison(outlook.fix(written(IDLE, tmp_path, outlook.knowledge)))
        assert '"Idle" asks nothing of a device' in told
        assert "--profile cis-exchange-2019" in told

    def test_a_policy_that_is_done_leaves_nothing_to_tell(self, knowledge: Knowledge, tmp_path: Path) -> None:
        settings = policy({"DevicePasswordEnabled": True, "MinDevicePasswordLength": None}, gate=True)
        fixes = Session("ios==18.0", knowledge=knowledge).fix(written(settings, tmp_path, knowledge))
        assert (fixes.subjects, list(fixes.left)) == ((), [])

    def test_a_policy_of_their_own_without_a_demand_is_no_offer(self, knowledge: Knowledge, tmp_path: Path) -> None:
        fixes = Session("wp7", knowledge=knowledge).fix(
            written(policy({"AllowCamera": False}, gate=False), tmp_path, knowledge)
        )
        (plan,) = fixes.plans("separate")
        assert (plan.changes, plan.cures_everything) == ((), False)
        assert "would ask nothing" in plan.hindrances[0].reason
        assert "New-" not in "\n".join(fixes.script("separate").lines())
