"""Reads bytes whose number nobody vouches for, and tells archives by the first of them."""

import errno
from pathlib import Path
from typing import BinaryIO, Protocol

GZIP = b"\x1f\x8b"
ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", GZIP)
"""How ZIP archives, empty ones too, and gzip archives begin; `containers` unpacks them."""

_CHUNK = 1 << 20


class Readable(Protocol):
    """Whatever gives bytes, at most as many as it is asked for, and none at its end."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes."""
        ...


def read_at_most(stream: Readable | BinaryIO, most: int) -> bytes:
    """Read a stream to its end, but no more than `most` bytes; no memory is taken before there are bytes for it."""
    chunks: list[bytes] = []
    left = most
    while left > 0 and (chunk := stream.read(min(left, _CHUNK))):
        chunks.append(chunk)
        left -= len(chunk)
    return b"".join(chunks)


MOST_TEXT = 16 << 20
"""Bytes of a file that somebody wrote by hand: a configuration, a file of a pack."""


def read_text(path: Path, most: int = MOST_TEXT, *, encoding: str = "utf-8") -> str:
    """Read a file of text. Raises `OSError`, for one that is larger, too, and `UnicodeDecodeError`."""
    with open(path, "rb") as file:
        data = read_at_most(file, most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"it is larger than {most >> 20} MiB", str(path))
    return data.decode(encoding)
