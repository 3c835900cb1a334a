"""The page of a property: what it is, and what every device does with it."""

from collections.abc import Iterator

from policylint import values
from policylint.explanation.page import cited, labelled, paragraph, source_list
from policylint.knowledge import Knowledge
from policylint.knowledge.catalogue import Property
from policylint.knowledge.families import Cell, Condition, Target
from policylint.knowledge.query import fold


def property_page(known: Property, asked: str, knowledge: Knowledge) -> Iterator[str]:
    """Yield everything about a property; `asked` is the name the reader used."""
    yield known.key + (f"  (asked for as {asked})" if asked.casefold() != known.key.casefold() else "")
    yield ""
    if known.entry.get("summary"):
        yield from paragraph(known.entry["summary"])
        yield ""
    yield from labelled("spellings", f"{known.activesync or '-'} (Get-ActiveSyncMailboxPolicy), "
                                     f"{known.mobiledevice or '-'} (Get-MobileDeviceMailboxPolicy)")  # fmt: skip
    yield from _phone_name(known)
    yield from labelled("type", _type(known))
    yield from _range(known)
    if known.neutral is None:
        yield from labelled("neutral value", "none: no device is concerned")
    else:
        yield from labelled("neutral value", " or ".join(values.to_text(value) for value in known.neutral))
    if known.gate:
        yield from labelled("counts only if", f"{known.gate.property} is {known.gate.equals}: {known.gate.note}")
    for moot in known.moot_with:
        yield from labelled("pointless if", f"{moot.property} is {moot.equals}: {moot.note}")
    yield from labelled("scope", known.scope)
    wire = known.entry.get("wire")
    if wire:
        yield from labelled("on the wire", f"{wire['element']}, since EAS {wire['since']} ({wire['section']})")
    for note in known.entry.get("notes", ()):
        yield from labelled("note", note)
    used = list(known.sources)
    if known.neutral is not None:
        yield ""
        yield "What devices do with it"
        yield from _devices(known, knowledge, used)
    yield from source_list(used, knowledge)


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


def _devices(known: Property, knowledge: Knowledge, used: list[str]) -> Iterator[str]:
    """Yield a paragraph for each different thing that releases of a family do, and one for all that is unknown."""
    unknown: list[Target] = []
    for family in knowledge.families.values():
        groups: dict[str, tuple[list[Target], list[str]]] = {}
        for target in family.targets:
            cell = target.cell(known.key)
            if target.provisioning.ability == "none":
                cell = Cell("no policy at all", target.provisioning.evidence, None, target.provisioning.sources)
            if cell.support == "unknown" and not cell.note:
                unknown.append(target)
            else:
                targets, sources = groups.setdefault(describe(cell, cell.claim), ([], []))
                targets.append(target)
                sources += cell.sources
        for description, (targets, sources) in groups.items():
            used += sources
            yield from paragraph(f"{fold(targets)}: {description} {cited(sources)}", "  ")
    if unknown:
        yield from paragraph(f"unknown: {fold(unknown)}", "  ")


def describe(cell: Cell, note: str | None) -> str:
    """Describe a cell in one line: support, condition, evidence and as much of its note as is given."""
    parts = [cell.support if cell.support != "must-be" else f"must be {values.to_text(_plain(cell.value))}"]
    if cell.blocks:
        parts.append(f"{'' if cell.support == 'blocks' else 'but refuses '}{_condition(cell.blocks)}")
    if cell.scope:
        parts.append(f"in the {cell.scope} only")
    if cell.ungated:
        parts.append("even while no password is required")
    if cell.evidence:
        parts.append(f"({cell.evidence})")
    return " ".join(parts) + (f": {note}" if note else "")


def _plain(value: object) -> values.Value:
    if value == "$null" or value is None:
        return None
    return tuple(value) if isinstance(value, list) else value  # type: ignore[return-value]


def _condition(condition: Condition) -> str:
    parts = []
    if condition.equals is not None:
        parts.append("at " + " or ".join(map(str, condition.equals)))
    if condition.above is not None:
        parts.append(f"above {condition.above}")
    if condition.below is not None:
        parts.append(f"below {condition.below}")
    if condition.hardware:
        parts.append(f"on hardware ({condition.hardware})")
    return " ".join(parts)
