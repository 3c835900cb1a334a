from hypothesis import given
from hypothesis import strategies as st

from policylint.exports.escapes import joined, unescaped


def escaped(text: str) -> str:
    """Escape as PowerShell does: control characters, surrogate halves, and an underscore before an x."""
    units = text.encode("utf-16-le", "surrogatepass")
    characters = [chr(int.from_bytes(units[at : at + 2], "little")) for at in range(0, len(units), 2)]
    out = []
    for at, character in enumerate(characters):
        code = ord(character)
        before_x = character == "_" and characters[at + 1 : at + 2] in (["x"], ["X"])
        needed = code < 0x20 or 0x7F <= code <= 0x9F or 0xD800 <= code <= 0xDFFF or before_x
        out.append(f"_x{code:04X}_" if needed else character)
    return "".join(out)


@given(st.text())
def test_every_text_comes_back_from_its_escapes(text: str) -> None:
    assert unescaped(escaped(text)) == text


@given(st.text(alphabet="_xX0aDd5F\ud83d\ude00\n"))
def test_every_text_comes_back_printable(text: str) -> None:
    unescaped(escaped(text)).encode("utf-8")


def test_both_cases_of_the_escape_are_read() -> None:
    assert unescaped("a_x000a_b_X000A_c_x005F_x0041_") == "a\nb\nc_x0041_"


def test_a_pair_of_surrogates_is_one_character() -> None:
    assert unescaped("_xD83D__xDE00_") == "😀"


def test_half_a_pair_becomes_the_replacement_character() -> None:
    assert unescaped("a_xD83D_b_xDE00_") == "a\ufffdb\ufffd"
    assert joined("\ud83d") == "\ufffd"


def test_what_only_looks_like_an_escape_stays() -> None:
    assert unescaped("_x12_ _x000G_ x000A_ _x000A") == "_x12_ _x000G_ x000A_ _x000A"
