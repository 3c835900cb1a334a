"""Style and scripts, as files beside the pages. Colours and tables are those of the report page."""

from collections.abc import Iterator
from pathlib import Path

from policylint.html.page import STYLES, joined

_HERE = Path(__file__).parent / "assets"
_ELEMENT = "policylint-property.js"


def assets() -> Iterator[tuple[str, str]]:
    """Yield each file by its place."""
    yield "assets/site.css", joined(STYLES, "css") + _read("site.css")
    yield "assets/page.js", joined(("scheme", "copy"), "js")
    for name in ("answers.js", "search.js", "compare.js"):
        yield f"assets/{name}", _read(name)
    yield f"embed/{_ELEMENT}", _read("answers.js") + _read(_ELEMENT)


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
