import gc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.exports.error import ExportError
from policylint.exports.reader import read_document

SAMPLES = sorted((Path(__file__).parent / "samples").iterdir())
SEEDS = [file.read_bytes() for file in SAMPLES]


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.name)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le"])
def test_every_encoding_gives_the_same_records_and_places(file: Path, encoding: str) -> None:
    expected = read_document(file.read_bytes(), "p")
    document = read_document(file.read_text("utf-8").encode(encoding), "p")
    assert document.records == expected.records
    for record in document.records:
        assert [document.place(mark) for mark in record.marks] == [expected.place(mark) for mark in record.marks]


def test_notes_on_the_encoding_are_notes_of_the_document() -> None:
    document = read_document(b"Name : Gr\xf6\xdfe\n", "p")
    assert "1252" in document.notes[0]
    assert "Format-List" in document.notes[1]


def test_an_error_names_the_file() -> None:
    with pytest.raises(ExportError, match=r"^a/b\.csv: the file is empty; export again with: Get-"):
        read_document(b"", "a/b.csv")


def test_reading_leaves_the_collector_as_it_was() -> None:
    assert gc.isenabled()
    read_document(b"Name : x\n", "p")
    assert gc.isenabled()
    gc.disable()
    try:
        read_document(b"Name : x\n", "p")
        assert not gc.isenabled()
    finally:
        gc.enable()


@given(st.sampled_from(SEEDS), st.data())
def test_a_damaged_file_is_read_or_refused_but_never_crashes(seed: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(seed)))
    end = data.draw(st.integers(start, min(len(seed), start + 40)))
    damage = data.draw(
        st.binary(max_size=6) | st.sampled_from([b"<", b'"', b"\n", b"</Obj>", b"\0", b"{", b"]", b": "])
    )
    try:
        document = read_document(seed[:start] + damage + seed[end:], "p")
    except ExportError:
        return
    for record in document.records:
        hash(record.values)
        assert len(record.names) == len(record.values) == len(record.marks)
        for mark in (record.mark, *record.marks):
            place = document.place(mark)
            assert (place.line, place.column) <= (place.end_line, place.end_column)
            document.line(place.line)


def test_rows_that_do_not_fit_are_kept_apart_on_request() -> None:
    table = b"Name,Length\na,1\nb,2,3\nc,3\n"
    with pytest.raises(ExportError, match=r"^p:3: this row has 3 values"):
        read_document(table, "p")
    document = read_document(table, "p", lenient=True)
    assert [record.values for record in document.records] == [("a", "1"), ("c", "3")]
    assert [str(misfit).split(";")[0] for misfit in document.misfits] == [
        "p:3: this row has 3 values, but the header has 2 columns"
    ]


@pytest.mark.parametrize(("header", "rows"), [(b"Name,Length", ["a", "b"]), (b"Length,Name", ["a"])])
def test_a_second_export_in_a_file_is_read_only_under_the_same_header(header: bytes, rows: list[str]) -> None:
    table = b"#TYPE A\nName,Length\na,1\n#TYPE A\n" + header + b"\nb,2\n"
    document = read_document(table, "p", lenient=True)
    assert [record.values[0] for record in document.records] == rows
    assert [misfit.line for misfit in document.misfits] == [4]
