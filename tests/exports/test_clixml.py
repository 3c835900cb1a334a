from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from policylint.exports.error import ExportError
from policylint.exports.record import Document, Enum, Nested, Raw

NAMESPACE = "http://schemas.microsoft.com/powershell/2004/04"
Read = Callable[[str], Document]
TextAt = Callable[[Document, int], str]
Refusal = Callable[[str], ExportError]


def objs(body: str) -> str:
    return f'<Objs Version="1.1.0.1" xmlns="{NAMESPACE}">\n{body}\n</Objs>\n'


def policy(properties: str, notes: str = "") -> str:
    return objs(f'<Obj RefId="0"><Props>{properties}</Props><MS>{notes}</MS></Obj>')


def values(document: Document) -> dict[str, Raw]:
    (record,) = document.records
    return dict(zip(record.names, record.values, strict=True))


def test_the_properties_of_a_policy_are_read_by_their_types(sample: Callable[[str], Document]) -> None:
    document = sample("policies.clixml")
    first, second = document.records
    assert (document.format, document.notes) == ("clixml", [])
    assert first.type_name == "Microsoft.Exchange.Data.Directory.SystemConfiguration.MobileMailboxPolicy"
    assert first.text == "Default"
    found = dict(zip(first.names, first.values, strict=True))
    identity = Nested("Microsoft.Exchange.Data.Directory.ADObjectId", "Default", (("Name", "Default"), ("Depth", 8)))
    assert found == {
        "AllowNonProvisionableDevices": False,
        "DevicePasswordEnabled": True,
        "MinDevicePasswordLength": None,
        "MinDevicePasswordComplexCharacters": 3,
        "MaxInactivityTimeDeviceLock": "00:15:00",
        "DevicePasswordExpiration": "Unlimited",
        "DevicePolicyRefreshInterval": timedelta(days=1),
        "MaxDevicePasswordFailedAttempts": 8,
        "MaxAttachmentSize": "35 MB (36,700,160 bytes)",
        "AllowBluetooth": Enum("HandsfreeOnly", 1),
        "UnapprovedInROMApplicationList": ("bubbles_x.exe", "solitaire.exe"),
        "ApprovedApplicationList": (),
        "AdminDisplayName": "",
        "Name": "Default",
        "Identity": identity,
        "Guid": "49ef970b-7f97-475c-a415-91e2b7744875",
        "WhenChangedUTC": datetime(2021, 10, 6, 19, 24, 5, 123456, tzinfo=UTC),
        "Id": identity,
        "PSComputerName": "exch01.contoso.com",
    }
    assert (second.type_name, second.text) == (first.type_name, "Executives & board")


def test_each_place_covers_the_value_that_a_person_reads(sample: Callable[[str], Document], text_at: TextAt) -> None:
    document = sample("policies.clixml")
    first, second = document.records
    shown = {name: text_at(document, mark) for name, mark in zip(first.names, first.marks, strict=True)}
    assert shown["AllowNonProvisionableDevices"] == "false"
    assert shown["MinDevicePasswordLength"] == '<Nil N="MinDevicePasswordLength" />'
    assert shown["MaxInactivityTimeDeviceLock"] == "00:15:00"
    assert shown["DevicePasswordExpiration"] == "Unlimited"
    assert shown["AllowBluetooth"] == "HandsfreeOnly"
    assert shown["UnapprovedInROMApplicationList"] == "<LST>"
    assert shown["ApprovedApplicationList"] == "<LST />"
    assert shown["AdminDisplayName"] == '<S N="AdminDisplayName"></S>'
    assert shown["Id"] == '<Ref N="Id" RefId="10" />'
    assert shown["PSComputerName"] == "exch01.contoso.com"
    assert text_at(document, first.mark) == "Default"
    assert text_at(document, second.mark) == "Executives &amp; board"
    assert document.place(first.marks[0])[1:] == (11, 43, 11, 48)


def test_places_are_right_in_a_file_of_one_line_and_in_any_order(read: Read, text_at: TextAt) -> None:
    one = (
        '<Obj RefId="{0}"><ToString>P{0}</ToString><Props><S N="Name">ä&amp;{0}</S><I32 N="A">{0}1</I32></Props></Obj>'
    )
    document = read(objs("".join(one.format(number) for number in range(3))).replace("\n", ""))
    for number in (2, 0, 1):
        record = document.records[number]
        marks = (record.marks[1], record.mark, record.marks[0])
        assert [text_at(document, mark) for mark in marks] == [f"{number}1", f"P{number}", f"ä&amp;{number}"]
        assert document.place(record.mark).line == 1


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ('<S N="v">a_x000A_b</S>', "a\nb"),
        ('<S N="v">  </S>', "  "),
        ('<S N="v"><![CDATA[<b>]]></S>', "<b>"),
        ('<C N="v">167</C>', "§"),
        ('<C N="v">55357</C>', "\ufffd"),
        ('<B N="v">true</B>', True),
        ('<DT N="v">2021-10-06T15:24:05-04:00</DT>', datetime(2021, 10, 6, 19, 24, 5, tzinfo=UTC)),
        ('<DT N="v">0001-01-01T00:00:00</DT>', datetime(1, 1, 1)),
        ('<TS N="v">PT2M</TS>', timedelta(minutes=2)),
        ('<TS N="v">-P1DT2H3M4.5000001S</TS>', -timedelta(days=1, hours=2, minutes=3, seconds=4.5)),
        ('<By N="v">255</By>', 255),
        ('<SB N="v">-1</SB>', -1),
        ('<U16 N="v">1</U16>', 1),
        ('<I16 N="v">1</I16>', 1),
        ('<U32 N="v">1</U32>', 1),
        ('<I32 N="v">-2147483648</I32>', -2147483648),
        ('<U64 N="v">18446744073709551615</U64>', 18446744073709551615),
        ('<I64 N="v">1</I64>', 1),
        ('<Sg N="v">0.5</Sg>', 0.5),
        ('<Db N="v">-INF</Db>', float("-inf")),
        ('<D N="v">1.10</D>', Decimal("1.10")),
        ('<BA N="v">AQID</BA>', b"\x01\x02\x03"),
        ('<G N="v">49ef970b</G>', "49ef970b"),
        ('<URI N="v">https://contoso.com/</URI>', "https://contoso.com/"),
        ('<Nil N="v" />', None),
        ('<Version N="v">15.0.0.0</Version>', "15.0.0.0"),
        ('<SemanticVersion N="v">7.4.0-x</SemanticVersion>', "7.4.0-x"),
        ('<XD N="v">&lt;!DOCTYPE a&gt;</XD>', "<!DOCTYPE a>"),
        ('<SBK N="v">Remove-Item</SBK>', "Remove-Item"),
        ('<SS N="v">0100</SS>', "0100"),
        ('<PR N="v"><AV>x</AV></PR>', None),
        ('<Obj N="v"><IE><I32>1</I32></IE></Obj>', (1,)),
        ('<Obj N="v"><STK><Nil /></STK></Obj>', (None,)),
        ('<Obj N="v"><QUE /></Obj>', ()),
        ('<Obj N="v"><DCT><En><S N="Key">k</S><I32 N="Value">1</I32></En></DCT></Obj>', (("k", 1),)),
        ('<Obj N="v"><S>text</S><MS><S N="Note">n</S></MS></Obj>', "text"),
        ('<Obj N="v"><ToString>Allow</ToString><I32>2</I32></Obj>', Enum("Allow", 2)),
        ('<Obj N="v"><TN><T>X</T><T>System.Enum</T></TN><ToString>7</ToString><I32>7</I32></Obj>', Enum(None, 7)),
        ('<Obj N="v"><TN><T>X</T><T>System.Enum</T></TN><I32>7</I32></Obj>', Enum(None, 7)),
        ('<Obj N="v"><ToString>5</ToString><I32>5</I32></Obj>', 5),
        (
            '<Obj N="v"><TN><T>Microsoft.Exchange.Data.ByteQuantifiedSize</T></TN>'
            "<ToString>256 KB (262,144 bytes)</ToString></Obj>",
            "256 KB (262,144 bytes)",
        ),
        (
            '<Obj N="v"><TN><T>Deserialized.Selected.A_x005F_x.B</T></TN><ToString>t</ToString></Obj>',
            Nested("A_x.B", "t", ()),
        ),
        ('<Obj N="v"><ToString>06:00:00</ToString><Props><I32 N="Hours">6</I32></Props></Obj>', timedelta(hours=6)),
        (
            '<Obj N="v"><ToString>long</ToString><Props><I64 N="Ticks">99999999999999999999999</I64>'
            '<Db N="TotalSeconds">1</Db></Props></Obj>',
            "long",
        ),
        ('<Obj N="v"><ToString>5</ToString><Props><B N="IsUnlimited">false</B></Props></Obj>', "5"),
        ('<Obj N="v"><Props><B N="IsUnlimited">false</B><TS N="Value">PT15M</TS></Props></Obj>', timedelta(minutes=15)),
    ],
)
def test_every_kind_of_value_is_reduced_to_a_plain_one(read: Read, element: str, value: Raw) -> None:
    found = values(read(policy(element)))
    assert found == {"v": value}
    assert type(found["v"]) is type(value)


def test_properties_come_before_notes_and_names_are_unescaped(read: Read) -> None:
    document = read(policy('<S N="B_x005F_x">1</S>', '<S N="A">2</S><S N="B_x005F_x">3</S>'))
    (record,) = document.records
    assert record.names == ("B_x", "A", "B_x")
    assert record.values == ("1", "2", "3")


def test_serialization_data_is_left_out_and_never_decoded(
    sample: Callable[[str], Document], text_at: TextAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(*_: object) -> bytes:
        raise AssertionError("decoded")

    monkeypatch.setitem(__import__("policylint.exports.clixml_primitives", fromlist=["x"]).PRIMITIVES, "BA", explode)
    document = sample("policies.clixml")
    assert "SerializationData" not in repr(document.records)
    assert text_at(document, document.records[0].marks[-1]) == "exch01.contoso.com"


def test_records_with_the_same_properties_share_their_names(read: Read) -> None:
    one = '<Obj RefId="{0}"><Props><S N="Name">{0}</S></Props></Obj>'
    first, second = read(objs(one.format(0) + one.format(1))).records
    assert first.names is second.names


def test_an_empty_pipeline_has_no_records(read: Read) -> None:
    assert read(f'<Objs Version="1.1.0.1" xmlns="{NAMESPACE}" />').records == []


def test_a_primitive_at_the_top_is_a_record_of_text(read: Read, text_at: TextAt) -> None:
    document = read(objs("<S>Server_x0020_2016</S><I32>5</I32><Nil />"))
    assert [(record.names, record.text) for record in document.records] == [
        ((), "Server 2016"),
        ((), "5"),
        ((), None),
    ]
    assert [text_at(document, record.mark) for record in document.records] == ["Server_x0020_2016", "5", "<Nil />"]


def test_a_list_at_the_top_stands_for_its_items(read: Read, text_at: TextAt) -> None:
    item = '<Obj RefId="{0}"><Props><S N="Name">P{0}</S></Props></Obj>'
    listed = (
        f'<Obj RefId="9"><TN RefId="0"><T>System.Object[]</T></TN><LST>{item.format(1)}{item.format(2)}</LST></Obj>'
    )
    document = read(objs(item.format(0) + listed + item.format(3)))
    assert [record.values for record in document.records] == [("P0",), ("P1",), ("P2",), ("P3",)]
    assert [text_at(document, record.marks[0]) for record in document.records] == ["P0", "P1", "P2", "P3"]


def test_an_object_that_goes_through_the_pipeline_twice_is_two_records(read: Read, text_at: TextAt) -> None:
    document = read(objs('<Obj RefId="0"><Props><S N="Name">P</S></Props></Obj><Ref RefId="0" />'))
    first, second = document.records
    assert (first.names, first.values) == (second.names, second.values)
    assert text_at(document, second.marks[0]) == '<Ref RefId="0" />'


def test_a_file_with_a_namespace_prefix_is_read_alike(read: Read, text_at: TextAt) -> None:
    document = read(f'<p:Objs xmlns:p="{NAMESPACE}"><p:Obj><p:Props><p:B N="A">true</p:B></p:Props></p:Obj></p:Objs>')
    assert values(document) == {"A": True}
    assert text_at(document, document.records[0].marks[0]) == "true"


def test_tags_in_comments_and_cdata_do_not_move_places(read: Read, text_at: TextAt) -> None:
    body = '<!-- <Props> --><S N="x" M="a>b"><![CDATA[</Props><Obj>]]></S><?pi <Obj>?><I32\n  N="y"  >5</I32 >'
    document = read(policy(body))
    assert values(document) == {"x": "</Props><Obj>", "y": 5}
    assert [text_at(document, mark) for mark in document.records[0].marks] == ["<![CDATA[</Props><Obj>]]>", "5"]


def test_an_object_that_holds_itself_is_read(read: Read) -> None:
    document = read(
        policy('<Ref N="Self" RefId="0" /><Obj N="o" RefId="1"><Props><Ref N="i" RefId="1" /></Props></Obj>')
    )
    assert values(document) == {
        "Self": Nested(None, None, ()),
        "o": Nested(None, None, (("i", Nested(None, None, ())),)),
    }


def test_references_to_references_do_not_multiply(read: Read) -> None:
    chain = "".join(
        f'<Obj N="o{n}" RefId="{n}"><LST><Ref RefId="{n - 1}" /><Ref RefId="{n - 1}" /></LST></Obj>'
        for n in range(2, 200)
    )
    found = values(read(policy(f'<Obj N="o1" RefId="1"><LST><S>x</S></LST></Obj>{chain}')))
    assert len(repr(found)) < 40_000


def test_a_reference_inside_an_object_gets_plain_values_whole_and_others_in_outline(read: Read) -> None:
    body = (
        '<Obj N="e" RefId="1"><ToString>Allow</ToString><I32>2</I32></Obj>'
        '<Obj N="n" RefId="2"><ToString>t</ToString><Props><S N="p">1</S></Props></Obj>'
        '<Obj N="l"><LST><Ref RefId="1" /><Ref RefId="2" /></LST></Obj>'
    )
    assert values(read(policy(body)))["l"] == (Enum("Allow", 2), Nested(None, "t", ()))


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ('<Obj RefId="0">\n<TNRef RefId="7" /></Obj>', 3, "number '7'"),
        ('<Obj RefId="0"><Props>\n\n<Ref N="Id" RefId="9" /></Props></Obj>', 4, "number '9'"),
        ('<Obj RefId="0"><Props><Ref N="Id" /></Props></Obj>', 2, "number None"),
        ('<Ref RefId="0" />', 2, "number '0'"),
        ('<Obj RefId="0"><Props><S>x</S></Props></Obj>', 2, "no name"),
        ('<Obj RefId="0"><Props><X N="x" /></Props></Obj>', 2, "<X> is not a value"),
        ('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" />', 2, "<include>"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(refusal: Refusal, body: str, line: int, words: str) -> None:
    error = refusal(objs(body))
    assert error.line == line
    assert words in error.message
    assert len(error.message) < 300


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("I32", "five"),
        ("I32", "9" * 5000),
        ("B", "True?"),
        ("DT", "yesterday"),
        ("TS", "P"),
        ("TS", "P99999999999D"),
        ("D", "1,5"),
        ("C", "1114112"),
        ("BA", "A"),
    ],
)
def test_a_value_that_does_not_fit_its_type_stays_text(read: Read, tag: str, text: str) -> None:
    """One bad value must not hide the rest of the file; the judge of values tells what is wrong with it."""
    document = read(objs(f'<Obj RefId="0"><Props><{tag} N="x">{text}</{tag}><B N="y">true</B></Props></Obj>'))
    assert document.records[0].values == (text, True)


def test_a_name_that_only_begins_like_the_blob_keeps_its_place(read: Read) -> None:
    members = '<S N="SerializationDataX">a</S><S N="SerializationData">b</S><S N="c">d</S>'
    body = f'<Obj RefId="0"><Props>{members}</Props></Obj>'
    document = read(objs(body))
    (record,) = document.records
    assert record.names == ("SerializationDataX", "c")
    for mark, value in zip(record.marks, record.values, strict=True):
        place = document.place(mark)
        assert document.line(place.line)[place.column - 1 : place.end_column - 1] == value
