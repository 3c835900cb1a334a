import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.exports.reader import read_document
from policylint.exports.table_cells import BrokenRow, cells, value

CELLS = st.text(alphabet="aZ\",;\t \r\n'é😀", max_size=8)
DELIMITERS = st.sampled_from(",;\t|")


@given(st.lists(CELLS, min_size=1, max_size=6), DELIMITERS, st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
def test_a_row_is_cut_where_the_csv_module_cuts_it(row: list[str], delimiter: str, quoting: int) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=quoting).writerow(row)  # type: ignore[arg-type]
    text = out.getvalue()
    assert [value(text, cell) for cell in cells(text, 0, delimiter)] == row


@given(st.text(alphabet='a",\n\r ', max_size=12))
def test_any_line_is_cut_or_refused_as_the_csv_module_does(text: str) -> None:
    try:
        expected = next(csv.reader(io.StringIO(text, newline=""), strict=True), None)
    except csv.Error:
        expected = None
    try:
        found = [value(text, cell) for cell in cells(text, 0, ",")]
    except BrokenRow:
        found = []
    # An empty row has no cells for csv; and csv refuses what follows a carriage return only once it gets there.
    if expected:
        assert found == expected


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5), DELIMITERS)
def test_every_value_of_a_table_stands_at_its_place(rows: list[list[str]], delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([["Name", "B", "C"], *rows])
    text = out.getvalue()
    document = read_document(f"sep={delimiter}\r\n{text}".encode(), "p")
    assert [[cell or "" for cell in record.values] for record in document.records] == rows
    lines = f"sep={delimiter}\r\n{text}".split("\n")
    for record in document.records:
        for raw, mark in zip(record.values, record.marks, strict=True):
            _, line, column, end_line, end_column = document.place(mark)
            shown = lines[line - 1 : end_line]
            shown[-1] = shown[-1][: end_column - 1]
            shown[0] = shown[0][column - 1 :]
            assert "\n".join(shown).replace('""', '"') == (raw or "")


@pytest.mark.parametrize(("text", "offset"), [('a,"b', 2), ('"a"b', 3), ('"a" ,b', 3)])
def test_a_broken_row_tells_where(text: str, offset: int) -> None:
    with pytest.raises(BrokenRow) as caught:
        list(cells(text, 0, ","))
    assert caught.value.offset == offset
