"""The page of a device family, or of the releases that a query selects."""

from collections.abc import Iterator
from functools import partial

from policylint.knowledge import Knowledge
from policylint.knowledge.families import Family, Target
from policylint.knowledge.query import fold
from policylint.pages.cells import HEADINGS, describe, gather, shared_cells
from policylint.pages.text import cited, labelled, paragraph, source_list, stated

_FACTS = {
    "eas": "EAS",
    "accounts": "accounts",
    "certificates": "certificates",
    "wipe": "wipe",
    "compliance": "compliance",
    "servers": "servers",
}
"""The facts of a release that a page shows, with what it calls them."""


def device_page(targets: tuple[Target, ...], knowledge: Knowledge) -> Iterator[str]:
    """Yield what is known of some releases, family by family."""
    used: list[str] = []
    for number, family in enumerate(dict.fromkeys(target.family for target in targets)):
        if number:
            yield ""
        yield from _family(family, [target for target in targets if target.family is family], knowledge, used)
    yield from source_list(used, knowledge)


def _family(family: Family, targets: list[Target], knowledge: Knowledge, used: list[str]) -> Iterator[str]:
    yield f"{fold(targets)}: {family.name}"
    yield ""
    if family.aliases:
        yield from labelled("also called", ", ".join(family.aliases))
    if family.tags:
        yield from labelled("tags", ", ".join(family.tags))
    dates = [f"{target.version} ({target.date or 'date unknown'})" for target in targets]
    yield from labelled("releases", ", ".join(dates))
    current = [target.version for target in targets if target.current]
    yield from labelled("still in service", ", ".join(current) or "none of them")
    if family.note:
        yield from labelled("note", family.note)
    yield from _facts(targets, used)
    yield from _support(targets, knowledge, used)


def _facts(targets: list[Target], used: list[str]) -> Iterator[str]:
    """Yield what holds for whole releases: provisioning, the other facts, known bugs."""
    for found, members in gather(targets, lambda target: target.provisioning).items():
        used += found.sources
        grade = f" ({found.evidence})" if found.evidence else ""
        said = f"{found.ability}; with the gate open: {found.gate_open}{grade}"
        yield from labelled("provisioning", f"{fold(members)}: {stated(said, found.note, sources=found.sources)}")
    for name, label in _FACTS.items():
        facts: dict[str, list[Target]] = {}
        for target in targets:
            for fact in target.facts(name):
                shown = "; ".join(
                    f"{key} {', '.join(value) if isinstance(value, list) else value}"
                    for key, value in fact.items()
                    if key not in ("sources", "note", "versions", "releases")
                )
                text = stated(shown, fact.get("note"), sources=fact.get("sources", ()))
                facts.setdefault(text, []).append(target)
                used += fact.get("sources", ())
        for text, members in facts.items():
            yield from labelled(label, f"{fold(members)}: {text}")
    for name, label in (("known_bugs", "known bug"), ("instead", "instead"), ("facts", "also known")):
        for told in targets[0].family.entry[name]:
            members = [target for target in targets if target.position in told["releases"]]
            if members:
                used += told["sources"]
                text = stated(told["text"], told.get("fix"), sources=told["sources"])
                yield from labelled(label, f"{fold(members)}: {text}")
    for conflict in targets[0].family.entry["conflicts"]:
        members = [target for target in targets if target.position in conflict["releases"]]
        if members:
            sides = []
            for side in conflict["sides"]:
                used += side.get("sources", ())
                sides.append(stated(side["says"], sources=side.get("sources", ())))
            text = f"{fold(members)}, {conflict['about']}: {' '.join(sides)} Taken here: {conflict['taken']}"
            yield from labelled("disputed", text)


def _support(targets: list[Target], knowledge: Knowledge, used: list[str]) -> Iterator[str]:
    """Yield the properties by what the releases do with them; what is the same is told once."""
    asked = [target for target in targets if target.provisioning.ability != "none"]
    grouped: dict[str, dict[tuple[str, str], tuple[list[str], list[str]]]] = {}
    for known in knowledge.catalogue.properties:
        if known.kind != "device" and not any(known.key in target.family.support for target in targets):
            continue
        groups = shared_cells(
            asked, partial(Target.cell, key=known.key), lambda cell: (cell.support, describe(cell, cell.note))
        )
        for group in groups:
            same = grouped.setdefault(group.cell.support, {})
            keys, sources = same.setdefault((fold(group.targets), describe(group.cell, group.cell.note)), ([], []))
            keys.append(known.key)
            sources += group.sources
    for support, heading in HEADINGS.items():
        if support not in grouped:
            continue
        yield ""
        yield heading
        for (where, text), (keys, sources) in grouped[support].items():
            used += sources
            yield from paragraph(", ".join(keys), "  ")
            yield from paragraph(f"{where}: {text}" + (f" {cited(sources)}" if sources else ""), "      ")
