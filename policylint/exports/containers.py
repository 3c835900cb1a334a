"""Archives: the files inside a ZIP or gzip archive, unpacked in memory within bounds; nothing is written to disk."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from policylint.exports.bounded import GZIP, read_at_most
from policylint.exports.error import ExportError, NotAnExport

_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 1

_DOCUMENTS = {
    "[Content_Types].xml": "an Excel workbook or another Office document",
    "mimetype": "an OpenDocument file",
    "META-INF/MANIFEST.MF": "a Java archive",
}
"""ZIP archives that nobody takes for one, each by an entry that tells it."""

_BEGIN = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"xl/", b"word/", b"mimetype", b"META-INF/")
"""What the name of the first entry of such a document begins with."""
_NAME = 30
"""Where that name begins."""

_MOST_FILES = 20_000
_MIB = 1024 * 1024
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


class Member(NamedTuple):
    """One file of an archive: its path behind that of the archive, and its bytes."""

    path: str
    data: bytes


def contained(data: bytes, path: str, *, max_bytes: int) -> Iterator[Member | ExportError]:
    """Yield the files of an archive (see `ARCHIVES`) by their names; in place of one that cannot be read, the error.

    The file in a gzip archive bears the path of the archive. Hidden files, and those that macOS adds, are left out;
    an archive in an archive is handed over as it is. Raises `ExportError` for an archive that is damaged as a whole,
    that has more than `max_bytes` unpacked or more than 20,000 files; `NotAnExport` for a document that is a ZIP
    archive only inside. Every error bears a path.
    """
    unpack = _gzip if data.startswith(GZIP) else _zip
    try:
        yield from unpack(data, path, max_bytes)
    except ExportError as error:
        error.path = path
        raise


def is_document(data: bytes) -> bool:
    """Tell by its first entry whether a ZIP archive is a document."""
    return data.startswith(b"PK") and data.startswith(_BEGIN, _NAME)


def _gzip(data: bytes, path: str, max_bytes: int) -> Iterator[Member]:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            unpacked = read_at_most(stream, max_bytes + 1)
    except _UNREADABLE:
        raise _refused("the gzip archive is damaged or cut off; make it again, or unpack it first") from None
    if len(unpacked) > max_bytes:
        raise _too_large(max_bytes)
    yield Member(path, unpacked)


def _zip(data: bytes, path: str, max_bytes: int) -> Iterator[Member | ExportError]:
    # counted before an object is made of each, which takes ten times its bytes
    if data.count(_ENTRY) > _MOST_FILES:
        raise _too_many()
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _UNREADABLE:
        raise _refused("the ZIP archive is damaged or cut off; make it again, or unpack it first") from None
    kind = document_in(archive)
    if kind is not None:
        raise NotAnExport(f"this is {kind}, not an export of mailbox policies")
    left = max_bytes
    for entry in entries(archive, path):
        if isinstance(entry, ExportError):
            yield entry
            continue
        shown = f"{path}/{entry.filename}"
        try:
            unpacked = _unpacked(archive, entry, left)
        except ExportError as error:
            error.path = shown
            yield error
            continue
        left -= len(unpacked)
        if left < 0:
            raise _too_large(max_bytes)
        yield Member(shown, unpacked)


def document_in(archive: zipfile.ZipFile) -> str | None:
    """Return what document a ZIP archive is, if it is one."""
    names = set(archive.namelist())
    return next((kind for name, kind in _DOCUMENTS.items() if name in names), None)


def entries(archive: zipfile.ZipFile, path: str) -> Iterator[zipfile.ZipInfo | ExportError]:
    """Yield the files of a ZIP archive by their names; in place of one that may not be read, the error.

    Hidden files, and those that macOS adds, are left out. Raises `ExportError` for more than 20,000 files.
    """
    listed = archive.infolist()
    if len(listed) > _MOST_FILES:
        raise _too_many()
    for entry in sorted((entry for entry in listed if not entry.is_dir()), key=lambda entry: entry.filename):
        shown = f"{path}/{entry.filename}"
        if _leads_out(entry.filename):
            yield _refused("the path of this file leads out of the archive, so the file is not read", path=shown)
        elif _is_hidden(entry.filename):
            continue
        elif entry.flag_bits & _ENCRYPTED:
            yield _refused("this file is encrypted; unpack the archive first", path=shown)
        # Windows writes no other kinds; theirs could ask for gigabytes to unpack a few bytes
        elif entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            message = "this file is compressed in a way that is not read; unpack the archive first"
            yield _refused(message, path=shown)
        else:
            yield entry


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """Return the bytes of an entry, at most one more than is left."""
    try:
        with archive.open(entry) as stream:
            return read_at_most(stream, left + 1)
    except _UNREADABLE:
        raise _refused("this file is damaged in the archive; make the archive again") from None


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or not parts[0] or ":" in parts[0]


def _is_hidden(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)


def _refused(message: str, path: str = "") -> ExportError:
    return ExportError(message, path=path, advised=True)


def _too_many() -> ExportError:
    return _refused(f"the archive has more than {_MOST_FILES:,} files; unpack it and name those to check")


def _too_large(max_bytes: int) -> ExportError:
    limit = f"{max_bytes / _MIB:,.1f} MiB"
    return _refused(f"the files in the archive have more than {limit} together; unpack it, or raise --max-size")
