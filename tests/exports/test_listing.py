from collections.abc import Callable

import pytest

from policylint.exports.error import ExportError
from policylint.exports.record import Document, Raw

Read = Callable[[str], Document]
TextAt = Callable[[Document, int], str]


def test_a_pasted_list_is_read_and_noted_as_lossy(sample: Callable[[str], Document]) -> None:
    document = sample("policies.txt")
    first, second = document.records
    assert document.format == "list"
    assert "Format-List" in document.notes[0]
    assert dict(zip(first.names, first.values, strict=True)) == {
        "AllowNonProvisionableDevices": "False",
        "MinDevicePasswordLength": None,
        "MaxInactivityTimeDeviceLock": "00:15:00",
        "UnapprovedInROMApplicationList": ("bubbles.exe", "solitaire.exe", "minesweeper.exe", "freecell.exe", "..."),
        "ApprovedApplicationList": (),
        "DistinguishedName": "CN=Default,CN=Mobile Mailbox Policies,CN=Contoso,CN=Microsoft Exchange,DC=contoso,DC=com",
        "Name": "Default",
    }
    assert (second.names, second.values) == (("Name",), ("Executives",))


def test_each_place_covers_the_value(sample: Callable[[str], Document], text_at: TextAt) -> None:
    document = sample("policies.txt")
    first, second = document.records
    assert [text_at(document, mark) for mark in first.marks[:3]] == ["False", ":", "00:15:00"]
    assert document.place(first.marks[0])[1:] == (4, 34, 4, 39)
    assert document.place(first.marks[3])[1:] == (7, 34, 8, 50)
    assert text_at(document, first.mark) == "AllowNonProvisionableDevices"
    assert text_at(document, second.marks[0]) == "Executives"


def test_windows_line_breaks_change_nothing(read: Read, text_at: TextAt) -> None:
    document = read("PS C:\\> Get-X\r\n\r\nName : A\r\nB    :\r\n\r\nName : C\r\nB    : d\r\n")
    assert [record.values for record in document.records] == [("A", None), ("C", "d")]
    assert text_at(document, document.records[0].marks[0]) == "A"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("{a, b}", ("a", "b")),
        ("{}", ()),
        ("{a, b...}", ("a", "b", "...")),
        ("{a, b…}", ("a", "b", "...")),
        ("{a, b...", ("a", "b", "...")),
        ("{...}", ("...",)),
        ("{a", "{a"),
        ("CN=x : y", "CN=x : y"),
        ("", None),
    ],
)
def test_braces_hold_a_list_whose_cut_stays_visible(read: Read, written: str, value: Raw) -> None:
    (record,) = read(f"Name : x\nV    : {written}\n").records
    assert record.values == ("x", value)


def test_a_value_wrapped_between_words_is_joined_with_a_blank(read: Read) -> None:
    text = "Name        : x\nDescription : two words and\n              one more\nLongest     : " + "x" * 40
    (record,) = read(text).records
    assert record.values[1] == "two words and one more"


def test_a_line_that_belongs_to_nothing_is_refused(refusal: Callable[[str], ExportError]) -> None:
    error = refusal("Name : x\nIsDefault : True\n-- snip --\n")
    assert error.line == 3
    assert "Name : value" in error.message
