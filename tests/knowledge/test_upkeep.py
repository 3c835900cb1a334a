"""How old knowledge is told to be, and what changed in it."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.knowledge import Source, load
from policylint.knowledge.changes import UnknownVersionError, since
from policylint.knowledge.freshness import age_of, complaint, dated, in_service, in_words, sources
from policylint.knowledge.releases import within
from policylint.pages.upkeep import changes_page, freshness_page

KNOWLEDGE = load()
DAY = datetime.date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "shown", "date"),
    [
        ("2016-06-16; section removed 2020-06-23", "2020-06-23", datetime.date(2020, 6, 23)),
        ("c. 2011 (undated copy)", "2011", datetime.date(2011, 1, 1)),
        ("2025-08", "2025-08", datetime.date(2025, 8, 1)),
        ("undated", "-", None),
        ("2026-13-01", "-", None),
        (None, "-", None),
    ],
)
def test_the_newest_date_of_a_text_is_read(text: str | None, shown: str, date: datetime.date | None):
    found = dated(Source("s", "t", None, text))
    assert (found.date, found.shown) == (date, shown)


@given(st.text(max_size=40))
def test_any_text_has_a_date_or_none(text: str):
    found = dated(Source("s", "t", None, text))
    assert (found.date is None) == (found.shown == "-")


def test_every_source_is_listed_once_the_oldest_first():
    listed = sources(KNOWLEDGE)
    assert {each.thing.id for each in listed} == set(KNOWLEDGE.sources)
    assert len(listed) == len(KNOWLEDGE.sources)
    dates = [each.date for each in listed if each.date]
    assert dates == sorted(dates)


def test_the_newest_release_of_each_line_in_service_is_listed():
    families = {target.family for target in KNOWLEDGE.targets if target.current}
    assert {each.thing.family for each in in_service(KNOWLEDGE)} == families


@pytest.mark.parametrize(("day", "old"), [("2026-11-26", False), ("2027-05-28", False), ("2027-05-29", True)])
def test_knowledge_is_old_after_half_a_year(day: str, old: bool):
    assert (complaint("2026-11-26", datetime.date.fromisoformat(day)) is not None) is old


def test_a_day_before_the_knowledge_is_no_age():
    assert age_of("2026-11-26", datetime.date(2020, 1, 1)) == 0


@pytest.mark.parametrize(
    ("days", "words"), [(0, "0 days"), (1, "1 day"), (59, "59 days"), (60, "2 months"), (800, "2 years")]
)
def test_an_age_is_said_in_words(days: int, words: str):
    assert in_words(days) == words


def test_the_pages_name_the_version_and_what_is_old():
    page = "\n".join(freshness_page(KNOWLEDGE, datetime.date(2028, 1, 1)))
    assert KNOWLEDGE.version in page
    assert "newer clients may behave differently" in page
    assert "newer clients" not in "\n".join(freshness_page(KNOWLEDGE, DAY))


# --- changes


def test_the_newest_changes_are_those_of_the_version_at_hand():
    assert KNOWLEDGE.changes[0]["version"] == KNOWLEDGE.version
    assert KNOWLEDGE.changes[0]["as_of"] == KNOWLEDGE.as_of


def test_changes_are_told_since_a_version_or_a_day():
    assert since(KNOWLEDGE, None) == KNOWLEDGE.changes
    assert since(KNOWLEDGE, "2026.11.22") == since(KNOWLEDGE, "2026-11-22") == KNOWLEDGE.changes
    assert since(KNOWLEDGE, KNOWLEDGE.version) == []
    assert list(changes_page([])) == ["no facts changed"]


@pytest.mark.parametrize("version", ["", "foo", "2026..1", "1.x", "9" * 5000])
def test_what_is_no_version_is_told(version: str):
    with pytest.raises(UnknownVersionError):
        since(KNOWLEDGE, version)


def test_the_newest_changes_are_what_the_cells_say_now():
    for part in ("added", "changed"):
        for change in KNOWLEDGE.changes[0].get(part, ()):
            for target in within(KNOWLEDGE.families[change["family"]].targets, change.get("versions")):
                for key in change["properties"]:
                    cell = target.cell(key)
                    assert f"{cell.support}, {cell.evidence}" == change["now"]


def test_new_clients_and_releases_are_there():
    newest = KNOWLEDGE.changes[0]
    assert set(newest["families"]) <= set(KNOWLEDGE.families)
    assert set(newest["releases"]) <= {target.label for target in KNOWLEDGE.targets}
