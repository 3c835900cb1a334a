"""Device queries: which targets each form selects, and what is said of those that select none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet

from policylint.knowledge import Knowledge, load
from policylint.knowledge.families import Family, Target
from policylint.knowledge.query import QueryError, find_server, fold, names, resolve, select

KNOWLEDGE = load()
FAMILIES = KNOWLEDGE.families
LABELS = [target.label for target in KNOWLEDGE.targets]


def labels(*queries: str) -> list[str]:
    return [target.label for target in resolve(queries, KNOWLEDGE)]


def complaint(*queries: str) -> str:
    with pytest.raises(QueryError) as refused:
        resolve(queries, KNOWLEDGE)
    return str(refused.value)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_selects_all_its_releases(family: str):
    assert labels(family) == [f"{family} {target.version}" for target in FAMILIES[family].targets]


@pytest.mark.parametrize("label", LABELS)
def test_a_printed_target_selects_exactly_itself(label: str):
    assert labels(label) == [label]


@pytest.mark.parametrize("target", KNOWLEDGE.targets, ids=LABELS)
def test_an_exact_requirement_selects_exactly_its_release(target: Target):
    assert labels(f"{target.family.id}=={target.version}") == [target.label]


@pytest.mark.parametrize("query", ["wp7", "WP7", "  wp7 ", "windows-phone==7.*", "windows-phone>=7,<8"])
def test_the_releases_of_windows_phone_7_can_be_asked_for_in_many_ways(query: str):
    assert labels(query) == ["windows-phone 7.0", "windows-phone 7.5", "windows-phone 7.8"]


TAGS = {tag for family in FAMILIES.values() for tag in family.tags}
ALIASES = [(alias, family) for family in FAMILIES.values() for alias in family.aliases]


@pytest.mark.parametrize(("alias", "family"), [each for each in ALIASES if each[0] not in TAGS])
def test_an_alias_selects_the_releases_it_stands_for(alias: str, family: Family):
    assert labels(alias) == [family.targets[position].label for position in family.aliases[alias]]


@pytest.mark.parametrize("tag", sorted(TAGS))
def test_a_tag_selects_the_families_that_bear_it(tag: str):
    assert labels(tag) == [target.label for target in KNOWLEDGE.targets if tag in target.family.tags]


@pytest.mark.parametrize(("alias", "family"), [each for each in ALIASES if each[0] in TAGS])
def test_a_word_that_is_alias_and_tag_is_the_alias_once_a_version_follows(alias: str, family: Family):
    stands_for = [family.targets[position] for position in family.aliases[alias]]
    assert labels(f"{alias}>=0") == [target.label for target in stands_for]
    assert labels(f"{alias} {stands_for[0].version}") == [stands_for[0].label]


@pytest.mark.parametrize("query", ["ios>=4.0.1,<5", "ios >= 4.0.1, < 5", "iOS>=4.0.1 ,<5", "ios<5,>=4.0.1"])
def test_a_requirement_may_hold_blanks(query: str):
    assert labels(query) == labels("ios>=4", "ios<5")[labels("ios").index("ios 4.0.1") : labels("ios").index("ios 5.0")]


def test_every_operator_of_a_requirement_works():
    assert labels("windows-phone==8.*") == ["windows-phone 8.0", "windows-phone 8.1"]
    assert labels("windows-phone~=7.5") == ["windows-phone 7.5", "windows-phone 7.8"]
    assert labels("windows-phone>7,!=7.8,<8") == ["windows-phone 7.5"]
    assert labels("windows-phone<=7.0") == ["windows-phone 7.0"]


def test_a_requirement_may_follow_an_alias_or_a_group():
    assert labels("wp7>7.0") == ["windows-phone 7.5", "windows-phone 7.8"]
    assert labels("all==7.8") == ["windows-phone 7.8"]
    assert set(labels("microsoft==7.8")) == {"windows-phone 7.8"}


def test_all_selects_everything():
    assert labels("all") == LABELS


def test_current_selects_what_is_sold_or_serviced():
    assert labels("current") == [target.label for target in KNOWLEDGE.targets if target.current]
    assert 0 < len(labels("current")) < len(LABELS)


def test_common_selects_what_is_in_service_of_the_lines_most_organisations_see():
    common = labels("common")
    assert set(common) < set(labels("current"))
    assert {label.split()[0] for label in common} == {"ios", "gmail", "outlook-mobile", "samsung-email"}


def test_a_comma_before_a_name_begins_another_query():
    assert labels("wp7,ios 4.0") == labels("ios 4.0", "wp7")
    assert labels("ios>=4,<5,wp7") == labels("ios>=4,<5", "wp7")
    assert labels("wp7, ios>=4,<5") == labels("ios>=4,<5", "wp7")


def test_targets_come_in_the_order_of_the_knowledge_and_once():
    asked = ["ios 5.0", "wp7", "ios 4.0", "windows-phone 7.5"]
    assert labels(*asked) == labels(*reversed(asked)) == sorted(labels(*asked), key=LABELS.index)
    assert len(labels(*asked)) == 5


def test_no_query_selects_nothing():
    assert labels() == []


def test_no_name_stands_for_two_things():
    words = [
        *FAMILIES,
        *(alias for family in FAMILIES.values() for alias in family.aliases),
        "all",
        "current",
        "common",
    ]
    assert len(set(words)) == len(words)
    tags = {tag for family in FAMILIES.values() for tag in family.tags}
    assert not tags & {"all", "current", "common"}


@pytest.mark.parametrize("name", names(KNOWLEDGE))
def test_every_listed_name_can_be_asked_for(name: str):
    assert labels(name)


@pytest.mark.parametrize(
    ("wrong", "near"), [("windows-fone", "windows-phone"), ("wp77", "wp7"), ("andriod", "android")]
)
def test_an_unknown_name_is_answered_with_the_nearest(wrong: str, near: str):
    message = complaint(wrong)
    assert message.startswith(f"unknown device '{wrong}'; did you mean ")
    assert near in message


def test_a_name_like_no_other_is_answered_without_a_guess():
    assert "did you mean" not in complaint("qqqqqq")


def test_an_empty_result_names_the_releases_that_are_known():
    message = complaint("windows-phone>=20")
    assert message == "device query 'windows-phone>=20' selects no release; known are " + ", ".join(
        target.version for target in FAMILIES["windows-phone"].targets
    )


def test_a_printed_target_outside_every_span_is_an_empty_result():
    assert "selects no release" in complaint("windows-phone 9")


# --- what a query stands for besides what it says


@pytest.mark.parametrize(
    ("query", "selected", "stand_in"),
    [
        ("ios==18.5", ["ios 18.0"], "ios 18.5"),
        ("ios 18.5", ["ios 18.0"], "ios 18.5"),
        ("ios==26.7.1", ["ios 26.0"], "ios 26.7.1"),
        ("ios>=28", ["ios 27.0"], "ios 28"),
        ("ios>=18.5", ["ios 18.0", "ios 26.0", "ios 27.0"], "ios 18.5"),
        ("ios>18.5,<26", ["ios 18.0"], "ios 18.5"),
        ("ios~=18.5", ["ios 18.0"], "ios 18.5"),
        ("ios==18.5.*", ["ios 18.0"], "ios 18.5"),
        ("ipados>=28", ["ios 27.0"], "ios 28"),
        ("windows-phone 7.6", ["windows-phone 7.5"], "windows-phone 7.6"),
        ("outlook==4.2637", ["outlook-mobile 2026"], "outlook-mobile 4.2637"),
    ],
)
def test_a_release_that_is_not_listed_counts_as_the_nearest_below_it(query: str, selected: list[str], stand_in: str):
    found, notes = select([query], KNOWLEDGE)
    assert [target.label for target in found] == selected
    assert [note.split(" is ")[0] for note in notes] == [stand_in]


@pytest.mark.parametrize("query", ["ios>=27", "ios==27.0", "ios>=4.0.1,<5", "ios<4", "ios!=5.0", "ios>12.0", "all>=7"])
def test_a_requirement_that_names_releases_only_needs_no_note(query: str):
    assert not select([query], KNOWLEDGE).notes


@given(st.integers(0, len(LABELS) - 1), st.integers(0, 9))
def test_a_release_between_two_is_judged_within_its_span(number: int, part: int):
    target = KNOWLEDGE.targets[number]
    version = f"{target.version}.0.{part}"
    try:
        (found,) = resolve([f"{target.family.id}=={version}"], KNOWLEDGE)
    except QueryError:
        assert version not in SpecifierSet(target.span["versions"])
        return
    assert found.family is target.family
    assert version in SpecifierSet(found.span["versions"])


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("iPhone 15", "came with ios 17.0"),
        ("iphone 15 pro max", "came with ios 17.0"),
        ("iPhone15", "came with ios 17.0"),
        ("iPad 10", "came with ios 16.0"),
        ("iPhone Duo", "came with ios 27.1"),
        ("iPhone XR", "not known here"),
        ("Galaxy S24", "not known here"),
        ("Pixel 9", "not known here"),
    ],
)
def test_hardware_is_no_release(query: str, told: str):
    message = complaint(query)
    assert "names hardware" in message
    assert told in message


def test_a_number_that_could_be_hardware_is_asked_for_by_the_system():
    assert "write ios>=15" in complaint("iphone>=15")
    assert labels("ipados") == labels("ios>=13")


def test_an_alias_that_ends_earlier_is_answered_with_the_clients_that_have_such_releases():
    message = complaint("android>=14")
    assert "gmail>=14" in message
    assert "samsung-email>=14" in message
    assert "gmail" not in complaint("windows-phone>=14")


@pytest.mark.parametrize("name", ["android", "samsung"])
def test_a_name_with_two_meanings_is_never_silent(name: str):
    (bare,) = select([name], KNOWLEDGE).notes
    (numbered,) = select([f"{name}>=5"], KNOWLEDGE).notes
    assert "with that tag" in bare
    assert "with a version means" in numbered


@pytest.mark.parametrize("name", ["wp7", "htc", "motorola", "thunderbird", "ios", "apple", "common"])
def test_a_name_with_one_meaning_needs_no_note(name: str):
    assert not select([name], KNOWLEDGE).notes


@pytest.mark.parametrize(
    ("name", "server"),
    [
        ("exo", "exchange-online"), ("O365", "exchange-online"), ("m365", "exchange-online"),
        ("Exchange Online", "exchange-online"), ("se", "exchange-se"), ("2019", "exchange-2019"),
        ("Exchange Server 2016", "exchange-2016"), ("exchange 2013", "exchange-2013"),
    ],
)  # fmt: skip
def test_a_server_has_many_names(name: str, server: str):
    assert find_server(name, KNOWLEDGE).id == server


def test_an_unknown_server_is_answered_with_the_nearest():
    with pytest.raises(QueryError, match=r"did you mean exchange-2019.* Known are exchange-2010, .*exchange-online"):
        find_server("exchange-2018", KNOWLEDGE)
    with pytest.raises(QueryError, match="known are"):
        find_server("qqqq", KNOWLEDGE)


def test_one_bad_query_among_good_ones_is_told():
    assert "windows-fone" in complaint("ios", "windows-fone")
    assert "windows-fone" in complaint("ios,windows-fone")


@pytest.mark.parametrize(
    "query",
    ["ios>=", "ios=4", "ios>=4 <5", "ios>=four", "ios>=" + "9" * 5000, "windows-phone 7..5"],
)
def test_a_bad_requirement_is_shown(query: str):
    assert "is not a version requirement" in complaint(query)


@pytest.mark.parametrize("query", ["", " ", ",", "7.5", ">=7", "ios,", "ios 7.0 8.0", "ios;wp7", "*"])
def test_what_is_no_query_at_all_is_not_understood(query: str):
    assert "is not understood" in complaint(query)


@given(st.lists(st.text(max_size=30) | st.from_regex(r"(ios|wp7|all) ?([<>=~!]{1,3} ?[0-9a-z.*+!-]{0,9},? ?){0,3}")))
def test_any_text_selects_targets_or_is_a_query_error(queries: list[str]):
    try:
        found = labels(*queries)
    except QueryError:
        return
    assert found == [label for label in LABELS if label in found]
    assert bool(found) == bool(queries)


def folded(*queries: str) -> str:
    return fold(resolve(queries, KNOWLEDGE))


def test_three_neighbours_fold_into_a_range_and_two_do_not():
    assert folded("wp7") == "windows-phone 7.0–7.8"
    assert folded("windows-phone==8.*") == "windows-phone 8.0, 8.1"
    assert folded("windows-phone 7.5") == "windows-phone 7.5"


def test_a_gap_parts_a_range():
    assert folded("windows-phone!=7.8") == "windows-phone 7.0, 7.5, 8.0–10"


def test_families_fold_apart():
    assert folded("wp7", "ios 4.0") in (
        "windows-phone 7.0–7.8; ios 4.0",
        "ios 4.0; windows-phone 7.0–7.8",
    )


def test_nothing_folds_into_nothing():
    assert fold([]) == ""


def test_whole_families_fold_into_one_range_each(knowledge: Knowledge):
    for part, family in zip(fold(knowledge.targets).split("; "), knowledge.families.values(), strict=True):
        versions = [target.version for target in family.targets]
        shown = f"{versions[0]}–{versions[-1]}" if len(versions) > 2 else ", ".join(versions)
        assert part == f"{family.id} {shown}"


@pytest.mark.parametrize(
    ("name", "hint"), [("ipad", "did you mean ipados?"), ("adnroid-mail", "did you mean android-mail")]
)
def test_a_name_that_others_begin_with_means_one_of_them(name: str, hint: str, knowledge: Knowledge) -> None:
    with pytest.raises(QueryError) as caught:
        resolve([name], knowledge)
    assert hint in str(caught.value)
