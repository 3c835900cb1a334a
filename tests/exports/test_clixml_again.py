"""An export whose texts come again and again is read as it would be if every one of them was parsed."""

import random
from typing import Any

import pytest
from formats import Formats
from hypothesis import given
from hypothesis import strategies as st
from policies import THREE, TWELVE, policy

from policylint.exports import clixml, clixml_again
from policylint.exports.error import ExportError
from policylint.exports.reader import read_document
from policylint.exports.record import Document, Place, Record
from policylint.knowledge import load

FORMATS = Formats(load().catalogue)
_KEYS = (
    "Name", "Guid", "AllowCamera", "AllowBluetooth", "MaxAttachmentSize", "MaxInactivityTimeDeviceLock",
    "ApprovedApplicationList", "MinDevicePasswordLength",
)  # fmt: skip


def export(count: int) -> str:
    """Policies that share most of their values."""
    dice = random.Random(7)
    made = []
    for number in range(count):
        whole = policy(dice.choice((THREE, TWELVE)), gate=dice.random() < 0.5, name=f"Büro {number} & Lager")
        whole["ApprovedApplicationList"] = dice.choice(([], ["a:b.exe", "c <d>.exe"]))
        made.append({key: whole[key] for key in _KEYS})
    behind = "</G>\n"  # the Guid of the policy, or that of its session
    parts = FORMATS.clixml(made).split(behind)
    return "".join(part + behind + referring(number) for number, part in enumerate(parts[:-1])) + parts[-1]


def referring(number: int) -> str:
    """An object of a policy, and references to it and to that of another policy."""
    text = f"<ToString>{number}</ToString>"
    return f"""\
      <Obj N="Id" RefId="{900 + number}">
        <TNRef RefId="0" />
        {text}
      </Obj>
      <Ref N="Same" RefId="{900 + number}" />
      <Ref N="Earlier" RefId="{900 + max(0, number - 1)}" />
"""


def outcome(text: str) -> Any:
    """Everything that reading a text comes to."""
    try:
        document = read_document(text.encode("utf-8", "surrogatepass"), "p")
    except ExportError as error:
        return str(error)
    return [
        (each.type_name, each.text, each.names, each.values, list(map(type, each.values)), places(document, each))
        for each in document.records
    ]


def places(document: Document, record: Record) -> list[Place]:
    return [document.place(mark) for mark in (record.mark, *record.marks)]


def both_ways(text: str) -> tuple[Any, Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clixml, "LARGE", 0)
        again = outcome(text)
        patch.setattr(clixml, "LARGE", len(text) + 1)
        return again, outcome(text)


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_what_comes_again_says_the_same(line_break: str) -> None:
    text = export(40).replace("\n", line_break)
    assert clixml_again.read(text, "p") is not None
    again, in_full = both_ways(text)
    assert again == in_full
    assert len(again) == 40


def test_a_type_that_changes_its_number_is_another_type() -> None:
    types = '<TN RefId="1"><T>System.Other</T></TN>'
    text = export(12)
    at = text.index("<TNRef", text.index("Büro 6"))
    again, in_full = both_ways(text[:at] + types + text[text.index("/>", at) + 2 :])
    assert again == in_full


@pytest.mark.parametrize("odd", ["<!-- x -->", "<?x y?>", "<![CDATA[x]]>", '<X xmlns="y" />'])
def test_what_depends_on_more_than_itself_is_left_to_the_ordinary_way(odd: str) -> None:
    text = export(5)
    at = text.index("<S N=", text.index("Büro 3"))
    spoiled = text[:at] + odd + text[at:]
    assert clixml_again.read(spoiled, "p") is None
    again, in_full = both_ways(spoiled)
    assert again == in_full


TEXT = export(6)
PIECES = (
    "<!--", "-->", "<![CDATA[", "]]>", "<?x", "?>", "&amp;", "&", "<", ">", "/>", '"', "x", " ", "\n", "\r",
    '<Ref RefId="1" />', '<TN RefId="1"><T>x</T></TN>', '<TNRef RefId="2" />', "<ToString>x</ToString>",
    '\n      <B N="AllowCamera">true</B>', '\n      <Obj N="AllowBluetooth" RefId="3">', "</Obj>", "\n      </Obj>",
    "\n    <Props>", "\n    </Props>", "<Props>", "</Props>", "\n    <MS>", "</MS>", '\n  <Obj RefId="9">',
    "\n  </Obj>", "\n</Objs>", ' RefId="4"', ' N="AllowCamera"', '<BA N="SerializationData">AA==</BA>', "<LST>",
    "</LST>", "<DCT />", '\n      <Ref N="x" RefId="901" />', '<Ref N="x" RefId="17" />', "900", "901", "18",
)  # fmt: skip


@st.composite
def spoiled(draw: st.DrawFn) -> str:
    """An export in which pieces were left out, doubled, moved or put in."""
    text = TEXT
    lines = [place for place, character in enumerate(text) if character == "\n"]
    for _ in range(draw(st.integers(1, 3))):
        places = st.one_of(st.sampled_from(lines), st.integers(0, len(text)))
        start, end = sorted((min(draw(places), len(text)), min(draw(places), len(text))))
        match draw(st.integers(0, 3)):
            case 0 if end - start < 400:
                text = text[:start] + text[end:]
            case 1 if end - start < 400:
                text = text[:end] + text[start:end] + text[end:]
            case _:
                text = text[:start] + draw(st.sampled_from(PIECES)) + text[start:]
    return text


@given(spoiled())
def test_nothing_is_read_that_the_ordinary_way_would_not_read(text: str) -> None:
    again, in_full = both_ways(text)
    assert again == in_full
