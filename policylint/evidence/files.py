"""The files of a run: named, found in directories, or inside archives; each can be opened again, in any process."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple, cast

from policylint.exports.bounded import GZIP
from policylint.exports.containers import document_in, entries
from policylint.exports.error import ExportError
from policylint.policies.disk import ON_DISK, STDIN, read_bytes
from policylint.usage import reason

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
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
            try:
                data, shown = read_bytes(path, max_bytes)
                yield EvidenceFile(shown, "", STDIN, data=data)
            except ExportError as error:
                yield error
            continue
        for file in ON_DISK.below(path) if ON_DISK.is_directory(path) else [path]:
            if isinstance(file, ExportError):
                yield file
                continue
            try:
                yield from _inside(Path(file))
            except ExportError as error:
                error.path = file
                yield error
            except _BROKEN as error:
                yield ExportError(_why(error), path=file)


def _inside(path: Path) -> Iterator[EvidenceFile | ExportError]:
    """Yield a file, or the files inside a ZIP archive."""
    with path.open("rb") as file:
        begin = file.read(4)
    if begin not in (_ZIP, _EMPTY_ZIP):
        yield EvidenceFile(str(path), str(path.parent), str(path))
        return
    with zipfile.ZipFile(path) as archive:
        kind = document_in(archive)
        if kind is not None:
            raise ExportError(f"this is {kind}; save it as CSV")
        for entry in entries(archive, str(path)):
            if isinstance(entry, ExportError):
                yield entry
            else:
                shown = f"{path}/{entry.filename}"
                yield EvidenceFile(shown, shown.rpartition("/")[0], str(path), entry.filename)


@contextmanager
def _unpacked(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """Yield the stream, or what it holds if that is compressed."""
    begin = stream.peek(2)[:2] if isinstance(stream, io.BufferedReader) else b""
    if begin == GZIP:
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
    return f"cannot be read: {reason(error)}"
