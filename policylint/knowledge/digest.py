"""Which files a pack is made of, and a checksum that tells whether any of them changed."""

import os
import zlib
from collections.abc import Iterator
from pathlib import Path


def pack_paths(directory: Path) -> Iterator[Path]:
    """Yield the TOML files of a pack in a fixed order."""
    whole = (directory / name for name in ("pack.toml", "sources.toml", "properties.toml", "servers.toml"))
    yield from (path for path in whole if path.exists())
    for folder in ("devices", "checks", "profiles", "evidence"):
        yield from toml_below(directory / folder)


def toml_below(directory: Path) -> list[Path]:
    """List the TOML files in a directory in a fixed order; none if it is not there. Raises `OSError`."""
    try:
        with os.scandir(directory) as found:
            return sorted(directory / entry.name for entry in found if entry.name.endswith(".toml"))
    except (FileNotFoundError, NotADirectoryError):
        return []


def digest(directory: Path) -> str:
    """Return a checksum over every file of the pack and its name: what the compiled form was made from.

    It guards against a forgotten step and against no attacker, who could change the compiled form as well; so it
    is a CRC, which needs no cryptography loaded at each start. Line ends do not count.
    """
    checksum = length = 0
    for path in pack_paths(directory):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        checksum = zlib.crc32(content, zlib.crc32(path.name.encode(), checksum))
        length += len(content)
    return f"{checksum:08x}-{length}"
