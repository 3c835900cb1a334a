"""How pages are laid out: wrapped paragraphs, labelled lines, a list of sources at the end."""

import textwrap
from collections.abc import Iterable, Iterator
from functools import partial

from policylint.knowledge import Knowledge

WIDTH = 100

# names such as sony-mail stay whole
_wrap = partial(textwrap.wrap, width=WIDTH, break_on_hyphens=False, break_long_words=False)


def paragraph(text: str, indent: str = "") -> Iterator[str]:
    """Wrap a text to the width of a page."""
    yield from _wrap(text, initial_indent=indent, subsequent_indent=indent) or [""]


def labelled(label: str, text: str, width: int = 16) -> Iterator[str]:
    """Wrap a text beside its label."""
    indent = " " * (width + 2)
    yield from _wrap(text, initial_indent=f"{label:{width}}  ", subsequent_indent=indent)


def source_list(ids: Iterable[str], knowledge: Knowledge) -> Iterator[str]:
    """List sources with what their ids in the page stand for."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return
    yield ""
    yield "Sources"
    for name in wanted:
        source = knowledge.sources[name]
        date = f", {source.date}" if source.date else ""
        yield from _wrap(f"[{name}] {source.title}{date}", initial_indent="  ", subsequent_indent="      ")
        if source.url:
            yield f"      {source.url}"


def stated(*parts: str | None, sources: Iterable[str] = ()) -> str:
    """Join what is said to sentences, parts that say nothing left out, with its sources behind it."""
    said = [part.strip() for part in parts if part and part.strip()]
    ended = [part if part.endswith((".", "?", "!")) else f"{part}." for part in said]
    begun = [f"{part[:1].upper()}{part[1:]}" if number else part for number, part in enumerate(ended)]
    ids = list(dict.fromkeys(sources))
    return " ".join([*begun, *([cited(ids)] if ids else [])])


def cited(ids: Iterable[str]) -> str:
    """Print source ids behind a statement."""
    return "[" + ", ".join(dict.fromkeys(ids)) + "]"
