"""The one door through which every text goes onto a page: it stays text, on its line, in its direction.

Jinja2 calls it for whatever a template prints, and escapes what comes out.
"""

from typing import Any

from policylint.writing.style import printable

LONGEST = 400
"""Characters of a text that names something; a longer one is cut. Commands never are: they are there to be copied."""


class Whole(str):
    """A text that is printed to its end, however long."""

    __slots__ = ()


def harmless(value: Any) -> Any:
    """Return what a template prints: no character of it controls or reorders anything. Markup of our own passes."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    text = printable(value)
    return text if isinstance(value, Whole) or len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def address(url: str | None) -> str:
    """Return where a link may lead: to the web, or nowhere."""
    return url if url and url.startswith(("https://", "http://")) else ""
