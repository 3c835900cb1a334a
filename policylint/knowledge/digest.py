"""Which files a pack is made of, and a checksum that tells whether what was compiled from them is up to date."""

import json
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

AGENTS = "agents.toml"
COMPILED = "compiled.json"
COMPILED_AGENTS = "compiled-agents.json"
"""What is known of agents has a compiled form of its own: few commands ask for it."""

_WHOLE = ("pack.toml", "sources.toml", "properties.toml", "servers.toml")


def pack_paths(directory: Path) -> Iterator[Path]:
    """Yield the TOML files of a pack in a fixed order."""
    yield from (path for name in _WHOLE if (path := directory / name).exists())
    for folder in ("devices", "checks", "profiles", "evidence"):
        yield from toml_below(directory / folder)


def toml_below(directory: Path) -> list[Path]:
    """List the TOML files in a directory in a fixed order; none if it is not there. Raises `OSError`."""
    try:
        with os.scandir(directory) as found:
            return sorted(directory / entry.name for entry in found if entry.name.endswith(".toml"))
    except (FileNotFoundError, NotADirectoryError):
        return []


def digest(directory: Path, *, agents: bool = False) -> str:
    """Return a checksum over every file of the pack and its name: what the compiled form was made from.

    With `agents`, agents.toml and the tables beside it count as well. It guards against a forgotten step and against
    no attacker, who could change the compiled form as well; so it is a CRC, which needs no cryptography loaded at each
    start. Line ends do not count.
    """
    checksum = length = 0
    tables = [path for path in toml_below(directory) if path.name not in _WHOLE] if agents else []
    for path in (*pack_paths(directory), *tables):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        checksum = zlib.crc32(content, zlib.crc32(path.name.encode(), checksum))
        length += len(content)
    return f"{checksum:08x}-{length}"


def up_to_date(path: Path, checksum: str) -> dict[str, Any] | None:
    """Return a stored compiled form if it was made from exactly the files that have this checksum."""
    try:
        stored = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return stored if isinstance(stored, dict) and stored.get("digest") == checksum else None
