"""Dates as exports hold them: which way round, and what is no date."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.evidence.calendar import Calendar
from policylint.evidence.dates import UNREADABLE, Moment, read_date

AFTERNOON = datetime(2026, 10, 6, 13, 27, 35, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-06 13:27:35",
        "2026-10-06T13:27:35",
        "2026/10/06 13:27:35",
        "06.10.2026 13:27:35",
        "6.10.2026 13.27.35",
        "6. 10. 2026 13:27:35",
        "2026. 10. 06. 13:27:35",
        "6.10.2026 г. 13:27:35 ч.",
        "2026-10-06 오후 1:27:35",
        "2026/10/06 下午 01:27:35",
        "2026-10-06 1:27:35 PM",
        "Tuesday, October 6, 2026 1:27:35 PM",
        "06 Oct 2026 13:27:35",
    ],
)
def test_a_culture_that_prints_only_one_way_is_read(text: str) -> None:
    dated = read_date(text)
    assert dated is not None
    assert dated.certain == Moment(AFTERNOON, exact=False)


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-06T13:27:35Z",
        "2026-10-06T15:27:35.1234567+02:00",
        "2026-10-06 15:27:35 +0200",
        "Tue, 06 Oct 2026 13:27:35 GMT",
        "/Date(1791293255000)/",
        "\\/Date(1791293255000)\\/",
        "/Date(1791293255000+0200)/",
    ],
)
def test_a_zone_makes_a_time_exact(text: str) -> None:
    dated = read_date(text)
    assert dated is not None
    assert dated.certain == Moment(AFTERNOON, exact=True)


def test_a_column_in_utc_is_exact() -> None:
    dated = read_date("2026-10-06 13:27:35", utc=True)
    assert dated is not None
    assert dated.certain == Moment(AFTERNOON, exact=True)


@pytest.mark.parametrize(
    "text",
    ["", "  ", "Never", "nie synchronisiert", "1/1/0001 12:00:00 AM", "01.01.1601 01:00:00", "0001-01-01T00:00:00"],
)
def test_what_says_that_there_was_nothing_is_no_date(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    "text", ["13/13/2026", "45589.31", "6/10/2569 13:27:35", "26-10-06", "31.02.2026", "9999999999"]
)
def test_what_cannot_be_read_is_not_guessed(text: str) -> None:
    assert read_date(text) == UNREADABLE


@given(st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]), st.data())
def test_a_column_is_read_one_way_round(day: datetime, style: str, data: st.DataObject) -> None:
    """Where one date proves the way round, all of its column are read so, whatever their order."""
    proof = day.replace(day=25)
    others = data.draw(st.lists(st.integers(0, 11), max_size=5))
    dates = data.draw(st.permutations([proof, *(day.replace(day=other + 1, month=12 - other) for other in others)]))
    calendar = Calendar()
    column = calendar.column("p", "", "LastSuccessSync")
    written = [column.see(date.strftime(f"{style} %H:%M:%S")) for date in dates]
    expected = [date.replace(microsecond=0, tzinfo=UTC) for date in dates]
    assert [moment.at for each in written if (moment := calendar.settle(each))] == expected
    assert not list(calendar.notes())


def test_other_columns_of_the_file_and_then_of_the_folder_help() -> None:
    calendar = Calendar()
    open_here = calendar.column("a/devices.csv", "a", "LastSuccessSync").see("10/6/2026 1:27:35 PM")
    calendar.column("a/statistics.csv", "a", "FirstSyncTime").see("11/17/2026 1:00:00 PM")
    calendar.column("b/devices.csv", "b", "FirstSyncTime").see("17/11/2026 1:00:00 PM")
    assert calendar.settle(open_here) == Moment(AFTERNOON, exact=False)


def test_a_date_that_nothing_decides_is_left_out_and_told() -> None:
    calendar = Calendar()
    column = calendar.column("devices.csv", "", "LastSuccessSync")
    both, same = column.see("10/6/2026 1:27:35 PM"), column.see("8/8/2026 1:00:00 PM")
    assert calendar.settle(both) is None
    assert calendar.settle(same) is not None
    (note,) = calendar.notes()
    assert "1 of LastSuccessSync can be read two ways" in note


def test_a_column_that_contradicts_itself_decides_nothing() -> None:
    calendar = Calendar()
    column = calendar.column("devices.csv", "", "LastSuccessSync")
    written = [column.see(text) for text in ("10/6/2026", "17/11/2026", "11/17/2026")]
    assert [calendar.settle(each) is None for each in written] == [True, False, False]


@given(st.text(max_size=40) | st.from_regex(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4} ?\d{0,2}:?\d{0,2} ?[AaPp]?[Mm]?"))
def test_any_text_is_read_or_left_out(text: str) -> None:
    dated = read_date(text)
    assert dated is None or all(
        moment is None or timedelta() <= moment.at - datetime(1994, 12, 31, tzinfo=UTC) for moment in dated[:2]
    )


def test_a_time_without_a_zone_is_later_only_by_more_than_a_day() -> None:
    exact, vague = Moment(AFTERNOON, exact=True), Moment(AFTERNOON + timedelta(hours=20), exact=False)
    assert Moment(AFTERNOON + timedelta(seconds=1), exact=True).later_than(exact)
    assert not vague.later_than(exact)
    assert Moment(AFTERNOON + timedelta(hours=25), exact=False).later_than(exact)
