"""Whatever a line holds, no runner of builds acts on it; and what is no command stays as it is."""

from build_logs import scanned
from hypothesis import given
from hypothesis import strategies as st

from policylint.writing.build_logs import harmless, harmless_lines

PARTS = st.sampled_from(
    ["::", ":", "#", "##", "##[", "##vso[", "##teamcity[", "[", "]", "error", " ", "\t", "\n", "\x85", "a"]
)
TEXTS = st.lists(PARTS | st.text(max_size=3), max_size=12).map("".join)


@given(TEXTS)
def test_no_line_is_a_command(text: str) -> None:
    assert not scanned(harmless(text))


@given(TEXTS)
def test_a_text_keeps_its_length_and_all_that_does_not_act(text: str) -> None:
    made = harmless(text)
    assert len(made) == len(text)
    assert all(new == old or (new == "\ufffd" and old in "#:") for new, old in zip(made, text, strict=True))


@given(st.lists(TEXTS, max_size=6))
def test_where_the_pieces_are_cut_makes_no_difference(pieces: list[str]) -> None:
    assert "".join(harmless_lines(pieces)) == harmless("".join(pieces))


def test_ordinary_text_stays() -> None:
    for text in ("a::b", "C# [x]", "# heading [link](x)", "## heading", "1:2: note", "#[1]"):
        assert harmless(text) == text


def test_what_would_act_is_marked() -> None:
    assert harmless("##vso[task.complete]x") == "\ufffd#vso[task.complete]x"
    assert harmless("  ::error::x") == "  \ufffd:error::x"
