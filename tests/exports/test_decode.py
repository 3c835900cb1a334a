import pytest

from policylint.exports.decode import decode
from policylint.exports.error import ExportError

XML = '<?xml version="1.0" encoding="utf-8"?><Objs Version="1.1.0.1">§ 😀</Objs>'
MARKS = {
    "utf-8": b"\xef\xbb\xbf",
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
    "utf-32-le": b"\xff\xfe\0\0",
    "utf-32-be": b"\0\0\xfe\xff",
}


@pytest.mark.parametrize("encoding", MARKS)
def test_a_byte_order_mark_decides_even_against_the_xml_declaration(encoding: str) -> None:
    assert decode(MARKS[encoding] + XML.encode(encoding)) == (XML, encoding, (), False)


def test_text_without_a_mark_is_utf8() -> None:
    assert decode(XML.encode()) == (XML, "utf-8", (), False)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_told_by_its_nuls_and_noted(encoding: str) -> None:
    text, found, notes, _ = decode(XML.encode(encoding))
    assert (text, found) == (XML, encoding)
    assert "no byte order mark" in notes[0]


def test_other_bytes_are_the_western_code_page_and_noted() -> None:
    text, encoding, notes, _ = decode("Größe".encode("cp1252"))
    assert (text, encoding) == ("Größe", "cp1252")
    assert "1252" in notes[0]


WORDS = ["Müller", "Geschäft", "für", "élève", "Française", "Señor", "João", "Ærø", "MÜNCHEN", "ÉCOLE", "naïve", "Åse"]


@pytest.mark.parametrize("page", ["cp1252", "cp850"])
@pytest.mark.parametrize("word", WORDS)
def test_words_tell_the_code_page_of_windows_from_that_of_consoles(word: str, page: str) -> None:
    text, encoding, notes, _ = decode(f"Name : {word}\n".encode(page))
    assert (text, encoding) == (f"Name : {word}\n", page)
    assert page[2:] in notes[0]


@pytest.mark.parametrize(
    "text", ["it’s", "“Office” staff", "l’année – 2020", "20 °C", "5 €", "und so…", "®", "a\xa0: b"]
)
def test_signs_as_windows_programs_put_them_are_no_oddities(text: str) -> None:
    assert decode(text.encode("cp1252")).text == text


def test_a_word_that_both_code_pages_can_mean_is_a_guess() -> None:
    found = decode("Außendienst".encode("cp850"))
    assert (found.text, found.is_guess) == ("Auáendienst", True)
    assert not decode("Außendienst".encode()).is_guess


def test_bytes_that_no_code_page_has_are_replaced_and_noted() -> None:
    text, _, notes, _ = decode(b"Gr\xf6\xdfe \x81")
    assert text == "Größe \ufffd"
    assert "byte 7" in notes[1]


def test_damaged_utf16_is_read_as_far_as_it_goes() -> None:
    text, _, notes, _ = decode(b"\xff\xfe" + "ab".encode("utf-16-le") + b"c")
    assert text == "ab\ufffd"
    assert notes


def test_a_byte_order_mark_alone_is_an_empty_text() -> None:
    assert decode(b"\xff\xfe").text == ""


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty"),
        (b"PK\x03\x04rest", "Excel workbook"),
        (b"\x89PNG\r\n", "PNG picture"),
        (b"\xff\xd8\xff\xe0", "JPEG picture"),
        (b"%PDF-1.7", "PDF"),
        (b"Name\n\0\x01\x02", "binary data"),
    ],
)
def test_what_is_no_text_is_refused_by_its_name(data: bytes, name: str) -> None:
    with pytest.raises(ExportError, match=name):
        decode(data)


def test_a_nul_in_a_text_is_reported_with_its_line() -> None:
    with pytest.raises(ExportError) as caught:
        decode(b"Name,IsDefault\nx\0y,True\n")
    assert caught.value.line == 2
