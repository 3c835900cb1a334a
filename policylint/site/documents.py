"""The documents that people wrote: those of docs/, and those at the root of the repository."""

from collections.abc import Iterator

from policylint.site.frame import Frame
from policylint.site.places import ROOT, place_of, title_of


def documents(frame: Frame) -> Iterator[tuple[str, str]]:
    """Yield the page of each document, by its place."""
    for document in frame.places.documents:
        title, text = title_of((ROOT / document).read_text(encoding="utf-8"))
        place = place_of(document)
        yield frame.page("prose", place, title, body=frame.markdown(text, document, place, title))
