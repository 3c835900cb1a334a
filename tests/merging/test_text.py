"""The text of a merge fits its terminal whatever is in it, and colour adds nothing to what it says."""

import re
from itertools import product

import pytest
from previews import Runs

from policylint.knowledge import Knowledge
from policylint.merging import markdown, text
from policylint.merging.model import Account
from policylint.writing.style import Look, Style
from policylint.writing.table import columns

LONG = "マーケティング部 of the western region, second floor"


def without_colour(painted: str) -> str:
    return re.sub(r"\x1b\[\d+m", "", painted)


@pytest.mark.parametrize("count", [2, 3, 4, 5])
@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("device", [None, "alder1,birch"])
def test_no_line_is_wider_than_the_terminal(count: int, width: int, device: str | None, small: Knowledge) -> None:
    runs = Runs(small)
    for accounts, everything in product((runs.five()[:count], runs.five()[-count:]), (False, True)):
        for prefix in ("", LONG):
            named = [Account(prefix + each.name, each.policy) for each in accounts]
            preview = runs.of(named, device, everything=everything)
            plain = "".join(text.render(preview, Look(Style(False), width)))
            for line in plain.splitlines():
                assert columns(line) <= width, line
                assert line == line.rstrip(), line
            assert without_colour("".join(text.render(preview, Look(Style(True), width)))) == plain


@pytest.mark.parametrize(("count", "width", "tables"), [(2, 80, 1), (3, 80, 1), (5, 120, 1), (5, 60, 3)])
def test_accounts_stand_beside_each_other_where_they_can(count: int, width: int, tables: int, small: Knowledge) -> None:
    runs = Runs(small)
    page = "".join(text.render(runs.of(runs.five()[:count]), Look(Style(False), width)))
    assert page.split("\nPer account")[0].count("\n-----") == tables


def test_names_break_between_words(small: Knowledge) -> None:
    runs = Runs(small)
    page = "".join(text.render(runs.of(runs.five()[:2]), Look(Style(False), 80)))
    assert re.search(r"^AlphanumericDevice .*\nPasswordRequired", page, re.MULTILINE)


def told(runs: Runs, *, start: int = 0, end: int = 5) -> str:
    return " ".join("".join(text.render(runs.of(runs.five()[start:end]), Look(Style(False), 120))).split())


def test_who_makes_it_stricter_is_named(small: Knowledge) -> None:
    said = told(Runs(small), end=2)
    assert (
        "Stricter than every single account: contoso (AlphanumericDevicePasswordRequired); "
        "fabrikam (MinDevicePasswordLength)." in said
    )
    assert "Stricter than" not in told(Runs(small), end=1)


def test_every_loser_has_its_reason(small: Knowledge) -> None:
    said = told(Runs(small))
    for words in ("8, decides", "4, looser", "12, gated off", "not set"):
        assert words in said


def test_conflicts_and_nothing_allowed_are_said_in_words(small: Knowledge) -> None:
    said = told(Runs(small))
    assert "RequireSignedSMIMEAlgorithm conflicts: wingtip toys of the north asks for MD5; adatum asks for SHA1" in said
    assert "ApprovedApplicationList: nothing allowed. No application is on the lists of tailspin and wingtip" in said


def test_each_gate_is_said(small: Knowledge) -> None:
    said = told(Runs(small), end=2)
    assert "contoso: refuses it (AllowNonProvisionableDevices is False)" in said
    assert "fabrikam: lets it in all the same (AllowNonProvisionableDevices is True)" in said


def test_what_is_assumed_is_said_plainly(small: Knowledge) -> None:
    runs = Runs(small)
    preview = runs.of(runs.five()[:2], "alder1")
    for page in (text.render(preview, Look(Style(False), 80)), markdown.render(preview)):
        assert "assumed: strictest wins" in "".join(page)
