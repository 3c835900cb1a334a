"""Files as plain text: gzip, UTF-16, members of ZIP archives, ranges of bytes; and where lines end in what is read."""

import codecs
import contextlib
import gzip
import hashlib
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Final

from policylint.evidence.files import EvidenceFile

BLOCK: Final = 1 << 18
"""Bytes read at once."""

LONGEST_LINE: Final = 1 << 20
"""Bytes: a longer line is counted and not read, so that a file without line ends costs no memory."""

EDGE: Final = 4096
_DAMAGE: Final = (EOFError, OSError, zlib.error, zipfile.BadZipFile)
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

Read = Callable[[int], bytes]


@contextlib.contextmanager
def opened(file: EvidenceFile, start: int = 0, stop: int | None = None) -> Iterator[tuple[Read, str]]:
    """Open a file for reading as UTF-8 or ASCII text, with the name of what it was before.

    Of a plain file only the lines that begin from `start` to before `stop` are read. Raises `ExportError`.
    """
    with file.open() as stream:
        packed = isinstance(stream, gzip.GzipFile)
        encoding = encoding_of(stream.peek(EDGE))  # type: ignore[attr-defined]
        if packed and encoding == "gzip":
            raise gzip.BadGzipFile("packed twice")
        read: Read = stream.read1  # type: ignore[attr-defined]
        if encoding == "utf-8":
            stream.read(len(codecs.BOM_UTF8))
        elif encoding is not None:
            read = _Transcoded(read, encoding).read
        elif not packed and file.member is None:
            read = _Range(stream, start, stop).read
        yield read, encoding or ("gzip" if packed else "")


def is_packed(file: EvidenceFile) -> bool:
    """Tell whether a file can be read only as a whole."""
    if file.member is not None or file.data is not None:
        return True
    with open(file.file, "rb") as stream:
        return encoding_of(stream.read(EDGE)) is not None


class _Range:
    """Reads the lines that begin from `start` to before `stop`."""

    def __init__(self, file: IO[bytes], start: int, stop: int | None) -> None:
        self._file = file
        self._at = start
        self._stop = stop
        self._open_end = False
        if start:
            file.seek(start - 1)
            while (line := file.readline(BLOCK)) and not line.endswith(b"\n"):
                pass
            self._at = file.tell()

    def read(self, size: int) -> bytes:
        """Read about so many bytes, to the end of a line if it is near: nobody has to put lines together then."""
        data = self._file.read(size if self._stop is None else max(0, min(size, self._stop - self._at)))
        if not data.endswith(b"\n") and (data or self._open_end):
            data += self._file.readline(size)
        self._at += len(data)
        self._open_end = bool(data) and not data.endswith(b"\n")
        return data


class _Transcoded:
    """Reads another encoding as UTF-8; what it cannot decode becomes U+FFFD."""

    def __init__(self, read: Read, encoding: str) -> None:
        self._read = read
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._begun = False

    def read(self, size: int) -> bytes:
        while True:
            data = self._read(size)
            text = self._decoder.decode(data, final=not data)
            if not self._begun:
                text = text.removeprefix("\ufeff")
                self._begun = True
            if text or not data:
                return text.encode("utf-8", "replace")


def encoding_of(first: bytes) -> str | None:
    """Return why a file cannot be read in ranges as it stands: `gzip`, UTF-16, UTF-8 with a mark; else None."""
    if first.startswith(b"\x1f\x8b"):
        return "gzip"
    for mark, encoding in _MARKS:
        if first.startswith(mark):
            return encoding
    # without a mark UTF-16 shows in the NULs that ASCII has in every other byte
    even, odd = first[:64:2], first[1:64:2]
    if odd and not any(odd) and all(even):
        return "utf-16-le"
    return "utf-16-be" if even and not any(even) and all(odd) and odd else None


class Watched:
    """Reads on until the data ends or is damaged, and remembers what tells the content."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._size = 0
        self._first = self._last = b""
        self.cut = ""

    def read(self, size: int) -> bytes:
        """Read some bytes; none at the end, and where the rest is damaged."""
        try:
            data = b"" if self.cut else self._read(size)
        except _DAMAGE as error:
            self.cut = f"cut off after {self._size:,} bytes of text ({error}): what follows is lost"
            data = b""
        self._size += len(data)
        self._first = self._first if len(self._first) >= EDGE else (self._first + data)[:EDGE]
        self._last = (self._last + data[-EDGE:])[-EDGE:]
        return data

    @property
    def content(self) -> str:
        """Return what tells the content of all that was read."""
        return content_of(self._size, self._first, self._last)


def whole_lines(read: Read, too_long: Callable[[bytes], None]) -> Iterator[bytes]:
    """Yield blocks of whole lines, a line feed at their end. Of a line that is too long only the beginning is told."""
    rest = b""
    while data := read(BLOCK):
        block = rest + data if rest else data
        end = block.rfind(b"\n") + 1
        if end:
            yield block if end == len(block) else block[:end]
            rest = block[end:]
        elif len(block) > LONGEST_LINE:
            too_long(block)
            rest = _after_line(read)
        else:
            rest = block
    if rest:
        yield rest + b"\n"


def _after_line(read: Read) -> bytes:
    """Skip to the end of a line, and return what was read behind it."""
    while data := read(BLOCK):
        end = data.find(b"\n") + 1
        if end:
            return data[end:]
    return b""


def edge(path: str) -> tuple[bytes, bytes]:
    """Return the first and the last bytes of a file."""
    with open(path, "rb") as file:
        first = file.read(EDGE)
        file.seek(max(0, os.path.getsize(path) - EDGE))
        return first, file.read(EDGE)


def content_of(size: int, first: bytes, last: bytes) -> str:
    """Tell content: size, beginning and end say enough where each line holds its time to the second."""
    return hashlib.blake2s(b"%d|%d|" % (size, len(first)) + first + last, digest_size=12).hexdigest()
