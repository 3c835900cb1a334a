"""Dictionaries in CLIXML: their values are what a script collected, row by row."""

from collections.abc import Callable

import pytest

from policylint.exports.record import Document

Read = Callable[[str], Document]
TextAt = Callable[[Document, int], str]
ONE = '<MS><S N="DeviceId">A1</S><S N="DeviceType">iPhone</S></MS>'
TWO = '<MS><S N="DeviceId">B2</S><S N="DeviceType">iPad</S></MS>'


def objs(body: str) -> str:
    return f'<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">\n{body}\n</Objs>\n'


def dictionary(*values: str) -> str:
    entries = "".join(f'<En><S N="Key">k{number}</S>{value}</En>' for number, value in enumerate(values))
    return f'<Obj RefId="0"><TN RefId="0"><T>System.Collections.Hashtable</T></TN><DCT>{entries}</DCT></Obj>'


@pytest.mark.parametrize(
    "values",
    [
        (f'<Obj N="Value" RefId="1">{ONE}</Obj>', f'<Obj N="Value" RefId="2">{TWO}</Obj>'),
        (f'<Obj N="Value" RefId="1">{ONE}</Obj>', '<Nil N="Value" />', f'<Obj N="Value" RefId="2">{TWO}</Obj>'),
        (f'<Obj N="Value" RefId="1"><LST><Obj RefId="2">{ONE}</Obj><Obj RefId="3">{TWO}</Obj></LST></Obj>',),
    ],
    ids=["objects", "objects and nothing", "a list of objects"],
)
def test_the_objects_in_a_dictionary_are_records(read: Read, text_at: TextAt, values: tuple[str, ...]) -> None:
    document = read(objs(dictionary(*values)))
    assert [record.values for record in document.records] == [("A1", "iPhone"), ("B2", "iPad")]
    assert [text_at(document, record.marks[0]) for record in document.records] == ["A1", "B2"]


def test_an_object_that_is_there_twice_is_two_records(read: Read) -> None:
    document = read(objs(dictionary(f'<Obj N="Value" RefId="1">{ONE}</Obj>', '<Ref N="Value" RefId="1" />')))
    assert [record.values for record in document.records] == [("A1", "iPhone")] * 2


def test_types_named_in_a_dictionary_hold_for_what_follows(read: Read) -> None:
    body = f'<Obj N="Value" RefId="1"><TNRef RefId="0" />{ONE}</Obj>'
    assert read(objs(dictionary(body))).records[0].type_name == "System.Collections.Hashtable"


def test_a_dictionary_of_simple_values_is_a_record_of_its_own(read: Read, text_at: TextAt) -> None:
    document = read(objs(dictionary('<S N="Value">A1</S>', '<I32 N="Value">5</I32>')))
    (record,) = document.records
    assert (record.names, record.values) == (("k0", "k1"), ("A1", 5))
    assert [text_at(document, mark) for mark in record.marks] == ["A1", "5"]
