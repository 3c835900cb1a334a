"""Both makers of trees make the same of every text, or both refuse it at the same line in the same words."""

from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from policylint.exports import xml_tree
from policylint.exports.error import ExportError

NAMES = st.sampled_from(["Obj", "Props", "S", "x:S"])
TEXTS = st.text(st.sampled_from("ab \n\t<>&\"'é\U0001f600]"), max_size=6)
PARTS = st.one_of(
    TEXTS.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "")),
    st.sampled_from(["&#65;", "&#xA0;", "<S/>", '<S N="a&amp;b">x</S>', "b\r\nb", "<?p i?>"]),
    # not behind blanks alone: there libxml2 has ways of its own, and no value begins so
    st.sampled_from(["a<!-- c -->", "a<![CDATA[<a>&]]>"]),
)
DAMAGE = st.sampled_from(
    ["", "", "", "&x;", "<", "&", "</S>", "<S>", "\x01", "&#0;", "<S a='1' a='2'/>", "]]>", "<y:S/>"]
)


def both(text: str) -> list[Any]:
    made = []
    for maker in (xml_tree.etree, None):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(xml_tree, "etree", maker)
            try:
                made.append(told(xml_tree.xml_root(text)))
            except ExportError as error:
                made.append((error.message, error.line))
    return made


def told(element: Any) -> Any:
    names = ("N", "RefId", "a")
    attributes = [element.get(name) for name in names]
    return element.tag, element.text, element.sourceline, attributes, [told(child) for child in element]


@st.composite
def trees(draw: st.DrawFn, depth: int = 0) -> str:
    inner = draw(st.lists(PARTS if depth > 2 else st.one_of(PARTS, trees(depth + 1)), max_size=3))
    name = draw(NAMES)
    return f'<{name} N="{draw(st.sampled_from(["a", "é", "&#9;"]))}">{"".join(inner)}</{name}>'


@given(st.lists(trees(), max_size=3))
def test_they_agree_on_what_is_well_formed(parts: list[str]) -> None:
    one, other = both(
        f'<?xml version="1.0"?>\n<Objs xmlns="urn:o" xmlns:x="urn:x">{"".join(parts)}</Objs>\n<!-- end -->'
    )
    assert one == other
    assert isinstance(one[0], str)
    assert len(one) == 5


@given(trees(), DAMAGE, trees())
def test_they_refuse_the_same_at_the_same_line(one: str, damage: str, other: str) -> None:
    first, second = both(f'<Objs xmlns:x="urn:x">\n{one}\n{damage}\n{other}\n</Objs>')
    assert (len(first) == 2) == (len(second) == 2)
    if damage == "&x;":
        assert first == second


@pytest.mark.parametrize("end", [0.2, 0.5, 0.9, 0.999])
def test_they_agree_on_what_is_cut_off(end: float) -> None:
    text = (ROOT / "examples" / "contoso.clixml").read_text(encoding="utf-8")
    one, other = both(text[: int(len(text) * end)].rstrip())
    assert one == other


def test_they_agree_on_the_examples() -> None:
    for path in (ROOT / "examples").rglob("*.clixml"):
        one, other = both(path.read_text(encoding="utf-8-sig"))
        assert one == other
        assert len(one) == 5


def test_the_second_maker_refuses_a_doctype_that_comes_to_it() -> None:
    from policylint.exports.xml_expat import Damage, parsed

    for text in ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'):
        with pytest.raises(Damage):
            parsed(text)


def test_they_refuse_what_is_too_deep_or_too_long_at_the_same_place() -> None:
    for text in ("<Objs>\n" + "<Obj><LST>" * 300, "<Objs>\n<S>" + "x" * 10_100_000 + "</S></Objs>"):
        one, other = both(text)
        assert one == other
        assert len(one) == 2
