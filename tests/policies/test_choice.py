"""How policies are named, how accounts are called, and how a list of users is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from previews import FIVE, Runs

from policylint.exports.error import ExportError
from policylint.knowledge import Knowledge
from policylint.merging.users import BadRow, UserRow, read
from policylint.policies.choice import PolicyChoiceError, Reference, named_policy, reference
from policylint.policies.labels import unique


@pytest.mark.parametrize(
    ("text", "files", "path", "policy"),
    [
        ("a.xml", ["a.xml"], "a.xml", None),
        ("a.xml#P", ["a.xml"], "a.xml", "P"),
        ("a#b.xml", ["a#b.xml"], "a#b.xml", None),
        ("a#b.xml#P", ["a#b.xml"], "a#b.xml", "P"),
        ("a.xml#C# developers", ["a.xml"], "a.xml", "C# developers"),
        ("none.xml#P", [], "none.xml", "P"),
        ("none.xml", [], "none.xml", None),
    ],
)
def test_a_reference_is_split_at_the_end_of_a_path(text: str, files: list[str], path: str, policy: str | None) -> None:
    assert reference(text, files.__contains__) == Reference(path, policy)


def test_the_nearest_name_comes_first(knowledge: Knowledge) -> None:
    with pytest.raises(PolicyChoiceError, match="there are: 'fabrikam', "):
        named_policy("Fabrikan", Runs(knowledge).policies(FIVE))
    assert named_policy(" ADATUM ", Runs(knowledge).policies(FIVE)).name == "adatum"


@given(st.lists(st.sampled_from(["a", "a #2", "a#x", "b"]), max_size=6))
def test_no_two_accounts_are_called_alike(names: list[str]) -> None:
    for made in (unique(names), unique(names, ["x"] * len(names))):
        assert len(set(made)) == len(names)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_list_in_any_form_is_read(delimiter: str, encoding: str) -> None:
    rows = [["POLICY", "More", "User", "account"], ['"Sales\nEast"', "", "jörg", "work"], ["P", "", "ann", ""]]
    data = "\n".join(delimiter.join(row) for row in rows).encode(encoding)
    assert list(read(data)) == [UserRow(2, "jörg", "work", "Sales\nEast"), UserRow(4, "ann", "", "P")]


def test_a_bad_row_hides_no_other() -> None:
    found = list(read(b"user,account,policy\nann\n,work,P\nbob,work,\n\ncid,work,P\n"))
    assert [type(row) for row in found] == [BadRow, BadRow, BadRow, UserRow]
    assert [row.line for row in found] == [2, 3, 4, 6]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"user,policy\na,b\n", b"user,user,account,policy\n", b'user,"acc'])
def test_what_is_no_list_is_refused(data: bytes) -> None:
    with pytest.raises(ExportError):
        list(read(data))
