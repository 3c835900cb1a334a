"""Hostile files end in an `ExportError` that tells where, quickly, and without reading another file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from policylint.exports.error import ExportError
from policylint.exports.reader import read_document

Refusal = Callable[[str | bytes], ExportError]

OBJS = '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "text",
    [
        f'<?xml version="1.0"?>\n<!DOCTYPE Objs [<!ENTITY l0 "ha">{LAUGHS}]>\n{OBJS}<S>&l9;</S></Objs>',
        f'<!-- x -->\n<!DOCTYPE Objs [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n{OBJS}<S>&x;</S></Objs>',
        f'\n<!DOCTYPE Objs SYSTEM "http://192.0.2.1/x.dtd">\n{OBJS}</Objs>',
        "\n<!DOCTYPE Objects>\n<Objects/>",
    ],
)
def test_a_doctype_is_refused_before_anything_is_parsed(
    refusal: Refusal, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lxml.etree.fromstring", lambda *_: pytest.fail("parsed"))
    error = refusal(text)
    assert "DOCTYPE" in error.message
    assert error.line == 2


def test_a_doctype_in_utf16_is_refused_too(refusal: Refusal) -> None:
    assert "DOCTYPE" in refusal(f"<!DOCTYPE a>{OBJS}</Objs>".encode("utf-16")).message


def test_an_entity_that_nothing_defines_is_refused(refusal: Refusal) -> None:
    error = refusal(f"{OBJS}\n<S>&x;</S></Objs>")
    assert "entity" in error.message
    assert error.line == 2


def test_xinclude_reads_no_file(refusal: Refusal, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{tmp_path}/secret" parse="text"/>'
    assert "secret" not in str(refusal(f"{OBJS}\n<Obj><Props>{include}</Props></Obj></Objs>"))


@pytest.mark.parametrize("levels", [30, 100, 10_000])
def test_deep_nesting_is_refused_with_its_line(refusal: Refusal, levels: int) -> None:
    error = refusal(f"{OBJS}" + '\n<Obj N="x"><Props>' * levels + "</Props></Obj>" * levels + "</Objs>")
    assert "nested" in error.message
    assert error.line
    assert error.line > 20


def test_deep_lists_are_refused(refusal: Refusal) -> None:
    error = refusal(
        f'{OBJS}<Obj><Props><S N="a">x</S>' + '\n<Obj N="x"><LST>' * 60 + "</LST></Obj>" * 60 + "</Props></Obj></Objs>"
    )
    assert "nested" in error.message


def test_nesting_of_bare_lists_and_dictionaries_is_bounded(refusal: Refusal) -> None:
    for opening, closing in (("<LST>", "</LST>"), ("<DCT><En>", "</En></DCT>")):
        refusal(f'{OBJS}<Obj><Props><Obj N="x">' + opening * 200 + closing * 200 + "</Obj></Props></Obj></Objs>")


def test_a_value_of_over_ten_million_characters_is_refused(refusal: Refusal) -> None:
    assert "10 million" in refusal(f"{OBJS}<S>" + "x" * 10_100_000 + "</S></Objs>").message


def test_a_file_over_the_limit_is_refused_before_it_is_read() -> None:
    with pytest.raises(ExportError, match=r"larger than the limit of 1\.0 MiB"):
        read_document(b"\0" * 2 * 1024 * 1024, "p", max_bytes=1024 * 1024)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<Obj><Props><S N='x'>a</S>", "cut off"),
        ("<Obj><Props><S N='x'>a</S", "cut off"),
        ("<Obj><Props><S N='", "cut off"),
        ("<Obj><!-- ", "cut off"),
        ("<Obj>\n</Props></Objs>", "wrong end tag"),
        ("<S>a & b</S></Objs>", "< or &"),
        ("<S>\x01</S></Objs>", "character that XML does not allow"),
        ("</Objs><Objs/>", "one export per file"),
        ("<x:S>a</x:S></Objs>", "damaged"),
    ],
)
def test_damaged_xml_is_explained_with_line_and_column(refusal: Refusal, body: str, words: str) -> None:
    error = refusal(f"{OBJS}\n{body}")
    assert words in error.message
    assert error.line in (2, 3)
    assert error.column


def test_positions_of_damage_count_the_declaration_and_characters(refusal: Refusal) -> None:
    error = refusal(f'<?xml version="1.0" encoding="utf-16"?>{OBJS}<S>äöü&x;</S></Objs>')
    assert error.line == 1
    assert error.column == 39 + len(OBJS) + len("<S>äöü&x;") + 1


def test_damaged_utf16_declaration_does_not_matter() -> None:
    text = f'<?xml version="1.0" encoding="utf-8"?>\r\n{OBJS}<S>ä</S></Objs>'
    assert read_document(text.encode("utf-16"), "p").records[0].text == "ä"
