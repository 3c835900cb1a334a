"""The files of a run: named, found in directories, or inside archives; each can be opened again, in any process."""

import gzip
import io
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple, cast

from policylint.exports.error import ExportError

STDIN = "-"
_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
_EMPTY_ZIP = b"PK\x05\x06"
_OFFICE = "[Content_Types].xml"
_MOST_FILES = 20_000
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What Windows and logs use; the others could ask for gigabytes to unpack a few bytes."""
_BROKEN = (OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error)
"""What the libraries raise for archives that are damaged, cut off, encrypted or packed in a way they do not know."""


class EvidenceFile(NamedTuple):
    """One file: the name that a report shows, the folder it belongs to, and where its bytes are.

    `file` is a path, `member` a name in the archive there; `data` are the bytes themselves, of stdin.
    """

    shown: str
    folder: str
    file: str
    member: str | None = None
    data: bytes | None = None

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Open the file, unpacked if it is compressed. Raises `ExportError`, also while it is read."""
        try:
            if self.data is not None:
                with _unpacked(io.BufferedReader(io.BytesIO(self.data))) as stream:
                    yield stream
            elif self.member is None:
                with open(self.file, "rb") as file, _unpacked(file) as stream:
                    yield stream
            else:
                with (
                    zipfile.ZipFile(self.file) as archive,
                    archive.open(self.member) as member,
                    _unpacked(io.BufferedReader(member)) as stream,  # type: ignore[type-var]
                ):
                    yield stream
        except _BROKEN as error:
            raise ExportError(_why(error), path=self.shown) from None

    def head(self, size: int) -> bytes:
        """Return how the file begins, also where it is damaged further on. Raises `ExportError`."""
        begin = b""
        try:
            with self.open() as stream:
                some = getattr(stream, "read1", stream.read)
                while len(begin) < size and (more := some(size - len(begin))):
                    begin += more
        except ExportError:
            if not begin:
                raise
        return begin

    def read(self, limit: int) -> bytes:
        """Read the file, but never more than one byte past the limit. Raises `ExportError`."""
        with self.open() as stream:
            return stream.read(limit + 1)


def evidence_files(paths: list[str], max_bytes: int) -> Iterator[EvidenceFile | ExportError]:
    """Yield the files that paths name or contain, in a fixed order, each once; an error for each that is not there."""
    for path in dict.fromkeys(paths):
        if path == STDIN:
            data = sys.stdin.buffer.read(max_bytes + 1)
            yield EvidenceFile("<stdin>", "", STDIN, data=data)
            continue
        try:
            yield from _found(Path(path))
        except _BROKEN as error:
            yield ExportError(_why(error), path=path)


def _found(path: Path) -> Iterator[EvidenceFile | ExportError]:
    if path.is_dir():
        for entry in sorted(path.iterdir()):
            if not entry.name.startswith(".") and not (entry.is_symlink() and entry.is_dir()):
                yield from _found(entry)
        return
    with path.open("rb") as file:
        begin = file.read(4)
    if begin not in (_ZIP, _EMPTY_ZIP):
        yield EvidenceFile(str(path), str(path.parent), str(path))
        return
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [each for each in archive.infolist() if not each.is_dir()]
            names = sorted(each.filename for each in entries)
            strange = {each.filename for each in entries if each.compress_type not in _PACKED}
    except _BROKEN as error:
        yield ExportError(_why(error), path=str(path))
        return
    if _OFFICE in names:
        yield ExportError("this is an Excel workbook or another Office document; save it as CSV", path=str(path))
        return
    if len(names) > _MOST_FILES:
        yield ExportError(f"the archive has more than {_MOST_FILES:,} files; unpack it first", path=str(path))
        return
    for name in names:
        if name in strange:
            message = "this file is compressed in a way that is not read; unpack the archive first"
            yield ExportError(message, path=f"{path}/{name}")
        elif not any(part.startswith((".", "__MACOSX")) for part in name.split("/")):
            shown = f"{path}/{name}"
            yield EvidenceFile(shown, shown.rpartition("/")[0], str(path), name)


@contextmanager
def _unpacked(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """Yield the stream, or what it holds if that is compressed."""
    begin = stream.peek(2)[:2] if isinstance(stream, io.BufferedReader) else b""
    if begin == _GZIP:
        with gzip.GzipFile(fileobj=stream) as inner:
            yield cast(IO[bytes], inner)
    else:
        yield stream


def _why(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file or directory"
    if isinstance(error, EOFError):
        return "the archive is cut off; copy it again"
    if isinstance(error, zipfile.BadZipFile | zlib.error | gzip.BadGzipFile):
        return f"the archive is damaged ({error}); copy it again"
    if isinstance(error, RuntimeError) and "password" in str(error):
        return "the archive is encrypted; unpack it first"
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"cannot be read: {reason.lower()}"
