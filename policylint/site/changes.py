"""What changed in the facts, as a feed (Atom) beside the page that tells the same."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from policylint.knowledge import Knowledge
from policylint.pages.upkeep import changes_page
from policylint.writing.style import printable


def feed(knowledge: Knowledge) -> str:
    """Return the feed: an entry for each version of the knowledge, the newest first."""
    return "\n".join(_lines(knowledge)) + "\n"


def _lines(knowledge: Knowledge) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield '<feed xmlns="http://www.w3.org/2005/Atom">'
    yield "<id>urn:policylint:changes</id>"
    yield "<title>policylint: what changed in the facts</title>"
    yield f"<updated>{_text(knowledge.as_of)}T00:00:00Z</updated>"
    yield "<author><name>policylint</name></author>"
    for each in knowledge.changes:
        told = "\n".join(map(_text, changes_page([each])))
        yield "<entry>"
        yield f"<id>urn:policylint:changes:{_text(each['version'])}</id>"
        yield f"<title>{_text(each['version'])}</title>"
        yield f"<updated>{_text(each['as_of'])}T00:00:00Z</updated>"
        yield '<link rel="alternate" href="changes.html"/>'
        yield f'<content type="text">{told}</content>'
        yield "</entry>"
    yield "</feed>"


def _text(text: str) -> str:
    return escape(printable(str(text)))
