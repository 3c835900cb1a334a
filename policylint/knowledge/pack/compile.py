"""The compiled form of a data pack, as text and beside its TOML files.

It saves start-up time and decides nothing: `load` uses it only while its checksum is that of the files.
"""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from policylint.knowledge import compile_pack
from policylint.knowledge.digest import digest
from policylint.knowledge.families import HEAD
from policylint.writing.whole import write_file


def compiled(directory: Path) -> dict[str, Any]:
    """Return the compiled form of a pack, and from which files it is. Raises `pack.PackError`."""
    # before the files are read: one that changes meanwhile must not pass for what was read
    checksum = digest(directory)
    return {"digest": checksum, **compile_pack(directory)}


def compiled_text(form: dict[str, Any]) -> str:
    """Write a compiled form: a line of JSON, and one more for each family, which is read when it is asked for."""
    families = form.get("families", [])
    heads = {"families": [{name: entry[name] for name in HEAD} for entry in families]} if families else {}
    lines = ({**form, **heads}, *families)
    return "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)


def keep(form: dict[str, Any], path: Path) -> None:
    """Keep a compiled form beside the files it is from. Where nothing can be written, each start takes longer."""
    with suppress(OSError):
        write_file(path, [compiled_text(form)])
