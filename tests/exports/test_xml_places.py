from contextlib import suppress
from xml.sax.saxutils import escape, quoteattr, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.exports.error import ExportError
from policylint.exports.reader import read_document
from policylint.exports.xml_markup import children, element_from, property_name

# What CLIXML leaves as it is: everything but control characters, surrogates and the escape itself.
TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="_\ufffe\uffff"), max_size=12)
FILLER = st.sampled_from(["", "\n  ", "<!-- <S N='x'>no</S> -->", "<?pi </Props>?>", "\r\n\t"])


@given(st.lists(st.lists(st.tuples(TEXT, TEXT, FILLER), max_size=5), max_size=4))
def test_the_text_at_each_place_is_the_value(records: list[list[tuple[str, str, str]]]) -> None:
    body = "".join(
        "<Obj><Props>"
        + "".join(f"{filler}<S N={quoteattr(name)}>{escape(value)}</S>" for name, value, filler in record)
        + "</Props></Obj>"
        for record in records
    )
    text = f'<?xml version="1.0" encoding="utf-16"?><Objs xmlns="p">{body}</Objs>'
    document = read_document(text.encode(), "p")
    lines = text.split("\n")
    assert len(document.records) == len(records)
    for record, written in zip(document.records, records, strict=True):
        assert record.values == tuple(value for _, value, _ in written)
        assert record.names == tuple(name for name, _, _ in written)
        for value, mark in zip(record.values, record.marks, strict=True):
            _, line, column, end_line, end_column = document.place(mark)
            assert line == end_line
            shown = lines[line - 1][column - 1 : end_column - 1]
            assert unescape(shown) == value if value else shown.endswith("></S>")


NAMES = st.sampled_from(["AllowCamera", "Ticks", "a_b", "Ünï", "CN", "x"])
LEADS = st.sampled_from(["", 'X="1" ', "X='N=\"Ticks\"' ", "X=' N=\"AllowCamera\"' ", 'X=">" '])


@st.composite
def attributes(draw: st.DrawFn, kind: str) -> str:
    """The attributes of a property: its name written in any way that XML allows, and others around it."""
    name = draw(NAMES)
    written = draw(st.sampled_from([name, f"&#{ord(name[0])};{name[1:]}", f"_x{ord(name[0]):04X}_{name[1:]}"]))
    equals = draw(st.sampled_from(["=", " =", "= ", "\n=\t"]))
    quoted = draw(st.sampled_from(['"{}"', "'{}'"])).format(written)
    gap = draw(st.sampled_from([" ", "\n", "  "]))
    return f"{gap}{draw(LEADS)}{kind}{equals}{quoted}"


@st.composite
def properties(draw: st.DrawFn, kind: str, leaf: str, nest: str, depth: int = 0) -> str:
    """Properties of a record, some of which hold properties of the same names."""
    made = []
    for _ in range(draw(st.integers(0, 4))):
        named = draw(attributes(kind))
        if depth < 2 and draw(st.booleans()):
            inner = draw(properties(kind, leaf, nest, depth + 1))
            made.append(nest.format(named, inner))
        else:
            text = draw(
                st.sampled_from(["1", 'N="AllowCamera"', ' N="Ticks"', "", '<!-- N="x" -->', '<![CDATA[<S N="x">]]>'])
            )
            made.append(f"{draw(FILLER)}<{leaf}{named}>{text}</{leaf}>")
    return "".join(made)


@pytest.mark.parametrize(
    ("root", "whole", "kind", "leaf", "nest"),
    [
        ("Objs", "<Obj><Props>{}</Props></Obj>", "N", "S", "<Obj{}><Props>{}</Props></Obj>"),
        ("Objs", "<Obj><Props>{}</Props><MS><S N='Ticks'>9</S></MS></Obj>", "N", "S", "<Obj{}><MS>{}</MS></Obj>"),
        ("Objects", "<Object>{}</Object>", "Name", "Property", "<Property{}>{}</Property>"),
    ],
)
@given(data=st.data())
def test_places_are_where_walking_from_element_to_element_leads(
    data: st.DataObject, root: str, whole: str, kind: str, leaf: str, nest: str
) -> None:
    records = data.draw(st.lists(properties(kind, leaf, nest), max_size=3))
    text = f"<{root}>{''.join(map(whole.format, records))}</{root}>"
    with suppress(ExportError):
        document = read_document(text.encode(), "p")
        marks = [mark for record in document.records for mark in (*record.marks, record.mark)]
        places = {mark: document.place(mark) for mark in data.draw(st.permutations(marks))}
        fresh = read_document(text.encode(), "p")
        assert places == {mark: fresh.place(mark) for mark in marks}
        for record, element in zip(document.records, children(text, element_from(text, 0)), strict=True):
            holders = [element] if root == "Objects" else list(children(text, element))
            values = [value for holder in holders for value in children(text, holder)]
            named = [value for value in values if property_name(text, value.start)]
            assert len(named) == len(record.marks)
            for mark, value in zip(record.marks, named, strict=True):
                _, line, column, _, _ = places[mark]
                offset = sum(len(each) + 1 for each in text.split("\n")[: line - 1]) + column - 1
                assert value.start <= offset < value.end
                assert offset in (value.start, value.inner_start) or not value.is_leaf
