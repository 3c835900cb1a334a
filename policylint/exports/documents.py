"""Workbooks: the text of their cells, for a look at what they hold. They are not read as exports."""

import io
import re
import zipfile

from policylint.exports.bounded import read_at_most
from policylint.exports.error import ExportError

_CELLS = re.compile(r"(?:xl/sharedStrings|xl/worksheets/[^/]*|content)\.xml")
"""The parts of a workbook that hold the texts of its cells: of Excel, and of OpenDocument."""
_TEXT = re.compile(rb"<(?:\w+:)?(?:t|p)(?:\s[^<>]*)?>([^<>]{1,200})</")


def cells(data: bytes, *, max_bytes: int) -> bytes:
    """Return the short texts of the cells of a workbook, one in a line, as UTF-8; nothing of any other document.

    At most `max_bytes` are unpacked. Raises `ExportError` for a document that is damaged.
    """
    texts: list[bytes] = []
    left = max_bytes
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in filter(_CELLS.fullmatch, archive.namelist()):
                with archive.open(name) as part:
                    held = read_at_most(part, left)
                left -= len(held)
                texts += [found[1].strip() for found in _TEXT.finditer(held)]
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError):
        raise ExportError("this document is damaged") from None
    return b"\n".join(texts)
