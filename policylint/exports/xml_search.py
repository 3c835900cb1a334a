"""Finds an export in XML between other text, as a saved window holds it."""

import re
from importlib import import_module

from policylint.exports.error import ExportError
from policylint.exports.record import Document
from policylint.exports.text_document import Lines
from policylint.exports.wanted import Wanted

_BEGIN = re.compile(r"(?:<\?xml\s[^<>]*\?>\s*)?<(?:[\w.-]+:)?(?P<root>Objs|Objects)(?=[\s>])")
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_READERS = {"Objs": "clixml", "Objects": "convertxml"}


def read(text: str, path: str, wanted: Wanted) -> Document | None:
    """Read the first export in a text; None where there is none. Raises `ExportError` as its reader does."""
    begin = _BEGIN.search(text)
    last = text.rfind(f"{begin['root']}>") if begin else -1
    # a DOCTYPE is refused wherever it stands: left out as text around, it would be let in by the back door
    if begin is None or last < 0 or _DOCTYPE.search(text, 0, begin.start()):
        return None
    start, end = begin.start(), last + len(begin["root"]) + 1
    # what stands before is blanked out, so that lines and columns stay the same
    line, column = Lines(text).position(start)
    before = "\n" * (line - 1) + " " * (column - 1)
    reader = import_module(f"policylint.exports.{_READERS[begin['root']]}")
    document: Document = reader.read(before + text[start:end], path)
    left = wanted.left_in(text[:start] + "\n" * text.count("\n", start, end) + text[end:])
    if left is not None:
        raise ExportError(f"{left.word} stands outside the XML; keep one export per file", line=left.line)
    document.notes.append("the text around the XML is left out")
    return document
