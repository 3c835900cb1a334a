"""Everything that is made and committed: the published schemas, the reference, the manual page, sample reports."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from policylint.handbook import pages
from policylint.handbook.man_page import man_page
from policylint.handbook.page import MARK
from policylint.handbook.samples import samples
from policylint.knowledge import Knowledge
from policylint.schemas import published

REFERENCE = "docs/reference"


class ForeignFileError(Exception):
    """A file that stands where a page belongs and that somebody wrote by hand."""


def everything(knowledge: Knowledge) -> dict[str, str]:
    """Return every text that is made, by its path below the root of the repository."""
    return {
        **{f"docs/schema/{name}-1.schema.json": text for name, text in published().items()},
        **{f"{REFERENCE}/{place}": text for place, text in pages(knowledge).items()},
        "docs/man/policylint.1": man_page(),
        **samples(knowledge),
    }


def differences(made: Mapping[str, str], root: Path) -> dict[Path, str | None]:
    """Return the files that are not what is made, each with its text; None: an older page that no longer belongs.

    Raises `ForeignFileError` where a page would take the place of what somebody wrote.
    """
    found: dict[Path, str | None] = {}
    for place, text in made.items():
        path = root / place
        there = path.read_bytes() if path.is_file() else None
        if there is not None and place.startswith(f"{REFERENCE}/") and not _is_page(there):
            raise ForeignFileError(f"{place} was not made by this program; it is not replaced")
        if there != text.encode():
            found[path] = text
    return {**found, **dict.fromkeys(_gone(made, root))}


def _gone(made: Mapping[str, str], root: Path) -> Iterator[Path]:
    for path in sorted((root / REFERENCE).rglob("*.md")):
        if path.relative_to(root).as_posix() not in made and _is_page(path.read_bytes()):
            yield path


def put_right(found: Mapping[Path, str | None]) -> None:
    """Write what differs, and remove what no longer belongs."""
    for path, text in found.items():
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")


def _is_page(content: bytes) -> bool:
    return content.rstrip().endswith(MARK.encode())
