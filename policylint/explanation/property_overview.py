"""A property on one screen: what it is, and who does what with it."""

from collections.abc import Iterator

from policylint import values
from policylint.explanation.condition import in_words
from policylint.knowledge import Knowledge
from policylint.knowledge.catalogue import Property
from policylint.knowledge.families import Cell, Target
from policylint.knowledge.query import fold
from policylint.pages.property import property_head
from policylint.pages.text import cited, labelled

_ORDER = (
    "enforced",
    "accepted",
    "partial",
    "ignored",
    "blocks",
    "not-sent",
    "must-be",
    "no policy",
    "not-applicable",
    "unknown",
)


def property_overview(known: Property, asked: str, knowledge: Knowledge) -> Iterator[str]:
    """Yield the short page of a property; `asked` is the name the reader used."""
    yield from property_head(known, asked)
    if known.neutral is not None:
        yield ""
        for support, parts in _by_support(known, knowledge).items():
            yield from labelled(support, "; ".join(parts))
    yield ""
    yield f"Notes, reasons and the sources in full: policylint explain {known.key} --full"


def _by_support(known: Property, knowledge: Knowledge) -> dict[str, list[str]]:
    """Return for each kind of support the targets, each family with its evidence, condition and sources."""
    found: dict[str, list[str]] = {support: [] for support in _ORDER}
    for family in knowledge.families.values():
        groups: dict[tuple[str, str, tuple[str, ...]], list[Target]] = {}
        for target in family.targets:
            cell = target.cell(known.key)
            if target.provisioning.ability == "none":
                cell = Cell("no policy", target.provisioning.evidence, None, target.provisioning.sources)
            groups.setdefault((cell.support, _aside(cell, known), cell.sources), []).append(target)
        merged: dict[tuple[str, str], tuple[list[Target], list[str]]] = {}
        for (support, aside, sources), targets in groups.items():
            members, used = merged.setdefault((support, aside), ([], []))
            members += targets
            used += sources
        for (support, aside), (members, used) in merged.items():
            shown = f"{fold(sorted(members, key=lambda target: target.position))}{aside}"
            found.setdefault(support, []).append(f"{shown} {cited(used)}" if used and support != "unknown" else shown)
    return {support: parts for support, parts in found.items() if parts}


def _aside(cell: Cell, known: Property) -> str:
    """Return what sets a cell apart from others of its support."""
    parts = []
    if cell.support == "must-be":
        parts.append(values.to_text(known.written(cell.value)))
    if cell.blocks is not None:
        parts.append(f"{'' if cell.support == 'blocks' else 'refuses '}{in_words(cell.blocks)}")
    if cell.scope:
        parts.append(f"{cell.scope} only")
    if cell.evidence == "inferred":
        parts.append("inferred")
    return f" ({', '.join(parts)})" if parts else ""
