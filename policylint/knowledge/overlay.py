"""Lay one pack over another: what has the same name replaces what was there, and a note says so."""

from policylint.knowledge.pack.reading import Entry, PackFiles


def lay_over(base: PackFiles, own: PackFiles) -> list[str]:
    """Add the entries of a pack to `base` and return a note for each entry it replaces."""
    notes: list[str] = []
    for what, kept, added in (
        ("source", base.sources, own.sources),
        ("property", base.properties, own.properties),
        ("family", base.families, own.families),
        ("server", base.servers, own.servers),
        ("rule", base.rules, own.rules),
        ("profile", base.profiles, own.profiles),
    ):
        notes += _replace(what, kept, added)
    return notes


def _replace(what: str, kept: dict[str, Entry], added: dict[str, Entry]) -> list[str]:
    notes = [f"{entry.path} replaces the {what} {name}" for name, entry in added.items() if name in kept]
    kept.update(added)
    return notes
