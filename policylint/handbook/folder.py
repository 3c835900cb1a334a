"""The folder of the reference: pages are written into it, and pages that no longer belong are taken away."""

from collections.abc import Mapping
from pathlib import Path

from policylint.handbook.page import MARK


class ForeignFileError(Exception):
    """A file that stands where a page belongs and that somebody wrote by hand."""


def write_pages(pages: Mapping[str, str], folder: Path) -> None:
    """Write pages, and remove older ones that are not among them; files without the mark of a page are left alone.

    Raises `ForeignFileError` before anything is written.
    """
    present = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.md")}
    for place, path in present.items():
        if place in pages and not _is_page(path):
            raise ForeignFileError(f"{path} was not made by this program; it is not replaced")
    for place, path in present.items():
        if place not in pages and _is_page(path):
            path.unlink()
    for place, text in pages.items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def _is_page(path: Path) -> bool:
    return path.read_bytes().rstrip().endswith(MARK.encode())
