"""Text to an lxml tree, with everything in XML switched off that an export does not need."""

from lxml import etree

from policylint.exports.advice import EXPORT_AGAIN
from policylint.exports.error import ExportError
from policylint.exports.lines import Lines
from policylint.exports.prolog import for_parser

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


def xml_root(text: str) -> etree._Element:
    """Parse the text of an XML export and return its root element.

    Lines and columns of the tree are those of `text`. Comments, processing instructions and blanks between
    elements are left out. Raises `ExportError` for a DOCTYPE and for malformed or truncated XML.
    """
    readable = for_parser(text)
    try:
        return etree.fromstring(readable.encode("utf-8"), _hardened_parser())
    except etree.XMLSyntaxError as error:
        raise _explained(error, text) from None


def too_deep(line: int | None) -> ExportError:
    """Build the error for an element below the `DEEPEST` level."""
    return ExportError(f"elements are nested more than {DEEPEST} deep, which no export is; {EXPORT_AGAIN}", line=line)


def _hardened_parser() -> etree.XMLParser:
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


def _explained(error: etree.XMLSyntaxError, text: str) -> ExportError:
    line, column = error.position
    if (line, column) >= Lines(text).position(len(text)):
        words = "the file ends in the middle of the export; it was cut off while it was written or copied"
    else:
        words = _WORDS.get(error.code, "the XML is damaged here")
    return ExportError(f"{words}; {EXPORT_AGAIN}", line=line, column=column)
