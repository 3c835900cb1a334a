"""Where objects that are looked for begin and end in a text, and what is told of everything around them."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.exports.error import ExportError
from policylint.exports.reader import read_document
from policylint.exports.record import Document
from policylint.exports.wanted import Wanted

WANTED = Wanted(["Name", "Guid", "Camera", "WiFi", "Size", "Apps"], ["Camera", "WiFi", "Size", "Apps"], ["Some.Policy"])
TextAt = Callable[[Document, int], str]


def read(text: str) -> Document:
    return read_document(text.encode(), "p", wanted=WANTED)


def refused(text: str) -> ExportError:
    with pytest.raises(ExportError) as caught:
        read(text)
    return caught.value


def held(document: Document) -> list[dict[str, object]]:
    """The records that are wanted, as dictionaries; the text of a record under no name."""
    return [
        {**({"": record.text} if record.text else {}), **dict(zip(record.names, record.values, strict=True))}
        for record in document.records
        if record.names in WANTED
    ]


class TestLists:
    def test_a_name_that_comes_again_begins_an_object(self) -> None:
        found = held(read("Name : A\nWiFi : True\nName : B\nWiFi : False\n\nName : C\nWiFi : True\n"))
        assert [one["Name"] for one in found] == ["A", "B", "C"]

    def test_an_empty_line_or_prompt_ends_none(self) -> None:
        text = "Name   : A\nWiFi   : True\n\n[PS] C:\\>\n\nCamera : False\nSize   : 3\n"
        assert held(read(text)) == [{"Name": "A", "WiFi": "True", "Camera": "False", "Size": "3"}]

    def test_what_another_command_printed_is_another_object(self) -> None:
        text = "Name : A\nWiFi : True\n\nPS C:\\> Get-Other | fl Camera\n\nCamera : False\nGuid   : 1\n"
        assert held(read(text)) == [{"Name": "A", "WiFi": "True"}, {"Camera": "False", "Guid": "1"}]

    def test_colons_in_another_column_are_those_of_another_object(self) -> None:
        text = "DeviceIdentity : 1\nOwner          : x\n\n\nCamera : False\nName   : A\n"
        assert held(read(text)) == [{"Camera": "False", "Name": "A"}]

    def test_a_half_whose_names_partly_come_again_is_an_object_as_a_whole(self) -> None:
        text = "WiFi   : True\nName   : A\n\nCamera : False\nWiFi   : False\nName   : B\n"
        assert held(read(text)) == [{"WiFi": "True", "Name": "A"}, {"Camera": "False", "WiFi": "False", "Name": "B"}]

    @pytest.mark.parametrize(
        ("lines", "value"),
        [
            ("{a.exe, b.exe,\nc.exe}", ("a.exe", "b.exe", "c.exe")),
            ("{a.exe,\n\n    b.exe}", ("a.exe", "b.exe")),
            ("{a.exe, b.exe,\nVERBOSE: more\nc.exe}", ("a.exe", "b.exe", "c.exe")),
            ("10 MB (10,485,760\nbytes)", "10 MB (10,485,760 bytes)"),
            ("CN=" + "x" * 70 + "\nyyy", "CN=" + "x" * 70 + "yyy"),
            ("short\nRegards", "short"),
        ],
    )
    def test_a_value_whose_rest_lost_its_indentation(self, lines: str, value: object) -> None:
        (one,) = held(read(f"Name   : A\nApps   : {lines}\nCamera : True\n"))
        assert one == {"Name": "A", "Apps": value, "Camera": "True"}

    def test_lines_inside_that_are_no_part_are_told(self) -> None:
        document = read("Hello\n\nName   : A\nlicy\nCamera : True\nBye\n")
        assert held(document) == [{"Name": "A", "Camera": "True"}]
        assert document.notes[1:] == ["line 4 between the properties is left out"]

    @pytest.mark.parametrize("text", ["Camera : False\n", "Hi,\n\nCamera: False\nWiFi: True\n", "> Size : 3\n"])
    def test_a_fragment_is_an_error(self, text: str) -> None:
        error = refused(text)
        assert "not here" in error.message
        assert error.line

    def test_prose_is_no_fragment(self) -> None:
        assert not held(read("Camera: whether it may be used\nOther : x\n"))

    def test_a_value_beside_the_list_in_another_form_is_an_error(self) -> None:
        error = refused('Name : A\nWiFi : True\n\nand then\n{"Camera": false}\n')
        assert (error.line, "Camera stands here" in error.message) == (5, True)

    def test_a_command_beside_the_list_is_none(self) -> None:
        assert held(read("PS C:\\> Get-It | fl Name,Camera\n\nName   : A\nCamera : True\n\nPS C:\\> exit\n"))

    def test_places_are_those_of_the_text_with_its_colours(self, text_at: TextAt) -> None:
        text = "> \x1b[32;1mName   : \x1b[0mÄ \x1b[1mB\x1b[0m C\n> \x1b[32;1mCamera : \x1b[0mTrue\x1b[0m\n"
        document = read(text)
        (record,) = document.records
        assert record.values == ("Ä B C", "True")
        assert [text_at(document, mark) for mark in record.marks] == ["Ä \x1b[1mB\x1b[0m C", "True"]


class TestJson:
    def test_the_way_to_them_is_told(self) -> None:
        document = read('{"a": {"b": [{"Camera": true}]}, "c": {"Name": "x"}, "d": [[{"WiFi": true}]]}')
        assert held(document) == [{"": None, "Camera": True}, {"WiFi": True}] or held(document) == [
            {"Camera": True},
            {"WiFi": True},
        ]
        assert document.notes == ["read from a part of this file: a.b, d"]

    def test_a_warning_that_something_was_cut_is_repeated(self) -> None:
        text = (
            'WARNING: Resulting JSON is truncated as serialization has exceeded the set depth of 2.\n{"Camera": true}'
        )
        assert "export again with ConvertTo-Json -Depth 3" in read(text).notes[-1]

    def test_the_key_is_the_name(self) -> None:
        assert held(read('{"A": {"Camera": true}, "A": {"Camera": false}}')) == [
            {"": "A", "Camera": True},
            {"": "A", "Camera": False},
        ]

    def test_inside_one_another(self) -> None:
        assert held(read('{"Camera": true, "Old": {"Camera": false}}'))[1:] == [{"": "Old", "Camera": False}]

    @pytest.mark.parametrize(
        "text",
        [
            '[{"Name": "A", "Camera": true}, {"Name": "B"',
            '[{"Name": "A", "Camera": true},\n{"Name": "B", "Camera": fal',
            '{"Name": "A", "Camera": true}\n{"Name": "B", "Camera": tru',
            'Hello\n[{"Camera": true}, x]\n',
            '{"x": 1}\n"Camera": true\n',
            '{\n "Name": "A", // mine\n "Camera": true\n}',
        ],
    )
    def test_damage_is_never_passed_over(self, text: str) -> None:
        assert refused(text).line

    def test_names_that_programs_add_are_left_out(self, text_at: TextAt) -> None:
        text = (
            '{"Camera@odata.type": "#Bool", "Camera": false, "ResourceInstanceName": "x", "Ensure": "y", "Name": "A"}'
        )
        document = read(text)
        assert held(document) == [{"Camera": False, "Name": "A"}]
        assert [text_at(document, mark) for mark in document.records[0].marks] == ["false", "A"]
        assert len(document.notes) == 2


class TestTables:
    def test_a_row_that_does_not_fit_is_still_an_error(self) -> None:
        assert "3 values" in refused("Name,Camera\nA,True,x\nB,False\n").message
        assert "2 values" in refused("Title\n\nName,Camera,WiFi\nA,True,x\nB,False\n").message

    def test_a_column_without_a_name_has_to_be_empty(self) -> None:
        assert held(read("Name,,Camera,\nA,,True,\n")) == [{"Name": "A", "Camera": "True"}]
        assert "column 2 has no name" in refused("Name,,Camera\nA,x,True\n").message

    def test_another_header_in_the_middle(self) -> None:
        text = "Name,Camera\nA,True\nWiFi,Name,Size\nFalse,B,3\n"
        assert held(read(text)) == [{"Name": "A", "Camera": "True"}, {"WiFi": "False", "Name": "B", "Size": "3"}]

    @pytest.mark.parametrize("text", ["Name,Camera\n", "Name,Camera\nName,Camera\n", "Name,Camera\n,\n\n,\n"])
    def test_headers_alone_hold_nothing(self, text: str) -> None:
        assert not held(read(text))

    def test_a_sheet_with_notes_in_it(self) -> None:
        text = "Our phones;;\nSetting;Old;New\nSecurity;;\nCamera;True;False\nWiFi;;True\nRemark x;by Kim;\nOwn;1;2\n"
        assert held(read(text)) == [
            {"": "Old", "Camera": "True", "WiFi": None, "Own": "1"},
            {"": "New", "Camera": "False", "WiFi": "True", "Own": "2"},
        ]

    def test_values_beside_a_table_are_an_error(self) -> None:
        assert refused("Name,Camera\nA,True\n\nand WiFi = False\n").line == 4

    def test_names_that_programs_add_are_left_out(self, text_at: TextAt) -> None:
        document = read("ResourceInstanceName,Ensure,Name,Camera\nx,Present,A,True\n")
        assert held(document) == [{"Name": "A", "Camera": "True"}]
        assert [text_at(document, mark) for mark in document.records[0].marks] == ["A", "True"]
        assert len(document.notes) == 1

    def test_a_command_is_no_header(self) -> None:
        text = "Get-It | Select-Object Name,Camera\nSelect-Object Name,Camera,WiFi\n\nName   : A\nCamera : True\n"
        assert read(text).format == "list"


class TestXml:
    def test_damage_is_never_passed_over(self) -> None:
        whole = '<Objs><Obj><Props><S N="Name">A</S><B N="Camera">true</B></Props></Obj></Objs>'
        assert held(read(f"PS C:\\> type x\n{whole}\nPS C:\\>")) == [{"Name": "A", "Camera": True}]
        assert refused(f"PS C:\\> type x\n{whole[:-20]}\nPS C:\\>")
        assert refused(f"PS C:\\> type x\n{whole}\nWiFi : True\n")


PIECES = st.sampled_from(
    [
        "Name : A",
        "Camera : True",
        "Camera: True",
        "Camera",
        "WiFi",
        "{",
        "}",
        "[",
        "]",
        '"',
        ",",
        ";",
        "|",
        "\t",
        "\n",
        "\n\n",
        "\r\n",
        " : ",
        '{"Camera": true}',
        "Name,Camera",
        "A,True",
        "| --- |",
        "```",
        "> ",
        "<Objs>",
        "</Objs>",
        "#TYPE x",
        '<B N="Camera">true</B>',
        "PS C:\\>",
        "VERBOSE: ",
        "\x1b[0m",
        "\u00a0",
        "{a, b",
        "(",
        ")",
        "sep=;",
        "dn: x",
        "é😀",
    ]
)
TEXTS = st.lists(PIECES, max_size=25).map("".join) | st.lists(PIECES, max_size=12).map("\n".join)


@given(TEXTS)
def test_any_text_is_read_or_refused_and_every_place_is_in_it(text: str) -> None:
    try:
        document = read(text)
    except ExportError as error:
        said = str(error)
        assert said.startswith("p:")
        return
    count = text.count("\n") + text.count("\r") + 1
    for record in document.records:
        assert len(record.names) == len(record.values) == len(record.marks)
        for mark in (record.mark, *record.marks):
            place = document.place(mark)
            assert 1 <= place.line <= place.end_line <= count
