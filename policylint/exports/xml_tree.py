"""Text to a tree, with everything in XML switched off that an export does not need.

lxml makes it, and the standard library where lxml is not installed: in a browser. Only here is it known which.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

from policylint.exports.error import ExportError
from policylint.exports.text_document import Lines

try:
    from lxml import etree
except ImportError:
    etree = None  # type: ignore[assignment]

# both makers' elements have the parts that readers use; lxml's are the ones that are checked
if TYPE_CHECKING:
    Element = etree._Element
else:
    Element = object

# Possessive: an unclosed comment ends the match at once instead of being tried in every way.
_PROLOG = re.compile(r"(?:\s++|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_DECLARATION = re.compile(r"<\?xml\s.*?\?>", re.DOTALL)
_ROOT_TAG = re.compile(r"""<[^<>"'\s/:]++(?!:)(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>""")
_NAMESPACE = re.compile(r"""\sxmlns\s*=\s*(?:"[^"]*"|'[^']*')""")
_NOT_BREAK = re.compile(r"[^\n]")


def root_offset(text: str) -> int:
    """Return the offset of the first character after the declaration, comments and instructions.

    That is the `<` of the root element, unless the XML is malformed. Raises `ExportError` for a DOCTYPE:
    no PowerShell export has one, PowerShell refuses it in CLIXML too, and entities are defined nowhere else.
    """
    found = _PROLOG.match(text)
    offset = found.end() if found else 0
    if text.startswith("<!DOCTYPE", offset):
        line, column = Lines(text).position(offset)
        message = "the file has a DOCTYPE, which no export has and which can hide attacks; delete it or export again"
        raise ExportError(message, line=line, column=column, advised=True)
    return offset


def for_parser(text: str) -> str:
    """Blank out what the parser need not see, so that lines and columns stay the same.

    That is the XML declaration, whose encoding no longer holds, and the default namespace of the root
    element, since lxml composes the name of an element in a namespace anew each time it is asked.
    """
    start = root_offset(text)
    head = _DECLARATION.sub(_blanks, text[:start], count=1)
    tag = _ROOT_TAG.match(text, start)
    if not tag:
        return head + text[start:]
    return head + _NAMESPACE.sub(_blanks, tag[0], count=1) + text[tag.end() :]


def _blanks(found: re.Match[str]) -> str:
    return _NOT_BREAK.sub(" ", found[0])


DEEPEST = 50
"""How many levels of elements below the root a reader follows. PowerShell reads 50, real exports have 15."""

_WORDS = {
    5: "there is more text after the end of the export; keep one export per file",
    9: "there is a character that XML does not allow",
    26: "the text uses an entity that nothing defines",
    68: "there is a < or & that does not belong to the markup",
    76: "an element is closed by the wrong end tag",
    114: "elements are nested over 256 deep, or one value is longer than 10 million characters",
}
"""Plain words for the libxml2 error codes that damaged exports run into."""


def xml_root(text: str) -> Element:
    """Parse the text of an XML export and return its root element.

    Lines and columns of the tree are those of `text`. Comments, processing instructions and blanks between
    elements are left out. Raises `ExportError` for a DOCTYPE and for malformed or truncated XML.
    """
    return _parsed(for_parser(text), text)


def xml_part(text: str) -> Element:
    """Parse a part of an export by itself, as `xml_root` does: one element, with nothing before it."""
    return _parsed(text, text)


def _parsed(readable: str, text: str) -> Element:
    if etree is None:
        return _without_lxml(readable, text)
    try:
        return etree.fromstring(readable.encode("utf-8"), _hardened_parser())
    except etree.XMLSyntaxError as error:
        raise _explained(error.code, error.position, text) from None


def _without_lxml(readable: str, text: str) -> Element:
    from policylint.exports import xml_expat  # where there is lxml, nobody waits for it

    try:
        return xml_expat.parsed(readable)  # type: ignore[return-value]
    except xml_expat.Damage as damage:
        raise _explained(damage.code, Lines(text).position(damage.offset), text) from None


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def too_deep(line: int | None) -> ExportError:
    """Build the error for an element below the `DEEPEST` level."""
    return ExportError(f"elements are nested more than {DEEPEST} deep, which no export is", line=line)


@cache
def _hardened_parser() -> "etree.XMLParser":
    # huge_tree stays off: it is what limits the depth to 256 levels and a text to 10 million characters.
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=True,
        collect_ids=False,
    )


def _explained(code: int, position: tuple[int, int], text: str) -> ExportError:
    line, column = position
    if (line, column) >= Lines(text).position(len(text)):
        words = "the file ends in the middle of the export; it was cut off while it was written or copied"
    else:
        words = _WORDS.get(code, "the XML is damaged here")
    return ExportError(words, line=line, column=column)
