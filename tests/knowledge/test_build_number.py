"""Numbers that stand for builds, and versions packed into digits."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policylint.knowledge.agents.builds import build_of, number_of
from policylint.knowledge.agents.reading import unpacked


@pytest.mark.parametrize(
    ("build", "number"),
    [("8A293", "801.293"), ("5A147p", "501.14700016"), ("8A2180g", "801.218000007"), ("23F77", "2306.77")],
)
def test_builds_and_numbers_stand_for_each_other(build: str, number: str) -> None:
    assert (number_of(build), build_of(number)) == (number, build)


@pytest.mark.parametrize(
    "number", ["", "8", "800.1", "827.1", "801.", "801.100000", "801.12300000", "801.12300027", "١٢٣.٤"]
)
def test_a_number_that_stands_for_no_build_is_left_alone(number: str) -> None:
    build = build_of(number)
    assert build is None or number_of(build) == number


def test_a_padded_number_is_the_same_build() -> None:
    assert build_of("705.018") == "7E18"


@given(st.from_regex(r"[1-9][0-9]?[A-Z](0|[1-9][0-9]{0,4})[a-z]?", fullmatch=True))
@example("1A1000a")
def test_no_build_is_lost_in_its_number(build: str) -> None:
    number = number_of(build)
    assert number is not None
    back = build_of(number)
    # below six characters a number cannot hold a small letter: none that short was ever made
    assert back == build or len(number.split(".")[1]) < 6 or number_of(back or "") == number


@pytest.mark.parametrize(
    ("digits", "version"),
    [
        ("202", "2.2"),
        ("20303", "2.3.3"),
        ("1001", "10.1"),
        ("12", None),
        ("022", None),
        ("1234567", None),
        ("٢٠٢", None),
    ],
)
def test_packed_digits(digits: str, version: str | None) -> None:
    assert unpacked(digits) == version
