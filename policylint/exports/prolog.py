"""What stands before the root element of an XML text; a DOCTYPE there is refused."""

import re

from policylint.exports.error import ExportError
from policylint.exports.lines import Lines

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
        raise ExportError(message, line=line, column=column)
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
