"""Waivers, baselines and selections: what they take out, and what always stays."""

import datetime
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.acceptance import baseline as baseline_file
from policylint.acceptance.accepted import accepted
from policylint.acceptance.baseline import Baseline, BaselineError
from policylint.acceptance.selection import Selection, SelectorError, selectors
from policylint.acceptance.waivers import Waivers
from policylint.config.applied import ConfigDocument, waivers_of
from policylint.config.reading import parse
from policylint.judging.findings import Finding
from policylint.judging.report import Report
from policylint.knowledge import Knowledge

Judged = Callable[..., Report]
TODAY = datetime.date(2026, 11, 22)

BROKEN = {
    "Name": "Kiosk",
    "AllowNonProvisionableDevices": False,
    "DevicePasswordEnabled": True,
    "AllowCamera": False,
    "RequireDeviceEncryption": True,
}


def waived(report: Report, knowledge: Knowledge, *waivers: str) -> Report:
    text = "".join(f"[[waivers]]\n{waiver}\n" for waiver in waivers)
    config = parse(Path("policylint.toml"), text)
    found = waivers_of(config, knowledge, report.targets)
    return accepted(report, Waivers(found, ConfigDocument(config), knowledge.rulebook, TODAY)).report


def by_rule(report: Report, rule: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule.id == rule]


class TestWaivers:
    def test_a_waived_finding_stays_and_does_not_count(self, judged: Judged, knowledge: Knowledge) -> None:
        report = judged(BROKEN, "wp7")
        before, errors = len(report.findings), report.counts()["error"]
        report = waived(
            report, knowledge, 'rule = "EAS101"\nproperty = "AllowCamera"\npolicy = "kiosk"\nreason = "agreed"'
        )
        assert len(report.findings) == before
        assert report.counts()["error"] == errors - 1
        assert report.waived == 1
        (finding,) = [each for each in report.findings if each.waived]
        assert (finding.name, finding.waived.reason) == ("AllowCamera", "agreed")  # type: ignore[union-attr]
        (verdicts,) = report.verdicts
        assert set(verdicts.masks) == {"refused"}

    def test_by_guid_and_by_the_name_of_the_rule(self, judged: Judged, knowledge: Knowledge) -> None:
        guid = "3F1C2F5E-7D5B-4A52-9B5E-0D5B3C1F2A10"
        report = judged({**BROKEN, "Guid": guid}, "wp7")
        report = waived(report, knowledge, f'rule = "setting-blocks-sync"\npolicy = "{guid.lower()}"\nreason = "x"')
        assert report.counts()["error"] == 0

    def test_another_policy_is_not_concerned(self, judged: Judged, knowledge: Knowledge) -> None:
        report = waived(judged(BROKEN, "wp7"), knowledge, 'rule = "EAS101"\npolicy = "Other"\nreason = "x"')
        assert report.waived == 0

    def test_for_some_targets_the_finding_is_divided(self, judged: Judged, knowledge: Knowledge) -> None:
        report = judged(BROKEN, "wp7,ios==3.1")
        (whole,) = [each for each in by_rule(report, "EAS101") if each.name == "AllowCamera"]
        report = waived(
            report,
            knowledge,
            'property = "AllowCamera"\nrule = "EAS101"\npolicy = "Kiosk"\ndevices = ["windows-phone 7.5"]\nreason="x"',
        )
        out, left = [each for each in by_rule(report, "EAS101") if each.name == "AllowCamera"]
        assert [target.label for target in out.targets] == ["windows-phone 7.5"]
        assert out.waived is not None
        assert left.waived is None
        assert {*out.targets, *left.targets} == set(whole.targets)
        assert "7.5" not in left.message
        assert set(left.ruling.sources) <= set(whole.ruling.sources)

    def test_several_waivers_may_share_a_finding(self, judged: Judged, knowledge: Knowledge) -> None:
        report = judged(BROKEN, "wp7")
        one, two = (
            f'property = "AllowCamera"\npolicy = "Kiosk"\ndevices = ["windows-phone {version}"]\nreason = "{version}"'
            for version in ("7.0", "7.8")
        )
        report = waived(report, knowledge, one, two)
        parts = [each for each in by_rule(report, "EAS101") if each.name == "AllowCamera"]
        assert [(each.waived.reason if each.waived else None) for each in parts] == ["7.0", "7.8", None]
        assert by_rule(report, "EAS013") == []

    def test_an_expired_one_waives_nothing_and_is_told(self, judged: Judged, knowledge: Knowledge) -> None:
        waiver = 'rule = "EAS101"\npolicy = "Kiosk"\nreason = "by spring"\nexpires = '
        report = waived(judged(BROKEN, "wp7"), knowledge, waiver + "2026-11-21")
        assert report.waived == 0
        (finding,) = by_rule(report, "EAS012")
        assert "expired on 2026-11-21" in finding.message
        assert finding.place == ("policylint.toml", 1, 1, 1, 12)
        assert waived(judged(BROKEN, "wp7"), knowledge, waiver + "2026-11-22").waived == 2

    def test_an_unused_one_is_told_if_its_policy_was_read(self, judged: Judged, knowledge: Knowledge) -> None:
        unused = 'rule = "EAS105"\npolicy = "{}"\nreason = "x"'
        report = waived(judged(BROKEN, "wp7"), knowledge, unused.format("Kiosk"), unused.format("Other"))
        assert len(by_rule(report, "EAS013")) == 1

    def test_one_for_devices_that_are_not_judged_is_not_told(self, judged: Judged, knowledge: Knowledge) -> None:
        waiver = 'rule = "EAS101"\npolicy = "Kiosk"\ndevices = ["ios"]\nreason = "x"'
        assert by_rule(waived(judged(BROKEN, "wp7"), knowledge, waiver), "EAS013") == []

    def test_what_is_told_once_needs_no_policy(self, judged: Judged, knowledge: Knowledge) -> None:

        report = judged(BROKEN, "wp7", server="online")
        report = waived(report, knowledge, 'rule = "EAS114"\nreason = "we know"')
        assert [finding.waived is not None for finding in by_rule(report, "EAS114")] == [True]


class TestBaseline:
    def test_what_it_holds_does_not_count_and_what_is_new_does(self, judged: Judged) -> None:
        before = judged({**BROKEN, "AllowCamera": True}, "wp7")
        known = Baseline.of(before.verdicts)
        before = accepted(before, baseline=known).report
        assert before.waived == len(before.findings)
        after = judged(BROKEN, "wp7")
        after = accepted(after, baseline=known).report
        assert {finding.name for finding in after.findings if finding.waived is None} == {"AllowCamera"}

    def test_another_target_is_new(self, judged: Judged) -> None:
        known = Baseline.of(judged(BROKEN, "windows-phone==7.5").verdicts)
        after = judged(BROKEN, "wp7")
        after = accepted(after, baseline=known).report
        left = [each for each in by_rule(after, "EAS101") if each.waived is None]
        assert {target.label for each in left for target in each.targets} == {"windows-phone 7.0", "windows-phone 7.8"}

    def test_lines_do_not_matter_and_a_rename_with_one_guid_neither(self, judged: Judged) -> None:
        guid = "3f1c2f5e-7d5b-4a52-9b5e-0d5b3c1f2a10"
        known = Baseline.of(judged({"Guid": guid, **BROKEN}, "wp7").verdicts)
        moved = dict(reversed({**BROKEN, "Guid": guid, "Name": "Renamed", "AllowWiFi": True}.items()))
        after = judged(moved, "wp7")
        after = accepted(after, baseline=known).report
        # another property that is shown makes another set of those that are not
        new = {finding.rule.name for finding in after.findings if finding.waived is None}
        assert new == {"properties-not-shown"}

    def test_pruning_drops_what_is_gone_and_nothing_else(self, judged: Judged) -> None:
        known = Baseline.of([*judged(BROKEN, "wp7,ios==3.1").verdicts, *judged({**BROKEN, "Name": "Other"}).verdicts])
        after = judged({**BROKEN, "AllowCamera": True}, "wp7")
        left, stale = known.without_gone(after.verdicts, after.targets)
        gone = {entry for entry in known.entries if entry.identity == "Kiosk" and entry.property == "AllowCamera"}
        still = {entry for entry in gone if any(label.startswith("ios") for label in known.entries[entry])}
        assert gone
        assert known.entries.keys() - left.entries.keys() == gone - still
        assert stale.gone == len(gone)
        assert stale.unread == sum(entry.identity == "Other" for entry in known.entries)
        dropped, _ = known.without_gone(after.verdicts, after.targets, drop_unread=True)
        assert all(entry.identity in ("Kiosk", "") for entry in dropped.entries)
        again, nothing = left.without_gone(after.verdicts, after.targets)
        assert (again.entries, nothing.gone) == (left.entries, 0)

    def test_what_is_waived_is_not_taken_up(self, judged: Judged, knowledge: Knowledge) -> None:
        waiver = 'property = "AllowCamera"\npolicy = "Kiosk"\nreason = "x"'
        report = waived(judged(BROKEN, "wp7"), knowledge, waiver)
        assert "AllowCamera" not in {entry.property for entry in Baseline.of(report.verdicts).entries}

    @given(name=st.text())
    def test_the_file_gives_back_what_was_written(self, judged: Judged, name: str) -> None:
        known = Baseline.of(judged({**BROKEN, "Name": name}, "wp7,ios==3.1").verdicts)
        assert baseline_file.read(baseline_file.written(known)) == known

    @pytest.mark.parametrize(
        "text",
        ["", "[]", "{}", '{"schema": "policylint/report/1"}', '{"schema": "policylint/baseline/1", "findings": [{}]}',
         '{"schema": "policylint/baseline/1", "findings": [7]}', "[" * 100_000],
    )  # fmt: skip
    def test_what_is_no_baseline_is_refused(self, text: str) -> None:
        with pytest.raises(BaselineError):
            baseline_file.read(text)


class TestSelection:
    def kept(self, judged: Judged, knowledge: Knowledge, select: list[str], ignore: list[str]) -> set[tuple[str, Any]]:
        report = judged(BROKEN, "wp7")
        report = accepted(
            report, selection=Selection(selectors(select, knowledge), selectors(ignore, knowledge))
        ).report
        return {(finding.rule.id, finding.name) for finding in report.findings}

    def test_by_id_name_range_and_property(self, judged: Judged, knowledge: Knowledge) -> None:
        everything = self.kept(judged, knowledge, [], [])
        blocked = {each for each in everything if each[0] == "EAS101"}
        assert len(blocked) == 2
        assert self.kept(judged, knowledge, ["EAS101"], []) == blocked
        assert self.kept(judged, knowledge, ["eas101"], []) == blocked
        assert self.kept(judged, knowledge, ["setting-blocks-sync"], []) == blocked
        assert self.kept(judged, knowledge, ["EAS1"], []) == {each for each in everything if each[0].startswith("EAS1")}
        assert self.kept(judged, knowledge, ["allowcamera"], []) == {
            each for each in everything if each[1] == "AllowCamera"
        }
        assert self.kept(judged, knowledge, ["PasswordEnabled,EAS101"], []) == blocked | {
            each for each in everything if each[1] == "DevicePasswordEnabled"
        }

    def test_ignoring_wins(self, judged: Judged, knowledge: Knowledge) -> None:
        assert self.kept(judged, knowledge, ["EAS"], ["EAS"]) == set()
        assert self.kept(judged, knowledge, ["EAS101"], ["AllowCamera"]) == {("EAS101", "RequireDeviceEncryption")}

    def test_selected_and_ignored_make_up_everything(self, judged: Judged, knowledge: Knowledge) -> None:
        everything = self.kept(judged, knowledge, [], [])
        for chosen in itertools.chain(["EAS0", "EAS1", "EAS2"], {name for _, name in everything if name}):
            selected = self.kept(judged, knowledge, [chosen], [])
            ignored = self.kept(judged, knowledge, [], [chosen])
            assert selected | ignored == everything
            assert not selected & ignored

    def test_the_verdict_stays_what_it_is(self, judged: Judged, knowledge: Knowledge) -> None:
        report = judged(BROKEN, "wp7")
        report = accepted(report, selection=Selection([], selectors(["EAS101"], knowledge))).report
        assert set(report.verdicts[0].masks) == {"refused"}

    @pytest.mark.parametrize("text", ["EAS9", "EAS1010", "no-such-rule", "AllowCamra", "wp7"])
    def test_what_names_nothing_is_refused(self, knowledge: Knowledge, text: str) -> None:
        with pytest.raises(SelectorError, match=text):
            selectors([text], knowledge)


class TestOrder:
    """A waiver has a reason, so it comes before the baseline; what is selected is a matter of the reader."""

    WAIVER = 'property = "AllowCamera"\npolicy = "Kiosk"\nreason = "agreed"'

    def everything(self, report: Report, knowledge: Knowledge, *, select: str) -> Report:
        config = parse(Path("policylint.toml"), f"[[waivers]]\n{self.WAIVER}\n")
        waivers = Waivers(
            waivers_of(config, knowledge, report.targets), ConfigDocument(config), knowledge.rulebook, TODAY
        )
        selection = Selection(selectors([select], knowledge), [])
        return accepted(report, waivers, Baseline.of(report.verdicts), selection).report

    def test_waivers_then_the_baseline_then_the_selection(self, judged: Judged, knowledge: Knowledge) -> None:
        made = self.everything(judged(BROKEN, "wp7"), knowledge, select="EAS101")
        assert {(each.name, each.waived and each.waived.by) for each in made.findings} == {
            ("AllowCamera", "waiver"),
            ("RequireDeviceEncryption", "baseline"),
        }

    def test_a_waiver_for_what_is_not_selected_is_of_use_all_the_same(
        self, judged: Judged, knowledge: Knowledge
    ) -> None:
        made = self.everything(judged(BROKEN, "wp7"), knowledge, select="RequireDeviceEncryption,EAS013")
        assert by_rule(made, "EAS013") == []

    def test_the_report_that_goes_in_stays_as_it_is(self, judged: Judged, knowledge: Knowledge) -> None:
        report = judged(BROKEN, "wp7")
        before = list(report.findings)
        self.everything(report, knowledge, select="EAS101")
        assert report.findings == before
        assert report.waived == 0
