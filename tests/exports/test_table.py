import csv
from collections.abc import Callable

import pytest

from policylint.exports.error import ExportError
from policylint.exports.record import Document
from policylint.exports.table_cells import rows
from policylint.exports.text_document import Lines

Read = Callable[[str], Document]
TextAt = Callable[[Document, int], str]
Refusal = Callable[[str], ExportError]

POLICIES = (
    "#TYPE Selected.Deserialized.Microsoft.Exchange.Data.MobileMailboxPolicy\r\n"
    '"Name","AllowNonProvisionableDevices","MinDevicePasswordLength","MaxInactivityTimeDeviceLock"\r\n'
    '"Default","False",,"00:15:00"\r\n'
    '"The ""best"" one,\r\nreally","True","4","Unlimited"\r\n'
    '"",,"",x\r\n'
)


def test_rows_become_records_of_text(read: Read) -> None:
    document = read(POLICIES)
    first, second, third = document.records
    assert (document.format, document.notes) == ("csv", [])
    assert first.type_name == "Microsoft.Exchange.Data.MobileMailboxPolicy"
    assert first.names[0] == "Name"
    assert first.names is second.names is third.names
    assert first.values == ("Default", "False", None, "00:15:00")
    assert second.values == ('The "best" one,\r\nreally', "True", "4", "Unlimited")
    assert third.values == (None, None, None, "x")


def test_each_place_covers_the_value_inside_its_quotes(read: Read, text_at: TextAt) -> None:
    document = read(POLICIES)
    first, second, third = document.records
    assert [text_at(document, mark) for mark in first.marks] == ["Default", "False", "", "00:15:00"]
    assert document.place(first.marks[1])[1:] == (3, 12, 3, 17)
    assert document.place(first.marks[2])[1:] == (3, 19, 3, 19)
    assert document.place(second.marks[0])[1:] == (4, 2, 5, 7)
    assert document.place(second.marks[3])[1:] == (5, 21, 5, 30)
    assert document.place(third.marks[3])[1:] == (6, 8, 6, 9)
    assert document.place(first.mark).line == 3
    marks = [mark for record in document.records for mark in (record.mark, *record.marks)]
    assert len(set(marks)) == len(marks)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_the_delimiter_is_found_in_the_header(read: Read, delimiter: str, quote: str) -> None:
    rows = [["Name", "IsDefault"], ["Default", "True"]]
    text = "\n".join(delimiter.join(f"{quote}{cell}{quote}" for cell in row) for row in rows)
    (record,) = read(text).records
    assert (record.names, record.values) == (("Name", "IsDefault"), ("Default", "True"))


def test_delimiters_inside_quotes_do_not_count(read: Read) -> None:
    (record,) = read('"a,b,c";"d"\n"1";"2,3"\n').records
    assert record.values == ("1", "2,3")


@pytest.mark.parametrize("head", ["sep=|\n#TYPE A.B\n", '#TYPE A.B\r\n"sep=|"\r\n'])
def test_a_sep_line_names_the_delimiter(read: Read, text_at: TextAt, head: str) -> None:
    document = read(f"{head}Name|X;Y\nDefault|1;2\n")
    (record,) = document.records
    assert (record.type_name, record.values) == ("A.B", ("Default", "1;2"))
    assert text_at(document, record.marks[1]) == "1;2"


def test_a_header_alone_has_no_records(read: Read) -> None:
    assert read('"Name","IsDefault"\n').records == []


def test_a_single_column_is_enough(read: Read) -> None:
    assert [record.values for record in read('"Name"\n"Default"\n"Executives"\n').records] == [
        ("Default",),
        ("Executives",),
    ]


def test_blank_lines_are_skipped(read: Read) -> None:
    document = read('"Name"\n\n"Default"\n\n\n')
    assert document.place(document.records[0].marks[0]).line == 3


def test_a_value_may_be_longer_than_pythons_limit(read: Read) -> None:
    (record,) = read(f'"Name"\n"{"x" * 200_000}"\n').records
    assert len(str(record.values[0])) == 200_000


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ('"Name","B"\n"a","1"\n"x\ny","z\n', (4, 4), "never closed"),
        ('"Name"\n"x\n"a"\n', (3, 2), "text after the quote"),
        ('"Name","B"\n"a"b,1\n', (2, 4), "text after the quote"),
        ('"Name"\n"a","b"\n', (2, None), "2 values, but the header has 1"),
        ('"Name","B"\n"a","b"\n"c"\n', (3, None), "1 values, but the header has 2"),
        ('"Name","name","B","b"\n', (1, None), "twice: 'Name', 'name', 'B', 'b'"),
        ('"Name",""\n', (1, None), "column 2 has no name"),
        ("#TYPE A.B\n", (1, None), "nothing was exported"),
        ("#TYPE A.B\n\n", (2, None), "nothing was exported"),
        ("#TYPE A.B\n#TYPE A.B\n", (2, None), "second #TYPE"),
        ('#TYPE A\n"Name"\n"x"\n#TYPE A\n"Name"\n', (4, None), "second export begins"),
        ('"Name","B"\n"a","b"\r"c","d"\n', (2, 1), "line break"),
        ('"ClassId2e4f51ef21dd47e99d3c952918aff9cd","pageHeaderEntry"\n"x","y"\n', (1, None), "before Export-Csv"),
        ('#TYPE X\n"autosizeInfo","ClassId2e4f51ef21dd47e99d3c952918aff9cd"\n', (2, None), "Export-Csv policies.csv"),
    ],
)
def test_a_damaged_table_is_refused_where_it_is_damaged(
    refusal: Refusal, text: str, position: tuple[int, int | None], words: str
) -> None:
    error = refusal(text)
    assert words in error.message
    assert (error.line, error.column) == position


def test_reading_leaves_the_limits_of_the_process_alone() -> None:
    """The csv module has one limit for everybody; readings may overlap, and one may be given up half-way."""
    before = csv.field_size_limit()
    first, second = (rows(text, Lines(text), 1, ",") for text in ("a,b\n1,2\n", "c\n3\n"))
    next(first)
    next(second)
    assert csv.field_size_limit() == before
    assert [row.values for row in first] == [["1", "2"]]
    second.close()
    assert csv.field_size_limit() == before
