"""Writes a file whole or not at all: UTF-8, lines ended by a line feed."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO


def write_file(path: Path, pieces: Iterable[str]) -> None:
    """Write pieces of text in place of what a file held. Raises `OSError`, and then the file is as it was."""
    if path.exists() and not path.is_file():  # a device or a pipe can be written to, and not be replaced
        with opened(path, "w") as file:
            file.writelines(pieces)
        return
    target = Path(os.path.realpath(path))  # what a link leads to is replaced, and not the link
    draft = target.with_name(f".policylint-{os.getpid()}.tmp")
    try:
        with opened(draft, "x") as file:
            file.writelines(pieces)
        if target.exists():
            shutil.copymode(target, draft)
        os.replace(draft, target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def opened(path: Path, mode: str) -> TextIO:
    """Open a file for text that may name paths which are no text."""
    return open(path, mode, encoding="utf-8", errors="backslashreplace", newline="\n")  # type: ignore[return-value]
