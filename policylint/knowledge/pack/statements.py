"""What single statements of a family file may not say. Every function raises `PackError` with file and line."""

from policylint.knowledge.catalogue import Property
from policylint.knowledge.pack import schema
from policylint.knowledge.pack.reading import At, Entry
from policylint.knowledge.pack.written_values import check_pattern


def check_merging(entry: Entry, statement: schema.Merging, at: At, known: dict[str, Property]) -> None:
    """Refuse properties whose values cannot be merged, and needs that nothing could meet."""
    for name in (*statement.properties, *statement.needs, *statement.needs.values()):
        merged = known.get(name)
        if merged is None or merged.kind != "device" or merged.stricter == "none":
            raise entry.error(at, f"{name} is no property whose values could be merged")
    for needed in statement.needs.values():
        if known[needed].type != "bool":
            raise entry.error((*at, "needs"), f"{needed} is neither True nor False, so nothing can need it")


def check_conditions(entry: Entry, bug: schema.KnownBug, at: At, known: dict[str, Property]) -> None:
    """Refuse conditions of a known bug that no policy could be held against."""
    for index, pattern in enumerate(bug.when):
        if pattern.property not in known:
            raise entry.error((*at, "when", index), f"{pattern.property} is no property")
        check_pattern(entry, pattern, (*at, "when", index), known[pattern.property])
