from hypothesis import given
from hypothesis import strategies as st

from policylint.exports.text_document import Lines


@given(st.text(alphabet="ab\r\n", max_size=60), st.integers(0, 5))
def test_lines_and_columns_are_those_that_counting_finds(piece: str, times: int) -> None:
    text = piece * (1 + times * 200)
    lines = Lines(text)
    for offset in {0, len(text) // 3, len(text) // 2, len(text)}:
        before = text[:offset].split("\n")
        assert lines.position(offset) == (len(before), len(before[-1]) + 1)
        assert lines.start(len(before)) == offset - len(before[-1])


def test_a_line_comes_without_its_break() -> None:
    lines = Lines("one\r\ntwo\nthree")
    assert [lines.line(number) for number in range(1, 5)] == ["one", "two", "three", ""]


def test_lines_far_into_a_long_text_are_found() -> None:
    lines = Lines("".join(f"line {number}\n" for number in range(1, 50_001)))
    assert [lines.line(number) for number in (1, 9_999, 50_000)] == ["line 1", "line 9999", "line 50000"]
    assert lines.position(lines.start(40_000)) == (40_000, 1)
