"""Bytes to a document: the one entrance to the readers."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module

from policylint.exports.decode import decode
from policylint.exports.detect import COMMANDS, Format, detect, plain_text
from policylint.exports.error import ExportError, NotAnExport
from policylint.exports.forms import strip
from policylint.exports.record import Document
from policylint.exports.wanted import Wanted

EXPORT_AGAIN = "export again with: Get-MobileDeviceMailboxPolicy | Export-Clixml policies.xml"

_TABLE_IN_TEXT, _XML_IN_TEXT = "table in text", "xml in text"
_READERS = {
    Format.CLIXML: "clixml",
    Format.CONVERTXML: "convertxml",
    Format.CSV: "table",
    Format.JSON: "json",
    Format.LIST: "listing",
    _TABLE_IN_TEXT: "table_search",
    _XML_IN_TEXT: "xml_search",
    Format.POWERSHELL: "powershell.script",
    Format.WIZARD_LOG: "powershell.wizard_log",
    Format.PAGE: "web_page",
}
"""The module that reads a format; imported when a file needs it, because start-up is what a hook's user feels."""

_TEXTS = (Format.CSV, Format.LIST)
"""The forms that keep the names which programs put beside those of properties."""

_SEARCHED = {Format.JSON: Format.JSON, Format.CSV: _TABLE_IN_TEXT, "xml": _XML_IN_TEXT, Format.LIST: Format.LIST}
"""The forms in which objects that are wanted are looked for among other text, and how."""

_MIB = 1024 * 1024


def read_document(
    data: bytes, path: str, *, max_bytes: int = 64 * _MIB, lenient: bool = False, wanted: Wanted | None = None
) -> Document:
    """Read an export of any format; `path` only names it in places and errors.

    Where objects are `wanted`, they are found in any text, under other objects and beside other output; without, the
    objects at the top of an export are read, whatever they are.

    Rows that do not fit their header are an error, or with `lenient` only kept from the records, as `misfits`.

    A parsed XML file takes over ten times its bytes of memory, hence the limit on its size. Raises
    `ExportError`, with the path and where possible the line, for everything that cannot be read.
    """
    try:
        if len(data) > max_bytes:
            limit = f"{max_bytes / _MIB:,.1f} MiB"
            raise ExportError(f"the file is larger than the limit of {limit}; raise --max-size", advised=True)
        decoded = decode(data)
        text = decoded.text
        if "\r" in text and "\n" not in text:
            text = text.replace("\r", "\n")  # lines as old Macintoshes end them
        with no_collection():
            document = _read(text, path, wanted)
            if wanted is not None and document.format in _TEXTS:
                strip(document, wanted)
        if document.misfits and not lenient:
            raise document.misfits[0]
    except ExportError as error:
        error.path = path
        raise advised(error) from error.__cause__
    document.notes[:0] = decoded.notes
    document.is_guess = decoded.is_guess
    for misfit in document.misfits:
        misfit.path = path
    return document


def _read(text: str, path: str, wanted: Wanted | None) -> Document:
    """Read a text as what it begins as; where that holds nothing that is wanted, look for it in any other form."""
    document, problem, form = None, None, None
    try:
        form = detect(text)
        document = _reader(form)(text, path, wanted)
    except ExportError as error:
        problem = error
    is_found = document is not None and (form in COMMANDS or wanted is None or _holds(document, wanted))
    if not is_found and wanted is not None and wanted.speaks(text):
        if form is Format.CSV and not wanted.speaks(text.lstrip().partition("\n")[0]):
            problem = plain_text()  # it only begins as a table would
        try:
            found = _searched(text, path, wanted, form)
        except ExportError as error:
            raise error if problem is None or isinstance(problem, NotAnExport) else problem from None
        if found is not None:
            return found
    if document is None or (problem is not None and not is_found):
        raise problem or plain_text()
    return document


def _searched(text: str, path: str, wanted: Wanted, form: Format | None) -> Document | None:
    """Look for what is wanted in every form but the one that was tried. Raises the `ExportError` that tells most."""
    problem = None
    for other, how in _SEARCHED.items():
        if other == form or (other == Format.LIST and not wanted.is_listed(text)):
            continue
        try:
            found = _reader(how)(text, path, wanted)
        except ExportError as error:
            problem = problem or (None if isinstance(error, NotAnExport) else error)
            continue
        if found is not None and _holds(found, wanted):
            if not found.misfits:
                return found
            problem = problem or found.misfits[0]
    if problem is not None:
        raise problem
    return None


def _holds(document: Document, wanted: Wanted) -> bool:
    return any(record.names in wanted for record in document.records)


def advised(error: ExportError) -> ExportError:
    """Add to an error how to export anew, unless it says by itself what to do."""
    if not error.advised:
        error.message = f"{error.message}; {EXPORT_AGAIN}"
        error.advised = True
    return error


_Reader = Callable[[str, str, Wanted | None], Document | None]


def _reader(form: str) -> _Reader:
    read: _Reader = import_module(f"policylint.exports.{_READERS[form]}").read
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
