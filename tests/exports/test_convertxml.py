from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from policylint.exports.error import ExportError
from policylint.exports.reader import read_document
from policylint.exports.record import Document, Nested, Raw

SAMPLE = Path(__file__).parent / "samples" / "policies.xml"
Read = Callable[[str], Document]
TextAt = Callable[[Document, int], str]


def values(document: Document) -> dict[str, Raw]:
    (record,) = document.records
    return dict(zip(record.names, record.values, strict=True))


def test_typed_values_are_read_by_their_types(sample: Callable[[str], Document]) -> None:
    document = sample("policies.xml")
    (record,) = document.records
    assert document.format == "convertxml"
    assert record.type_name == "Microsoft.Exchange.Data.Directory.SystemConfiguration.MobileMailboxPolicy"
    assert values(document) == {
        "Name": "Default",
        "AllowNonProvisionableDevices": False,
        "MinDevicePasswordLength": None,
        "DevicePasswordHistory": 5,
        "AdminDisplayName": "",
        "AllowBluetooth": "Allow",
        "MaxInactivityTimeDeviceLock": "00:15:00",
        "DevicePasswordExpiration": "Unlimited",
        "UnapprovedInROMApplicationList": ("bubbles.exe", "solitaire.exe"),
        "Identity": Nested("Microsoft.Exchange.Data.Directory.ADObjectId", "Default", (("Depth", 8),)),
    }


def test_without_types_every_value_is_text(read: Read) -> None:
    document = read(
        '<Objects><Object><Property Name="Name">Default</Property><Property Name="IsDefault">True</Property>'
        '<Property Name="MinDevicePasswordLength" /></Object></Objects>'
    )
    assert values(document) == {"Name": "Default", "IsDefault": "True", "MinDevicePasswordLength": None}


def test_a_file_in_utf16_that_declares_utf8_is_read(sample: Callable[[str], Document]) -> None:
    data = SAMPLE.read_text("utf-8").replace("\n", "\r\n").encode("utf-16")
    assert read_document(data, "p").records == sample("policies.xml").records


def test_each_place_covers_the_value(sample: Callable[[str], Document], text_at: TextAt) -> None:
    document = sample("policies.xml")
    (record,) = document.records
    shown = {name: text_at(document, mark) for name, mark in zip(record.names, record.marks, strict=True)}
    assert shown["AllowNonProvisionableDevices"] == "False"
    assert shown["MinDevicePasswordLength"].startswith('<Property Name="MinDevicePasswordLength"')
    assert shown["MaxInactivityTimeDeviceLock"] == "00:15:00"
    assert shown["DevicePasswordExpiration"] == "Unlimited"
    assert document.place(record.marks[1])[1:] == (5, 73, 5, 78)


def test_primitive_objects_are_records_of_text(read: Read) -> None:
    (record,) = read('<Objects><Object Type="System.String">text</Object></Objects>').records
    assert (record.type_name, record.text, record.names) == ("System.String", "text", ())


def test_a_time_span_object_is_a_time_span(read: Read) -> None:
    document = read(
        '<Objects><Object><Property Name="T"><Property>00:15:00</Property>'
        '<Property Name="Ticks" Type="System.Int64">9000000000</Property>'
        '<Property Name="TotalSeconds">900</Property></Property></Object></Objects>'
    )
    assert values(document) == {"T": timedelta(minutes=15)}


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("\n<Thing />", 2, "<Thing>"),
        ("<Object>" + "\n<Property>" * 60 + "</Property>" * 60 + "</Object>", 50, "nested"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(
    refusal: Callable[[str], ExportError], body: str, line: int, words: str
) -> None:
    body = body.replace("<Property>", '<Property Name="N">')
    error = refusal(f"<Objects>{body}</Objects>")
    assert words in error.message
    assert error.line == line


@pytest.mark.parametrize(("kind", "text"), [("System.Boolean", "Yes"), ("System.Int32", "1,5")])
def test_a_value_that_does_not_fit_its_type_stays_text(read: Read, kind: str, text: str) -> None:
    body = f'<Objects><Object><Property Name="A" Type="{kind}">{text}</Property></Object></Objects>'
    assert values(read(body)) == {"A": text}
