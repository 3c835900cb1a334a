"""A ready text for an issue about what the knowledge says of a property: the cells, their sources, what to fill in."""

from collections.abc import Iterator

from policylint import __version__
from policylint.knowledge import Knowledge
from policylint.knowledge.catalogue import Property
from policylint.knowledge.families import Cell, Target
from policylint.knowledge.query import fold
from policylint.pages.cells import answer, describe, shared_cells


def issue(known: Property, targets: tuple[Target, ...], knowledge: Knowledge) -> Iterator[str]:
    """Yield Markdown about the cells of some releases; nothing in it is about the reader or his organisation."""
    yield f"# {known.key} on {fold(targets)}: what is known is wrong"
    yield ""
    yield f"policylint {__version__}, knowledge {knowledge.version} (as of {knowledge.as_of})"
    yield ""
    used: dict[str, None] = {}
    for family in dict.fromkeys(target.family for target in targets):
        members = [target for target in targets if target.family is family]
        groups = shared_cells(
            members, lambda target: answer(target, known.key), lambda cell: (describe(cell, cell.note), cell.sources)
        )
        for group in groups:
            yield from _cell(group.cell, group.targets, known)
            used.update(dict.fromkeys(group.sources))
    if used:
        yield "Sources:"
        yield ""
        for name in used:
            source = knowledge.sources[name]
            yield f"- `{name}`: {source.title}" + (f", {source.date}" if source.date else "")
            if source.url:
                yield f"  {source.url}"
        yield ""
    yield from _TO_FILL_IN


def _cell(cell: Cell, targets: list[Target], known: Property) -> Iterator[str]:
    yield f"- cell: `{fold(targets)}` / `{known.key}`"
    yield f"  - says: {describe(cell, cell.note)}"
    yield f"  - sources: {', '.join(f'`{name}`' for name in cell.sources) or 'none'}"
    yield ""


_TO_FILL_IN = (
    "What the client does instead (enforced, accepted, partial, ignored, blocks, unmet, not-sent):",
    "",
    "How that is known (an address, a document with its date, or what was seen on which release and hardware):",
    "",
    "Leave out names of people, mailboxes and organisations.",
)
