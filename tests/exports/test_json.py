import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.exports.error import ExportError
from policylint.exports.json_values import objects
from policylint.exports.reader import read_document
from policylint.exports.record import Document, Enum, Nested, Raw

Read = Callable[[str], Document]
TextAt = Callable[[Document, int], str]

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def values(document: Document) -> dict[str, Raw]:
    (record,) = document.records
    return dict(zip(record.names, record.values, strict=True))


def test_an_array_of_objects_is_read(sample: Callable[[str], Document]) -> None:
    document = sample("policies.json")
    first, second = document.records
    assert (document.format, document.notes) == ("json", [])
    assert dict(zip(first.names, first.values, strict=True)) == {
        "Name": "Default",
        "AllowNonProvisionableDevices": False,
        "MinDevicePasswordLength": None,
        "DevicePasswordHistory": 0,
        "MaxInactivityTimeDeviceLock": "00:15:00",
        "AllowBluetooth": "HandsfreeOnly",
        "UnapprovedInROMApplicationList": ("bubbles.exe", 'say "hi".exe'),
        "WhenChanged": "/Date(1777883331000)/",
    }
    assert second.values == ("Vorstand ä 😀", True)


def test_each_place_covers_the_value_without_its_quotes(sample: Callable[[str], Document], text_at: TextAt) -> None:
    document = sample("policies.json")
    first, second = document.records
    assert [text_at(document, mark) for mark in first.marks[:4]] == ["Default", "false", "null", "0"]
    assert text_at(document, first.marks[6]) == r'["bubbles.exe", "say \"hi\".exe"]'
    assert document.place(second.marks[1])[1:] == (14, 37, 14, 41)
    assert text_at(document, second.mark) == "{"
    assert document.place(second.mark).line == 12


@given(
    st.lists(st.dictionaries(st.text(), VALUES, max_size=4), max_size=4), st.sampled_from([None, 0, 2]), st.booleans()
)
def test_the_text_at_each_place_is_the_value(
    objects: list[dict[str, Any]], indent: int | None, ascii_only: bool
) -> None:
    text = json.dumps(objects, indent=indent, ensure_ascii=ascii_only)
    document = read_document(text.encode("utf-8", "surrogatepass"), "p")
    lines = text.split("\n")
    assert len(document.records) == len(objects)
    for record, written in zip(document.records, objects, strict=True):
        assert len(record.names) == len(written)
        for mark, expected in zip(record.marks, written.values(), strict=True):
            _, line, column, end_line, end_column = document.place(mark)
            shown = lines[line - 1 : end_line]
            shown[-1] = shown[-1][: end_column - 1]
            shown[0] = shown[0][column - 1 :]
            found = "\n".join(shown)
            assert json.loads(f'"{found}"' if isinstance(expected, str) else found) == expected


def test_one_object_is_one_record(read: Read, text_at: TextAt) -> None:
    document = read('\n {"Name": "Default"}\n')
    assert values(document) == {"Name": "Default"}
    assert text_at(document, document.records[0].marks[0]) == "Default"


def test_the_wrapper_of_windows_powershell_is_opened(read: Read, text_at: TextAt) -> None:
    document = read('{"value": [{"Name": "A"}, {"Name": "B"}], "Count": 2}')
    assert [record.values for record in document.records] == [("A",), ("B",)]
    assert text_at(document, document.records[1].marks[0]) == "B"


def test_a_name_written_twice_is_kept_twice(read: Read) -> None:
    (record,) = read('{"AllowCamera": true, "AllowCamera": false}').records
    assert (record.names, record.values) == (("AllowCamera", "AllowCamera"), (True, False))


def test_elements_that_are_no_objects_are_records_of_text(read: Read) -> None:
    assert [record.text for record in read('["x", 5, null, [1]]').records] == ["x", "5", None, "[1]"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ('{"IsUnlimited": true}', "Unlimited"),
        ('{"IsUnlimited": true, "Value": null}', "Unlimited"),
        ('{"IsUnlimited": false, "Value": 8}', 8),
        ('{"IsUnlimited": false, "Value": "35 MB (36,700,160 bytes)"}', "35 MB (36,700,160 bytes)"),
        ('{"IsUnlimited": false, "Value": {"Ticks": 9000000000, "TotalSeconds": 900}}', timedelta(minutes=15)),
        ('{"TotalSeconds": 0.5}', timedelta(milliseconds=500)),
        ('{"Days": 1, "Hours": 2, "Minutes": 3, "Seconds": 4, "Milliseconds": 5}',
         timedelta(days=1, hours=2, minutes=3, seconds=4, milliseconds=5)),
        ('{"value": 1, "Value": "HandsfreeOnly"}', Enum("HandsfreeOnly", 1)),
        ('{"Value": "256 KB (262,144 bytes)"}', "256 KB (262,144 bytes)"),
        ('{"value": ["a", "b"], "Count": 2}', ("a", "b")),
        ('{"value": [], "Count": 0}', ()),
        ('[1, [true, null]]', (1, (True, None))),
        ('{"Name": "x", "Depth": 8}', Nested(None, None, (("Name", "x"), ("Depth", 8)))),
        ("1.5", 1.5),
        ('"\\ud83d x"', "\ufffd x"),
    ],
)  # fmt: skip
def test_nested_values_are_reduced(read: Read, written: str, value: Raw) -> None:
    assert values(read(f'{{"v": {written}}}')) == {"v": value}


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ('[\n  {"Name": "Default",\n', (3, 1), "cut off"),
        ('{"Name": "Def', (1, 10), "cut off"),
        ('[{"a": 1}] x', (1, 12), "more text after the end"),
        ('{"a": 1}{"a": 2}', (1, 9), "more text after the end"),
        ('[{"a": 1},\n{"a" 2}]', (2, 6), "damaged"),
        ('[{"a": 1},]', (1, 11), "damaged"),
        ('[{"x": "NaN", "a":\n NaN}]', (2, 2), "NaN is not"),
        ('{"a": -Infinity}', (1, 7), "-Infinity is not"),
        ('{"a": ' + "9" * 5000 + "}", (1, 7), "thousands of digits"),
        ('{"[[": ' + "[" * 60 + "]" * 60 + "}", (1, 57), "nested more than 50"),
        ("[" * 100_000, (1, 51), "nested more than 50"),
        ('[{"a":' * 30_000, (1, 151), "nested more than 50"),
    ],
)
def test_damaged_json_is_refused_where_it_is_damaged(
    refusal: Callable[[str], ExportError], text: str, position: tuple[int, int], words: str
) -> None:
    error = refusal(text)
    assert words in error.message
    assert (error.line, error.column) == position


def test_objects_of_exchange_online_are_read_value_by_value(real: Path) -> None:
    (file,) = real.glob("*.json")
    document = read_document(file.read_bytes(), file.name)
    expected = json.loads(file.read_text("utf-8"))
    (record,) = document.records
    assert record.names == tuple(expected)
    (transport,) = values(document)["transport_config"]
    assert isinstance(transport, Nested)
    found = dict(transport.properties)
    assert found.keys() == expected["transport_config"][0].keys()
    assert found["MaxDumpsterSizePerDatabase"] == "18 MB (18,874,368 bytes)"
    assert found["SupervisionTags"] == ("Reject", "Allow")


def test_the_text_behind_the_last_object_is_not_walked_again_and_again() -> None:
    """Searched for, each blank behind it would begin a walk to the end: hours for a megabyte."""
    text = '[{"AllowCamera": true}, ["{", "a"]' + " " * 2_000_000 + "]"
    assert list(objects(text, 0, len(text))) == [1]
