"""What a file is, by how it begins: a log of IIS, another log, lines without a header, or something to read whole."""

import codecs
import re
from typing import Literal

FileKind = Literal["log", "other-log", "headless-log", "table"]

HEAD = 256 * 1024
"""How many bytes at the beginning of a file decide."""

_FIELDS = re.compile(rb"^#Fields:[ \t]*(.*)$", re.MULTILINE)
_STEM = b"cs-uri-stem"
_REQUEST = b"/microsoft-server-activesync"
_TABLE = re.compile(rb"\s*(?:[<{\[]|#TYPE|\"|sep=)", re.IGNORECASE)


def file_kind(head: bytes) -> FileKind:
    """Tell what a file is by its first bytes, in UTF-8, UTF-16 or a code page."""
    text = _narrow(head)
    fields = [found.lower().split() for found in _FIELDS.findall(text)]
    if fields:
        return "log" if any(_STEM in names for names in fields) else "other-log"
    if _REQUEST in text.lower() and not _TABLE.match(text):
        return "headless-log"
    return "table"


def _narrow(head: bytes) -> bytes:
    """Return a text in bytes of which ASCII characters take one each."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16-le" if head.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
        return head[2:].decode(encoding, "replace").encode()
    return head.removeprefix(codecs.BOM_UTF8)
