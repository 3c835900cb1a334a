"""Names for new policies: such as a directory takes, and unlike those that were read."""

from hypothesis import given
from hypothesis import strategies as st
from powershell import NAMES

from policylint.fixing.names import Names


def test_a_name_says_whose_policy_it_is() -> None:
    assert Names([]).beside("Default", "wp7") == "Default (wp7)"


def test_a_name_that_exists_is_not_proposed_in_whatever_case() -> None:
    assert Names(["P (wp7)"]).beside("P", "wp7") == "P (wp7) 2"
    assert Names(["p (WP7)", "P (wp7) 2"]).beside("P", "wp7") == "P (wp7) 3"
    assert Names(["Café (wp7)"]).beside("CAFE", "wp7") == "CAFE (wp7) 2"


def test_a_name_is_proposed_once() -> None:
    names = Names([])
    assert [names.beside("P", "wp7") for _ in range(3)] == ["P (wp7)", "P (wp7) 2", "P (wp7) 3"]


@given(st.lists(NAMES | st.text(min_size=60, max_size=70), max_size=4), st.text(max_size=80), st.text(max_size=90))
def test_the_directory_takes_every_name(taken: list[str], name: str, query: str) -> None:
    names = Names(taken)
    for _ in range(12):
        found = names.beside(name, query)
        assert len(found.encode("utf-16-le", "surrogatepass")) // 2 <= 64
        assert found.strip() == found
        assert found.isprintable()
        assert found.casefold() not in {each.casefold() for each in taken}
