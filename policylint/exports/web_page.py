"""Reads the policies that a report page of policylint carries with it, as JSON in a script element."""

import base64
import binascii
import lzma
import re

from policylint.exports import json
from policylint.exports.detect import HOLDER
from policylint.exports.error import ExportError, NotAnExport
from policylint.exports.record import Document
from policylint.exports.text_document import Lines
from policylint.exports.wanted import Wanted

_BEGIN = re.compile(rf'<script type="application/(?P<how>json|x-xz)" {HOLDER}>')
_END = "</script>"
_MOST = 64 << 20
"""Bytes of JSON that a page may unpack to."""


def read(text: str, path: str, wanted: Wanted | None = None) -> Document:
    """Read the policies in a page. Raises `ExportError`."""
    begin = _BEGIN.search(text)
    end = text.find(_END, begin.end()) if begin else -1
    if begin is None or end < 0:
        raise NotAnExport("this is a web page (HTML), not an export of mailbox policies")
    inside = text[begin.end() : end]
    if begin["how"] == "x-xz":
        found = json.read(_unpacked(inside, text, begin.end()), path, wanted)
        note = "the policies are packed in the page; lines are counted within them"
    else:
        # what stands before is blanked out, so that lines and columns stay the same
        line, column = Lines(text).position(begin.end())
        found = json.read("\n" * (line - 1) + " " * (column - 1) + inside, path, wanted)
        note = ""
    if found is None:
        raise ExportError("the page holds no policies")
    found.format = "page"
    found.notes += [note] if note else []
    return found


def _unpacked(inside: str, text: str, offset: int) -> str:
    try:
        unpack = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MOST)
        data = unpack.decompress(base64.b64decode(inside, validate=True), max_length=_MOST + 1)
        if unpack.eof:
            return data.decode()
    except (binascii.Error, lzma.LZMAError, EOFError, UnicodeDecodeError):
        raise ExportError("the policies in this page are damaged", line=Lines(text).position(offset)[0]) from None
    if len(data) > _MOST:
        raise ExportError(f"the policies in this page unpack to more than {_MOST >> 20} MiB")
    raise ExportError("the policies in this page are cut off", line=Lines(text).position(offset)[0])
