"""The frame of every page: its head, the way to the others, style and scripts from files beside it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from policylint import __version__
from policylint.handbook.page import Page
from policylint.html.page import environment
from policylint.knowledge import Knowledge
from policylint.site.places import REFERENCE, ROOT, Places, place_of, way
from policylint.site.prose import rendered

_HERE = Path(__file__).parent
_REPORT = _HERE.parent / "html"
_JUMPS = (
    ("Search", "index.html"),
    ("Settings", "reference.html#settings-for-devices"),
    ("Clients", "reference.html#devices"),
    ("Rules", "reference.html#rules"),
    ("Servers", "servers.html"),
    ("Compare", "compare.html"),
    ("What is known", "scoreboard.html"),
    ("Changes", "changes.html"),
    ("Sources", "sources.html"),
    ("Documents", "docs/index.html"),
)
POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'self'; script-src 'self'; connect-src 'none'"
)
"""What a page may load: the files beside it."""


class Frame:
    """Sets pages. It knows where each stands, and takes note of the files of the repository they lead to.

    With `tried` all of them lead to the page on which exports are judged.
    """

    def __init__(self, knowledge: Knowledge, places: Places, tried: bool):
        self.places = places
        self._knowledge = knowledge
        self._jumps = (*_JUMPS[:1], ("Try it", "try-it.html"), *_JUMPS[1:]) if tried else _JUMPS
        self._environment = environment(_HERE, _REPORT)
        self._environment.globals.update(way=way)

    def page(self, template: str, place: str, title: str, **context: Any) -> tuple[str, str]:
        """Fill a template; return the place of the page with its text."""
        root = way(place, ".")
        made = self._environment.get_template(f"{template}.html").render(
            title=title,
            place=place,
            root="" if root == "." else f"{root}/",
            jumps=[(name, way(place, there)) for name, there in self._jumps],
            content_policy=context.pop("content_policy", POLICY),
            knowledge=self._knowledge,
            program=__version__,
            **context,
        )
        return place, made

    def markdown(self, text: str, document: str, place: str, title: str = "") -> Any:
        """Return the HTML of some Markdown of a document on the page at `place`."""
        return rendered(text, lambda link: self.places.address(document, place, link), title)

    def of_handbook(self, page: Page, **context: Any) -> tuple[str, str]:
        """Set a page of the handbook."""
        document = f"{REFERENCE}/{page.place}"
        place = place_of(document)
        return self.page(
            "prose", place, page.title, body=self.markdown(page.body, document, place, page.title), **context
        )

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield the files of the repository that pages lead to."""
        for place, path in self.places.files.items():
            yield place, (ROOT / path).read_text(encoding="utf-8")
