"""What an export says stays text in a Markdown table: it ends no cell, links nothing and calls nobody."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.writing.markdown import code, escaped
from policylint.writing.style import printable

UNESCAPED_PIPE = re.compile(r"(?<!\\)(?:\\\\)*\|")


@given(st.text(st.sampled_from("a|\\` <@*\n"), max_size=12))
def test_no_text_ends_a_cell(text: str) -> None:
    for made in (code(text), escaped(text)):
        assert not UNESCAPED_PIPE.search(made)
        assert "\n" not in made


@given(st.text(st.sampled_from("a` <@*"), min_size=1, max_size=12))
def test_a_code_span_holds_its_text_and_ends_only_at_its_end(text: str) -> None:
    made = code(text)
    fence = re.match("`+", made)
    assert fence
    inside = made[len(fence[0]) : -len(fence[0])]
    assert fence[0] not in re.findall("`+", inside)
    assert inside.strip() == printable(text).strip()


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Default", "`Default`"),
        ("a|b", r"`a\|b`"),
        (r"a\|b", r"`a\\\|b`"),
        ("`x`", "`` `x` ``"),
        ("<img src=x>", "`<img src=x>`"),
        ("@everyone", "`@everyone`"),
    ],
)
def test_names_are_code(name: str, made: str) -> None:
    assert code(name) == made


def test_notes_are_escaped() -> None:
    assert escaped("a|b [c](d) <e>") == r"a\|b \[c\]\(d\) \<e\>"


@pytest.mark.parametrize(
    "text", ["ask @boss", "https://b.example/", "WWW.b.example", "see #12", "me@b.example", "gh-3"]
)
def test_what_github_links_without_markup_is_code(text: str) -> None:
    assert escaped(text) == f"`{text}`"
