"""Write the compiled form of a data pack beside its TOML files: `python -m policylint.knowledge.pack.compile [DIR]`.

The compiled form saves start-up time and decides nothing: `load` uses it only while its digest matches every file.
"""

import json
import sys
from pathlib import Path

from policylint.knowledge import COMPILED, compile_pack, pack_directory
from policylint.knowledge.digest import digest


def compiled_text(directory: Path) -> str:
    """Return the text of the compiled form. Raises `pack.PackError`."""
    form = {"digest": digest(directory), **compile_pack(directory)}
    # one top-level key a line, so that a change to one part of the pack is a small difference
    lines = (f"{json.dumps(key)}: {_compact(value)}" for key, value in form.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _compact(value: object) -> str:
    if isinstance(value, list):
        return "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in value) + "\n]"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def main() -> None:
    """Compile the pack of the directory given, by default the shipped one."""
    directory = Path(sys.argv[1]) if len(sys.argv) > 1 else pack_directory()
    (directory / COMPILED).write_text(compiled_text(directory), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
