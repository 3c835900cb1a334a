"""Where every page of the site stands, and which of them a link in a document means."""

import posixpath
import re
from collections.abc import Iterable
from pathlib import Path

from policylint.handbook.markdown import anchors
from policylint.handbook.page import Page
from policylint.handbook.places import SERVERS, SOURCES, source_anchors
from policylint.knowledge import Knowledge

ROOT = Path(__file__).parents[2]
REFERENCE = "docs/reference"
PROSE = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
"""What stands at the root of the repository and is part of the site; every page of docs/ is as well."""

_FOLDERS = {"devices": "clients", "properties": "settings", "rules": "rules"}
_NAMES = {"README": "index"}
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


def place_of(document: str) -> str:
    """Return where the page of a document stands; both are paths, below the repository and below the site."""
    folder, name = posixpath.split(document)
    stem = name.removesuffix(".md")
    if folder == REFERENCE:
        return "reference.html" if stem == "README" else f"{stem}.html"
    if folder.startswith(f"{REFERENCE}/"):
        last = posixpath.basename(folder)
        return f"{_FOLDERS.get(last, last)}/{stem}.html"
    return f"docs/{_NAMES.get(stem, stem)}.html" if folder == "docs" else f"docs/{stem.lower()}.html"


def setting_place(key: str) -> str:
    """Return the place of the page of a property."""
    return f"settings/{key}.html"


def client_place(family: str) -> str:
    """Return the place of the page of a family."""
    return f"clients/{family}.html"


class Places:
    """Finds what a link in a document leads to."""

    def __init__(self, knowledge: Knowledge, pages: Iterable[Page]):
        self.sources = {name: f"sources/{anchor}.html" for name, anchor in source_anchors(knowledge).items()}
        anchored = {anchor: self.sources[name] for name, anchor in source_anchors(knowledge).items()}
        names = [server.name for server in knowledge.servers]
        self.servers = {server.id: f"servers/{server.id}.html" for server in knowledge.servers}
        by_heading = zip(anchors(["Servers", *names])[1:], self.servers.values(), strict=True)
        self._parts = {f"{REFERENCE}/{SOURCES}": anchored, f"{REFERENCE}/{SERVERS}": dict(by_heading)}
        self.documents = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md"))
        self.documents += [name for name in PROSE if (ROOT / name).is_file()]
        self._known = {*self.documents, f"{REFERENCE}/{SOURCES}", *(f"{REFERENCE}/{page.place}" for page in pages)}
        self.files: dict[str, str] = {}

    def address(self, document: str, place: str, link: str) -> str | None:
        """Return what a link of a document becomes on the page at `place`; None where there is nothing to lead to."""
        path, _, anchor = link.partition("#")
        if not path:
            return link
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(document), path))
        part = self._parts.get(wanted, {}).get(anchor)
        if part:
            return way(place, part)
        if wanted in self._known:
            return way(place, place_of(wanted)) + (f"#{anchor}" if anchor else "")
        if wanted.startswith("..") or not (ROOT / wanted).is_file():
            return None
        self.files[f"files/{wanted}"] = wanted
        return way(place, f"files/{wanted}")


def way(start: str, end: str) -> str:
    """Return the relative address that leads from one page of the site to another."""
    return posixpath.relpath(end, posixpath.dirname(start) or ".")


def title_of(text: str) -> tuple[str, str]:
    """Split a document into its title and what stands below it."""
    found = _TITLE.search(text)
    return (found[1], text[found.end() :].lstrip()) if found else ("", text)
