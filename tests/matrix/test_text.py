"""The text of a matrix fits its terminal whatever is in it, and colour adds nothing to what it says."""

import re
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policylint.judging.report import ACCESS, Report
from policylint.judging.stamp import Stamp
from policylint.judging.targets import TargetSet
from policylint.knowledge import Knowledge
from policylint.knowledge.query import resolve
from policylint.matrix import text
from policylint.matrix.property import PropertyMatrix
from policylint.matrix.words import SHORT
from policylint.writing.style import Look, Style, printable
from policylint.writing.table import clip, columns, fill, wrap

Make = Callable[[Sequence[str], str], Report]

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=90)


def printed(report: Report, width: int, *, colour: bool = False) -> str:
    return "".join(text.render_policies(report, Look(Style(colour), width)))


def without_colour(painted: str) -> str:
    return re.sub(r"\x1b\[\d+m", "", painted)


def assert_it_fits(page: str, width: int) -> None:
    for line in page.splitlines():
        assert columns(line) <= width, line
        assert line == line.rstrip(), line


@pytest.mark.parametrize("count", [1, 2, 3, 7, 50])
@pytest.mark.parametrize("device", ["wp7", "ios", "all"])
@pytest.mark.parametrize("width", [40, 80, 132])
def test_no_line_is_wider_than_the_terminal(report_on: Make, count: int, device: str, width: int) -> None:
    report = report_on([f"Policy for department {number}" for number in range(count)], device)
    plain = printed(report, width)
    assert_it_fits(plain, width)
    assert without_colour(printed(report, width, colour=True)) == plain


@given(names=st.lists(NAMES, min_size=1, max_size=6), width=st.integers(40, 100))
@settings(max_examples=60, deadline=None)
def test_names_of_any_script_and_length_fit(report_on: Make, names: list[str], width: int) -> None:
    assert_it_fits(printed(report_on(names, "wp7,ios"), width), width)


def test_every_property_fits(knowledge: Knowledge) -> None:
    stamp = Stamp.of(knowledge, TargetSet(resolve(["all"], knowledge)), "--device all")
    for known in knowledge.catalogue.properties:
        matrix = PropertyMatrix(stamp, knowledge, known, known.phone_name or known.key)
        for width in (40, 80):
            plain = "".join(text.render_property(matrix, Look(Style(False), width)))
            assert_it_fits(plain, width)
            assert without_colour("".join(text.render_property(matrix, Look(Style(True), width)))) == plain


@pytest.mark.parametrize(("count", "device"), [(1, "wp7"), (3, "ios"), (9, "wp7"), (50, "all")])
def test_every_table_repeats_all_rows(report_on: Make, count: int, device: str) -> None:
    tables = printed(report_on([f"P{number}" for number in range(count)], device), 80).split("\n\n")[:-1]
    labels = [re.findall(r"^(\S.*?)  +\w", table.split("\n--", 1)[1], re.MULTILINE) for table in tables]
    assert labels[0]
    assert all(each == labels[0] for each in labels)


def test_the_legend_explains_what_is_used_and_no_more(report_on: Make) -> None:
    report = report_on(["One", "Two"], "all")
    used = {access for verdicts in report.verdicts for access in verdicts.access}
    page = printed(report, 80)
    for access in ACCESS:
        assert bool(re.search(rf"(^|; ){SHORT[access]}: ", page, re.MULTILINE)) is (access in used)


def test_every_access_has_a_word() -> None:
    assert set(SHORT) == set(ACCESS)
    assert len(set(SHORT.values())) == len(SHORT)


@given(NAMES, st.integers(2, 30))
def test_wrapping_loses_nothing_but_spaces(name: str, width: int) -> None:
    shown = printable(name)
    lines = wrap(shown, width)
    assert all(columns(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(shown.split())


@given(NAMES, st.integers(2, 30))
def test_a_clipped_name_keeps_both_ends(name: str, width: int) -> None:
    shown = printable(name)
    clipped = clip(shown, width)
    assert columns(clipped) <= width
    head, _, tail = clipped.rpartition("…") if clipped != shown else (shown, "", "")
    assert shown.startswith(head)
    assert shown.endswith(tail)


def test_wide_characters_take_two_columns() -> None:
    assert columns("携帯") == 4
    assert columns("e\u0301") == 1
    assert wrap("携帯電話", 5) == ["携帯", "電話"]


def test_words_with_spaces_stay_whole_where_they_can() -> None:
    assert fill(["one two;", "three four;", "five"], 19) == ["one two;", "three four; five"]
    assert fill(["a", "one two three four", "five"], 10) == ["a one two", "three four", "five"]
    assert fill([], 10) == [""]
