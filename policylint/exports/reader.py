"""Bytes to a document: the one entrance to the readers."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module

from policylint.exports.decode import decode
from policylint.exports.detect import Format, detect
from policylint.exports.error import EXPORT_AGAIN, ExportError
from policylint.exports.record import Document

_READERS = {
    Format.CLIXML: "clixml",
    Format.CONVERTXML: "convertxml",
    Format.CSV: "table",
    Format.JSON: "json",
    Format.LIST: "listing",
    Format.POWERSHELL: "powershell.script",
    Format.WIZARD_LOG: "powershell.wizard_log",
}
"""The module that reads a format; imported when a file needs it, because start-up is what a hook's user feels."""

_MIB = 1024 * 1024


def read_document(data: bytes, path: str, *, max_bytes: int = 64 * _MIB, lenient: bool = False) -> Document:
    """Read an export of any format; `path` only names it in places and errors.

    Rows that do not fit their header are an error, or with `lenient` only kept from the records, as `misfits`.

    A parsed XML file takes over ten times its bytes of memory, hence the limit on its size. Raises
    `ExportError`, with the path and where possible the line, for everything that cannot be read.
    """
    try:
        if len(data) > max_bytes:
            size = f"{len(data) / _MIB:,.1f} MiB"
            limit = f"{max_bytes / _MIB:,.1f} MiB"
            raise ExportError(f"the file has {size}, more than the limit of {limit}; {EXPORT_AGAIN}")
        decoded = decode(data)
        with no_collection():
            document = _reader(detect(decoded.text))(decoded.text, path)
        if document.misfits and not lenient:
            raise document.misfits[0]
    except ExportError as error:
        error.path = path
        raise
    document.notes[:0] = decoded.notes
    for misfit in document.misfits:
        misfit.path = path
    return document


def _reader(format: Format) -> Callable[[str, str], Document]:  # noqa: A002 - the word for it
    read: Callable[[str, str], Document] = import_module(f"policylint.exports.{_READERS[format]}").read
    return read


@contextmanager
def no_collection() -> Iterator[None]:
    """Pause the cycle collector: reading makes millions of objects and no cycles, and it would visit them all."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
