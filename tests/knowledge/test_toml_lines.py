"""The line that an error in a TOML file points to."""

import tomllib

import pytest

from policylint.knowledge.toml_lines import line_of

TEXT = '''\
# a comment that looks like a header: [spans]
family = "phone"  # and one behind a value [spans]
note = """
[spans]
name = "inside a text"
"""

[aliases]  # short names [of spans]
"p7.5" = "==7.5"
'p 8' = ">=8"

[[spans]]
versions = ">=7"
releases = [
    { version = "7.0" },  # don't count ] or [ in here
    { version = "[" },
]
name = 'Seven [first]'

[[spans.colours]]
name = "red"

[[spans.colours]]
name = "blue"

[spans.maker]
name = "one"

[[spans]]
versions = ">=8"

[[spans.colours]]
name = "green"

["quoted.table".inner]
name = "deep"
far . "away.too" . here = 1
'''


def found(*path: str | int) -> str:
    """The text of the line that a path leads to."""
    return TEXT.split("\n")[line_of(TEXT, path) - 1].strip()


def test_a_dotted_key_is_found():
    assert found("quoted.table", "inner", "far", "away.too", "here").startswith("far")
    assert found("quoted.table", "inner", "far").startswith("far")


def test_the_example_is_toml():
    assert tomllib.loads(TEXT)["spans"][1]["colours"] == [{"name": "green"}]


def test_a_key_before_every_table_is_found():
    assert found("family").startswith("family =")


def test_what_a_multi_line_string_holds_is_no_table_and_no_key():
    assert found("note") == 'note = """'
    assert found("name").startswith("# a comment")


@pytest.mark.parametrize(("key", "line"), [("p7.5", '"p7.5" = "==7.5"'), ("p 8", "'p 8' = \">=8\"")])
def test_quoted_keys_are_found_by_what_is_between_the_quotes(key: str, line: str):
    assert found("aliases", key) == line


def test_a_quoted_dot_does_not_part_a_header():
    assert found("quoted.table", "inner", "name") == 'name = "deep"'


def test_tables_of_an_array_are_counted():
    assert found("spans", 0, "versions") == 'versions = ">=7"'
    assert found("spans", 1, "versions") == 'versions = ">=8"'


def test_tables_of_a_nested_array_are_counted_within_their_parent():
    assert found("spans", 0, "colours", 1, "name") == 'name = "blue"'
    assert found("spans", 1, "colours", 0, "name") == 'name = "green"'


def test_a_table_below_an_array_belongs_to_its_newest_entry():
    assert found("spans", 0, "maker", "name") == 'name = "one"'


def test_the_key_after_a_multi_line_array_is_found():
    assert found("spans", 0, "name") == "name = 'Seven [first]'"


def test_inside_a_value_the_line_of_its_key_is_the_answer():
    assert found("spans", 0, "releases", 1, "version") == "releases = ["


def test_a_missing_key_leads_to_its_table():
    assert found("spans", 1, "absent") == "[[spans]]"
    assert line_of(TEXT, ("spans", 1, "absent")) > line_of(TEXT, ("spans", 0, "absent"))


def test_an_array_of_tables_begins_at_its_first_table():
    assert found("spans") == "[[spans]]"
    assert found("spans", 0, "colours") == "[[spans.colours]]"
    assert line_of(TEXT, ("spans",)) < line_of(TEXT, ("spans", 0, "colours"))


@pytest.mark.parametrize("path", [(), ("absent",), ("spans", 2, "versions")])
def test_where_nothing_matches_the_answer_is_the_first_line(path: tuple[str | int, ...]):
    assert line_of(TEXT, path) == 1


def test_only_line_feeds_end_a_line():
    text = 'first = "a\u2028b\u0085c"\nsecond = 2\n'
    assert line_of(text, ("second",)) == 2


@pytest.mark.parametrize("unended", ['text = """\nno end\n', "list = [\n1,\n"])
def test_a_value_without_an_end_is_no_endless_search(unended: str):
    assert line_of("key = 1\n" + unended, ("key",)) == 1
    assert line_of("key = 1\n" + unended, ("no",)) == 1
