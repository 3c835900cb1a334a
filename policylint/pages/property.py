"""The page of a property: what it is, and what every device does with it."""

from collections.abc import Collection, Iterator

from policylint import values
from policylint.knowledge import Knowledge
from policylint.knowledge.catalogue import Property
from policylint.knowledge.families import Cell, Target
from policylint.knowledge.query import fold
from policylint.pages.cells import answer, describe, in_words, observed_text, shared_cells
from policylint.pages.text import cited, labelled, paragraph, source_list


def property_page(
    known: Property, asked: str, knowledge: Knowledge, targets: Collection[Target] | None = None
) -> Iterator[str]:
    """Yield everything about a property, of devices what some `targets` do; `asked` is the name the reader used."""
    yield from property_head(known, asked)
    for moot in known.moot_with:
        yield from labelled("pointless if", f"{moot.property} is {moot.equals}: {moot.note}")
    for note in known.entry.get("notes", ()):
        yield from labelled("note", note)
    used = list(known.sources)
    if known.reach:
        yield from labelled("changed alone", f"{known.reach.alone} {cited(known.reach.sources)}")
        yield from labelled("others change", f"{known.reach.others} {cited(known.reach.sources)}")
        used += known.reach.sources
    if known.neutral is not None:
        yield ""
        yield "What devices do with it"
        yield from _devices(known, knowledge, used, targets)
    yield from source_list(used, knowledge)


def property_head(known: Property, asked: str) -> Iterator[str]:
    """Yield what a property is, without notes and devices."""
    yield known.key + (f"  (asked for as {asked})" if asked.casefold() != known.key.casefold() else "")
    yield ""
    if known.entry.get("summary"):
        yield from paragraph(known.entry["summary"])
        yield ""
    yield from labelled("spellings", _spellings(known))
    yield from _phone_name(known)
    yield from labelled("type", _type(known))
    yield from _range(known)
    if known.neutral is None:
        yield from labelled("neutral value", "none: no device is concerned")
    else:
        yield from labelled("neutral value", " or ".join(values.to_text(value) for value in known.neutral))
    if known.gate:
        yield from labelled("counts only if", f"{known.gate.property} is {known.gate.equals}: {known.gate.note}")
    yield from labelled("scope", known.scope)
    wire = known.entry.get("wire")
    if wire:
        yield from labelled("on the wire", f"{wire['element']}, since EAS {wire['since']} ({wire['section']})")


def _spellings(known: Property) -> str:
    if known.activesync == known.mobiledevice:
        return f"{known.activesync or known.key} (both cmdlets)"
    cmdlets = (("ActiveSync", known.activesync), ("MobileDevice", known.mobiledevice))
    return ", ".join(f"{name} (Get-{cmdlet}MailboxPolicy)" for cmdlet, name in cmdlets if name)


def _phone_name(known: Property) -> Iterator[str]:
    named = known.entry.get("phone_name")
    if named:
        inverse = " (the other way round: True there is False here)" if named.get("inverted") else ""
        yield from labelled("phone's name", f"{named['name']}{inverse}")


def _type(known: Property) -> str:
    kind = known.type.replace("unlimited-", "Unlimited or ")
    unit = f", {known.entry['unit']}" if "unit" in known.entry else ""
    members = f": {', '.join(known.members)}" if known.members else ""
    return f"{kind}{unit}{members}"


def _range(known: Property) -> Iterator[str]:
    for each in ([known.range] if known.range else []) + list(known.also_range):
        where = f" ({each.where})" if each.where else ""
        bounds = f"{values.to_text(each.low)} to {values.to_text(each.high)}"
        yield from labelled("range", f"{bounds}{where} {cited(each.sources)}")


def _devices(
    known: Property, knowledge: Knowledge, used: list[str], targets: Collection[Target] | None
) -> Iterator[str]:
    """Yield a paragraph for each different thing that releases of a family do, and one for all that is unknown."""
    unknown: list[Target] = []
    for family in knowledge.families.values():
        groups = shared_cells(
            [target for target in family.targets if targets is None or target in targets],
            lambda target: answer(target, known.key),
            lambda cell: describe(cell, cell.claim),
        )
        for group in groups:
            if group.cell.support == "unknown" and not group.cell.note and not group.cell.observed:
                unknown += group.targets
                continue
            used += group.sources
            description = describe(group.cell, group.cell.claim)
            sources = f" {cited(group.sources)}" if group.sources else ""
            yield from paragraph(f"{fold(group.targets)}: {description}{sources}", "  ")
    if unknown:
        yield from paragraph(f"unknown: {fold(unknown)}", "  ")


_ORDER = (
    "enforced",
    "accepted",
    "partial",
    "ignored",
    "blocks",
    "unmet",
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
    parts += [f"seen here: {observed_text(each)}" for each in cell.observed]
    return f" ({', '.join(parts)})" if parts else ""
