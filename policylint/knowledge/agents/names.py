"""Find the entry of a DeviceType or DeviceId: by the whole value first, then by how it begins."""

from collections.abc import Callable, Iterable

from policylint.knowledge.pack.schema.agents import NameEntry


def named(text: str, entries: Iterable[NameEntry], fold: Callable[[str], str] = str) -> NameEntry | None:
    """Return the entry of a value, comparing what `fold` makes of both sides."""
    entries, text = tuple(entries), fold(text)
    for entry in entries:
        if any(fold(value) == text for value in entry.values):
            return entry
    return next((entry for entry in entries if any(text.startswith(fold(each)) for each in entry.prefixes)), None)
