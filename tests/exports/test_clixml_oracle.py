"""psrpcore, an independent reader of CLIXML, must find the same values in the published exports."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from psrpcore.types import PSCryptoProvider, deserialize_clixml

from policylint.exports.reader import read_document
from policylint.exports.record import Enum, Nested, Raw

EMPTY = "Win32_PageFileSetting.empty"  # psrpcore fails on an export without objects


def properties(value: Any) -> list[tuple[str, Any]]:
    adapted, extended = value.PSObject.adapted_properties, value.PSObject.extended_properties
    return [(p.name, p.get_value(value)) for p in (*adapted, *extended) if p.name != "SerializationData"]


def differences(path: str, ours: Raw, theirs: Any) -> Iterator[str]:
    """Yield what differs, with the path of properties to it."""
    shell = getattr(theirs, "PSObject", None)
    text = None if shell is None else shell.to_string
    match ours:
        case Enum(name, number):
            same = (name, number) == (text, int(theirs))
        case Nested():
            same = (ours.text or "") == (text or "") and ours.type_name == shell.type_names[0].removeprefix(
                "Deserialized."
            )
            yield from compared(path, ours.properties, properties(theirs))
        case tuple():
            same = len(ours) == len(theirs)
            for number, (mine, other) in enumerate(zip(ours, theirs, strict=False)):
                yield from differences(f"{path}[{number}]", mine, other)
        case timedelta():
            same = int(theirs.Ticks) == ours // timedelta(microseconds=1) * 10
        case datetime():
            naive = theirs.tzinfo is None or ours.tzinfo is None
            same = ours.replace(tzinfo=None) == theirs.replace(tzinfo=None) if naive else ours == theirs
        case "Unlimited" if hasattr(theirs, "IsUnlimited"):
            same = theirs.IsUnlimited is True
        case str() | int() if hasattr(theirs, "IsUnlimited"):
            same = theirs.IsUnlimited is False and theirs.Value == ours
        case str() if type(theirs).__name__ == "PSObject":
            same = text == ours
        case bool() | None:
            same = ours is theirs
        case _:
            same = str(ours) == str(theirs)
    if not same:
        yield f"{path}: {ours!r} is not {theirs!r}"


def compared(path: str, ours: Any, theirs: list[tuple[str, Any]]) -> Iterator[str]:
    if [name for name, _ in ours] != [name for name, _ in theirs]:
        yield f"{path}: other names"
    for (name, mine), (_, other) in zip(ours, theirs, strict=False):
        yield from differences(f"{path}.{name}", mine, other)


def test_every_value_of_the_published_exports_is_what_an_independent_reader_finds(real: Path) -> None:
    files = [file for file in sorted(real.glob("*.xml")) if EMPTY not in file.name]
    assert len(files) == 6
    found = 0
    for file in files:
        data = file.read_bytes()
        text = data.decode("utf-16" if data.startswith(b"\xff\xfe") else "utf-8-sig")
        theirs = deserialize_clixml(text, PSCryptoProvider())
        records = read_document(data, file.name).records
        assert len(records) == len(theirs)
        for record, other in zip(records, theirs, strict=True):
            if not record.names:
                assert record.text == other
                continue
            assert record.text == other.PSObject.to_string
            ours = tuple(zip(record.names, record.values, strict=True))
            assert list(compared(file.name, ours, properties(other))) == []
            found += len(ours)
    assert found > 450


def test_an_empty_published_export_has_no_records(real: Path) -> None:
    (file,) = real.glob(f"*{EMPTY}*")
    assert read_document(file.read_bytes(), file.name).records == []


@pytest.mark.parametrize("name", ["GetAcceptedDomain", "GetIrmConfiguration"])
def test_every_value_of_a_published_export_is_at_its_place(real: Path, name: str, text_at: Any) -> None:
    (file,) = real.glob(f"*{name}*")
    document = read_document(file.read_bytes(), file.name)
    for record in document.records:
        assert text_at(document, record.mark) == record.text
        for value, mark in zip(record.values, record.marks, strict=True):
            shown = text_at(document, mark)
            match value:
                case bool():
                    assert shown == str(value).lower()
                case Enum():
                    assert shown == value.name
                case int():
                    assert shown == str(value)
                case str():
                    assert value == shown or (not value and shown.startswith("<S "))
                case Nested() if value.text and not shown.startswith("<Ref "):
                    assert shown == value.text
