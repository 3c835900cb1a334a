"""Which files a pack is made of, and whether what was compiled from them is up to date."""

import json
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

AGENTS = "agents.toml"
COMPILED = "compiled.jsonl"
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
            return [directory / name for name in sorted(entry.name for entry in found) if name.endswith(".toml")]
    except (FileNotFoundError, NotADirectoryError):
        return []


def digest(directory: Path, *, agents: bool = False) -> str:
    """Return a checksum that changes when a file of the pack does: its name, its size or the time of its last change.

    So Python tells whether a compiled module is up to date, too; to read all files would take longer than all else that
    is done with them at a start. With `agents`, agents.toml and the tables beside it count as well.
    """
    checksum = 0
    tables = [path for path in toml_below(directory) if path.name not in _WHOLE] if agents else []
    for path in (*pack_paths(directory), *tables):
        file = os.stat(path)
        checksum = zlib.crc32(f"{path.name} {file.st_size} {file.st_mtime_ns}\n".encode(), checksum)
    return f"{checksum:08x}"


def stored_form(path: Path, made_of: str | None) -> dict[str, Any] | None:
    """Return a stored compiled form if it was made from exactly the files that have this checksum; None: from any.

    Its first line is the form. Where there are more, each is the whole entry of one of its `families`, as bytes.
    """
    try:
        first, *more, _ = path.read_bytes().split(b"\n")
        stored = json.loads(first)
        if not isinstance(stored, dict) or (made_of is not None and stored.get("digest") != made_of):
            return None
        for family, line in zip(stored.get("families", ()), more, strict=True):
            family["line"] = line
    except (OSError, ValueError):
        return None
    return stored
