from xml.sax.saxutils import escape, quoteattr, unescape

from hypothesis import given
from hypothesis import strategies as st

from policylint.exports.reader import read_document

# What CLIXML leaves as it is: everything but control characters, surrogates and the escape itself.
TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="_\ufffe\uffff"), max_size=12)
FILLER = st.sampled_from(["", "\n  ", "<!-- <S N='x'>no</S> -->", "<?pi </Props>?>", "\r\n\t"])


@given(st.lists(st.lists(st.tuples(TEXT, TEXT, FILLER), max_size=5), max_size=4))
def test_the_text_at_each_place_is_the_value(records: list[list[tuple[str, str, str]]]) -> None:
    body = "".join(
        "<Obj><Props>"
        + "".join(f"{filler}<S N={quoteattr(name)}>{escape(value)}</S>" for name, value, filler in record)
        + "</Props></Obj>"
        for record in records
    )
    text = f'<?xml version="1.0" encoding="utf-16"?><Objs xmlns="p">{body}</Objs>'
    document = read_document(text.encode(), "p")
    lines = text.split("\n")
    assert len(document.records) == len(records)
    for record, written in zip(document.records, records, strict=True):
        assert record.values == tuple(value for _, value, _ in written)
        assert record.names == tuple(name for name, _, _ in written)
        for value, mark in zip(record.values, record.marks, strict=True):
            _, line, column, end_line, end_column = document.place(mark)
            assert line == end_line
            shown = lines[line - 1][column - 1 : end_column - 1]
            assert unescape(shown) == value if value else shown.endswith("></S>")
