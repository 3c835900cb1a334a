"""What an export does not tell is not known, in every command and in all five forms of an export."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest
from formats import Formats
from policies import Settings, policy

from policylint.judging.report import Report
from policylint.knowledge import Knowledge
from policylint.report.formats import rendered
from policylint.session import Session

FORMS = ("clixml", "convertxml", "csv", "json", "listing")
NAMES = {"clixml": "clixml", "convertxml": "xml", "csv": "csv", "json": "json", "listing": "txt"}
HIDDEN = "EAS014"
WP7 = "windows-phone==7.5"

CUT: Settings = {"Name": "Default", "AllowNonProvisionableDevices": False, "AllowStorageCard": True}
DAMAGED: Settings = policy({"AllowCamera": "maybe"}, gate=False)
REFUSING: Settings = policy({"AllowCamera": False}, gate=False)

Write = Callable[..., str]


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def write(form: str, tmp_path: Path, knowledge: Knowledge) -> Write:
    """Write an export of one policy, and return its path."""

    def to_file(settings: Settings, name: str = "export") -> str:
        path = tmp_path / f"{name}.{NAMES[form]}"
        path.write_text(Formats(knowledge.catalogue).all([settings])[form], encoding="utf-8")
        return str(path)

    return to_file


@pytest.fixture
def session(knowledge: Knowledge) -> Callable[..., Session]:
    def make(**options: Any) -> Session:
        return Session(WP7, knowledge=knowledge, **options)

    return make


Make = Callable[..., Session]


def answer(report: Report) -> tuple[str, str]:
    """Return access and verdict of the one target."""
    (verdicts,) = report.verdicts
    return verdicts.access_by_target(report.targets)[0], verdicts.by_target(report.targets)[0]


def rules(findings: list[Any]) -> set[str]:
    return {finding.rule.id for finding in findings}


class TestCheck:
    @pytest.mark.parametrize("settings", [CUT, DAMAGED], ids=["cut", "damaged"])
    def test_what_nobody_saw_may_shut_a_phone_out(self, write: Write, session: Make, settings: Settings) -> None:
        report = session().check(write(settings))
        assert answer(report) == ("maybe", "unknown")
        assert HIDDEN in rules(report.findings)

    @pytest.mark.parametrize("settings", [CUT, DAMAGED], ids=["cut", "damaged"])
    def test_to_assume_it_complete_settles_it(self, write: Write, session: Make, settings: Settings) -> None:
        report = session(assume_complete=True).check(write(settings))
        assert answer(report) == ("let-in", "accepted")
        assert HIDDEN not in rules(report.findings)
        assert "--assume-complete" in report.stamp.chosen_by

    def test_a_whole_export_says_nothing_of_this(self, write: Write, session: Make, form: str) -> None:
        report = session().check(write(policy({"ApprovedApplicationList": ["a.exe"]}, gate=False)))
        notes = [finding for finding in report.findings if finding.rule.id == HIDDEN]
        # a classic CSV loses the lists, and nothing else
        lost = [note.ruling.key for note in notes]
        assert lost == (["ApprovedApplicationList"] if form == "csv" else [])

    def test_it_is_said_once_for_policies_that_hide_the_same(
        self, form: str, tmp_path: Path, knowledge: Knowledge, session: Make
    ) -> None:
        path = tmp_path / f"several.{NAMES[form]}"
        several = [{**CUT, "Name": name} for name in ("One", "Two", "Three")]
        path.write_text(Formats(knowledge.catalogue).all(several)[form], encoding="utf-8")
        report = session().check(path)
        assert len(report.verdicts) == 3
        assert [finding.rule.id for finding in report.findings].count(HIDDEN) == 1


class TestMatrix:
    def test_an_unreadable_value_is_told_as_in_a_check(self, write: Write, session: Make) -> None:
        report = session().check(write(DAMAGED))
        (checked,) = [finding for finding in report.findings if finding.rule.id == "EAS001"]
        text = "".join(rendered(report, "text", kind="matrix"))
        place = checked.place
        assert f"{place.line}:{place.column} error EAS001" in " ".join(text.split())
        assert "maybe" in text


class TestMerge:
    def test_an_unreadable_or_missing_setting_is_hidden(self, write: Write, session: Make) -> None:
        preview = Session((), knowledge=session().knowledge).merge(write(DAMAGED), write(CUT, "other"))
        camera = next(each for each in preview.settings if each.property.key == "AllowCamera")
        assert [share.state for share in camera.shares] == ["hidden", "hidden"]
        assert (camera.effective, camera.certain) == (None, False)
        assert rules(list(preview.unreadable)) == {"EAS001"}
        assert preview.severities == {"error"}

    def test_the_strictest_that_is_shown_may_not_be_all(self, write: Write, session: Make) -> None:
        shown = policy({"DevicePasswordEnabled": True, "MinDevicePasswordLength": 8}, gate=False)
        preview = Session((), knowledge=session().knowledge).merge(
            write(shown), write({**CUT, "DevicePasswordEnabled": True}, "other")
        )
        by_key = {each.property.key: each for each in preview.settings}
        length = by_key["MinDevicePasswordLength"]
        assert (length.effective, length.certain) == (8, False)
        assert [share.state for share in length.shares] == ["decides", "hidden"]
        # nothing is stricter than to require a password
        assert by_key["DevicePasswordEnabled"].certain
        text = " ".join("".join(rendered(preview, "text")).split())
        assert "8 or stricter" in text
        assert "does not tell" in text

    def test_what_is_complete_hides_nothing(self, write: Write, session: Make) -> None:
        whole = Session((), knowledge=session().knowledge, assume_complete=True)
        preview = whole.merge(write(CUT), write(REFUSING, "other"))
        assert all(setting.certain for setting in preview.settings)


class TestFix:
    def test_it_promises_no_more_than_is_shown(self, write: Write, session: Make) -> None:
        cut = {**CUT, "AllowCamera": False}
        fixes = session().fix(write(cut))
        for strategy in ("relax", "separate"):
            script = "\n".join(fixes.script(strategy, verified=True).lines())
            assert "NOT KNOWN: the export does not show" in script
            assert "1 of 1 refusal cured, as far as the export shows" in script

    def test_what_is_hidden_is_not_written_as_neutral(self, write: Write, session: Make) -> None:
        fixes = session().fix(write({**CUT, "AllowCamera": False}))
        (plan,) = fixes.plans("separate")
        shown = {"AllowNonProvisionableDevices", "AllowCamera", "AllowStorageCard"}
        assert {change.known.key for change in plan.changes} <= shown
        assert len(plan.unseen) > 30

    def test_a_whole_export_is_promised_all(self, write: Write, session: Make) -> None:
        fixes = session().fix(write(REFUSING))
        script = "\n".join(fixes.script("relax", verified=True).lines())
        assert "NOT KNOWN" not in script
        assert script.endswith("verified: 1 of 1 refusal cured")

    def test_an_unreadable_value_is_told_and_counts(self, write: Write, session: Make) -> None:
        fixes = session().fix(write(DAMAGED))
        assert fixes.damaged
        assert "EAS001" in "\n".join(fixes.script("relax").lines())


class TestDiff:
    @pytest.mark.parametrize("settings", [CUT, DAMAGED], ids=["cut", "damaged"])
    def test_to_show_less_never_makes_anything_better(self, write: Write, session: Make, settings: Settings) -> None:
        found = session().compare(write(REFUSING, "old"), write(settings, "new"))
        (changed,) = found.policies
        assert [(move.old, move.new) for move in changed.moves] == [("refused", "unknown")]
        assert all(each.kind == "no-longer-seen" for each in changed.impacts)
        assert all(move.as_far_as_shown for move in changed.moves)

    def test_an_unreadable_value_of_the_new_side_counts(self, write: Write, session: Make) -> None:
        assert "error" in session().compare(write(REFUSING, "old"), write(DAMAGED, "new")).severities
        # a repair must be able to pass
        assert "error" not in session().compare(write(DAMAGED, "old"), write(policy(gate=False), "new")).severities

    def test_each_side_says_what_it_hides(self, write: Write, session: Make) -> None:
        found = session().compare(write(policy({"AllowCamera": False}), "old"), write(CUT, "new"))
        assert HIDDEN in {each.rule.id for verdicts in found.not_told["new"] for each in verdicts.findings}


class TestComplete:
    """`--assume-complete` gives, in every command, the answers of a whole export whose other settings are neutral."""

    SHOWN: ClassVar[Settings] = {"AllowCamera": False, "DevicePasswordEnabled": True, "MinDevicePasswordLength": 6}

    @pytest.fixture
    def both(self, write: Write, knowledge: Knowledge) -> tuple[str, str]:
        """A cut export, and a whole one that says the same and nothing else."""
        devices = [known for known in knowledge.catalogue if known.kind == "device" and known.type != "string-list"]
        neutral = {known.key: known.neutral[0] for known in devices}
        cut = {"Name": "Default", "AllowNonProvisionableDevices": False, **self.SHOWN}
        return write(cut, "cut"), write(policy(neutral, self.SHOWN, gate=False), "whole")

    def test_check_and_matrix(self, both: tuple[str, str], make_all: Make) -> None:
        cut, whole = (make_all(assume_complete=True).check(path) for path in both)
        for one, other in zip(cut.verdicts, whole.verdicts, strict=True):
            assert one.access == other.access
            assert one.masks == other.masks
            assert one.demands(cut.targets) == other.demands(whole.targets)
        tables = ["".join(rendered(report, "csv", kind="matrix")) for report in (cut, whole)]
        assert tables[0].replace("cut.", "whole.") == tables[1]

    def test_merge(self, both: tuple[str, str], write: Write, make_all: Make) -> None:
        other = write(REFUSING, "other")
        cut, whole = (make_all(assume_complete=True).merge(path, other) for path in both)
        told, wanted = (
            {each.property.key: each.effective for each in merged.settings if each.property.kind == "device"}
            for merged in (cut, whole)
        )
        keys = {key for found in (told, wanted) for key, value in found.items() if value is not None}
        assert {key: told.get(key) for key in keys} == {key: wanted.get(key) for key in keys}
        assert all(setting.certain for setting in cut.settings)

    def test_fix(self, both: tuple[str, str], make_all: Make) -> None:
        for strategy in ("relax", "open-gate"):
            cut, whole = (make_all(assume_complete=True).fix(path).plans(strategy) for path in both)
            assert [each.text for plan in cut for each in plan.commands()] == [
                each.text for plan in whole for each in plan.commands()
            ]

    def test_diff(self, both: tuple[str, str], make_all: Make) -> None:
        found = make_all(assume_complete=True).compare(*both)
        assert all(not each.moves and not each.shifts and not each.impacts for each in found.policies)

    @pytest.fixture
    def make_all(self, knowledge: Knowledge) -> Make:
        def make(**options: Any) -> Session:
            return Session("all", knowledge=knowledge, **options)

        return make
