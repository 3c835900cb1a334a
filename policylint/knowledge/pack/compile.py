"""The compiled form of a data pack, as text and beside its TOML files.

It saves start-up time and decides nothing: `load` uses it only while its checksum is that of the files.
"""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from policylint.knowledge import compile_pack
from policylint.knowledge.digest import digest
from policylint.writing.whole import write_file


def compiled(directory: Path) -> dict[str, Any]:
    """Return the compiled form of a pack, and from which files it is. Raises `pack.PackError`."""
    # before the files are read: one that changes meanwhile must not pass for what was read
    checksum = digest(directory)
    return {"digest": checksum, **compile_pack(directory)}


def compiled_text(form: dict[str, Any]) -> str:
    """Write a compiled form, with one key of the top level on a line."""
    lines = (f"{json.dumps(key)}: {_compact(value)}" for key, value in form.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def keep(form: dict[str, Any], path: Path) -> None:
    """Keep a compiled form beside the files it is from. Where nothing can be written, each start takes longer."""
    with suppress(OSError):
        write_file(path, [compiled_text(form)])


def _compact(value: object) -> str:
    if isinstance(value, list):
        return "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in value) + "\n]"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
