"""The page of a property of a policy: what it means, and what every device does with it."""

from collections.abc import Iterator
from typing import Any

from policylint import values
from policylint.handbook.cell_text import details
from policylint.handbook.markdown import code, items, said_once, table
from policylint.handbook.page import Notes, Page, releases
from policylint.handbook.places import property_place
from policylint.handbook.words import SCOPES, SERVER_APPLIES, STRICTER
from policylint.knowledge import Knowledge
from policylint.knowledge.catalogue import Property
from policylint.knowledge.families import Family, Target
from policylint.pages.cells import NO_POLICY, SharedCell, answer, describe, plain_text, shared_cells


def add_devices(page: Page, known: Property) -> None:
    """Add a row for each different thing that releases of a family do, and list where nothing is known."""
    page.heading("What devices do with it")
    notes = Notes(page)
    rows = []
    unknown: dict[Family, list[Target]] = {}
    for family in page.knowledge.families.values():
        for shared in _answers(page, family, known):
            if shared.cell.support == "unknown" and not shared.cell.note:
                unknown.setdefault(family, []).extend(shared.targets)
            else:
                rows.append(_row(page, family, shared, notes))
    if rows:
        page.add("The pages of the devices say more; a note here is the reason in short, with its sources.")
        page.add(table(["Device", "Releases", "Support", "Evidence", "Details", "Note"], said_once(rows)))
        notes.add()
    if unknown:
        page.heading("Not known", 3)
        page.add("Nobody has documented what these do with it:")
        page.add(items(f"{page.family(family)}: {releases(targets)}" for family, targets in unknown.items()))


def _answers(page: Page, family: Family, known: Property) -> list[SharedCell]:
    return shared_cells(
        family.targets,
        lambda target: answer(target, known.key),
        lambda cell: (describe(cell, cell.claim), details(cell, page)),
    )


def _row(page: Page, family: Family, shared: SharedCell, notes: Notes) -> list[str]:
    cell = shared.cell
    return [
        page.family(family),
        releases(shared.targets),
        cell.support if cell.support == NO_POLICY else code(cell.support),
        cell.evidence or "",
        details(cell, page),
        notes.number(f"{cell.claim}." if cell.claim else None, shared.sources),
    ]


def property_page(known: Property, knowledge: Knowledge) -> Page:
    """Write everything that is known of a property."""
    page = Page(property_place(known), known.key, knowledge)
    if known.entry.get("summary"):
        page.add(page.prose(known.entry["summary"]))
    add_meaning(page, known)
    if known.neutral is not None:
        add_devices(page, known)
    add_rules(page, known)
    return page


def add_meaning(page: Page, known: Property) -> None:
    """Add what a property is called, which values it takes, when it counts, and what is to be noted."""
    page.add(items([*_names(known), *_value(page, known), *_relations(page, known), *_elsewhere(page, known)]))
    notes = known.entry.get("notes", ())
    if notes:
        page.heading("Notes")
        page.add(items(map(page.prose, notes)))
    _add_defaults(page, known)


def _names(known: Property) -> Iterator[str]:
    for cmdlet, name in (
        ("Get-ActiveSyncMailboxPolicy", known.activesync),
        ("Get-MobileDeviceMailboxPolicy", known.mobiledevice),
    ):
        yield f"**In {code(cmdlet)}:** {code(name) if name else 'not there'}"
    if known.phone_name:
        inverse = ", the other way round" if known.entry["phone_name"].get("inverted") else ""
        yield f"**In the list of the phone's maker:** {code(known.phone_name)}{inverse}"


def type_text(page: Page, known: Property) -> str:
    """Say which values a property takes, without its range."""
    unlimited = known.type.startswith("unlimited-")
    kind = known.type.removeprefix("unlimited-")
    members = f" {', '.join(map(code, known.members))}" if known.members else ""
    odd = f" (odd: {', '.join(map(code, known.odd_members))})" if known.odd_members else ""
    unit = f", {page.prose(known.entry['unit'])}" if "unit" in known.entry else ""
    return f"{kind}{members}{odd}{unit}{f', or {code(values.UNLIMITED)}' if unlimited else ''}"


def _value(page: Page, known: Property) -> Iterator[str]:
    yield f"**Type:** {type_text(page, known)}"
    for each in ([known.range] if known.range else []) + list(known.also_range):
        where = f", by {page.prose(each.where)}" if each.where else ""
        bounds = f"{code(values.to_text(each.low))} to {code(values.to_text(each.high))}"
        yield f"**Range:** {bounds}{where} ({page.sources(each.sources)})"
    if known.neutral is None:
        yield "**Neutral value:** none, for no device is concerned"
    else:
        neutral = " or ".join(code(values.to_text(value)) for value in known.neutral)
        yield f"**Neutral value:** {neutral}, which asks nothing of a device"
    if known.stricter == "ordered":
        yield f"**Stricter:** from strict to lax: {', '.join(map(code, known.order))}"
    else:
        yield f"**Stricter:** {STRICTER[known.stricter]}"


def _relations(page: Page, known: Property) -> Iterator[str]:
    catalogue = page.knowledge.catalogue
    if known.gate:
        gate = f"{page.property(catalogue[known.gate.property])} is {code(str(known.gate.equals))}"
        basis = "by the protocol" if known.gate.basis == "protocol" else "for some clients"
        yield f"**Counts only if** {gate}, {basis}: {page.prose(known.gate.note)}"
    for moot in known.moot_with:
        on = f"{page.property(catalogue[moot.property])} is {code(str(moot.equals))}"
        yield f"**Pointless if** {on}: {page.prose(moot.note)}"
    if known.same_flag_as:
        yield f"**Same flag as** {page.property(catalogue[known.same_flag_as])}"


def _elsewhere(page: Page, known: Property) -> Iterator[str]:
    entry = known.entry
    yield f"**Holds for:** {SCOPES[known.scope]}"
    if known.server_applies:
        yield f"**Applied by Exchange itself:** {SERVER_APPLIES[known.server_applies]}"
    if known.reach:
        sources = page.sources(known.reach.sources)
        yield f"**Made stricter alone, while devices are in:** {page.prose(known.reach.alone)} ({sources})"
        yield f"**If any setting changes that is sent to devices:** {page.prose(known.reach.others)} ({sources})"
    if "absent_feature" in entry:
        feature = entry["absent_feature"]
        yield f"**A client without** {page.prose(feature['feature'])} may pass over it ({page.prose(feature['basis'])})"
    if "first_exchange" in entry:
        yield f"**Since Exchange** {entry['first_exchange']['version']} ({entry['first_exchange']['basis']})"
    if known.cal:
        yield f"**Client access licence:** {known.cal}"
    if "wire" in entry:
        yield from _wire(page, entry["wire"])


def _wire(page: Page, wire: dict[str, Any]) -> Iterator[str]:
    yield (
        f"**On the wire:** element {code(wire['element'])} ({wire['section']}), "
        f"{page.prose(wire['type'])}, since EAS {wire['since']}"
    )
    codes = ", ".join(f"{code(sent)} = {code(plain_text(meant))}" for sent, meant in wire["codes"].items())
    yield f"**Its values there:** {codes}"
    if "eas25" in wire:
        yield f"**In EAS 2.5:** {page.prose(wire['eas25'])}"
    if "if_absent" in wire:
        absent = wire["if_absent"]
        yield f"**If it is not sent:** {code(plain_text(absent['value']))} ({absent['requirement']})"


def _add_defaults(page: Page, known: Property) -> None:
    defaults = known.entry.get("defaults", ())
    if defaults:
        page.heading("Defaults that pages print")
        page.add("They contradict each other often enough that policylint assumes none of them.")
        page.add(
            table(
                ["Default", "Where", "Source"],
                [
                    [code(plain_text(each.get("value"))), page.prose(each["where"]), page.sources([each["source"]])]
                    for each in defaults
                ],
            )
        )


def add_rules(page: Page, known: Property) -> None:
    """Add the rules that speak of a property, and the sources of what is said of the property itself."""
    rules = [
        rule
        for rule in page.knowledge.rulebook.rules
        if known.key in (rule.at, *(condition.get("property") for condition in rule.when))
    ]
    if rules:
        page.heading("Rules about it")
        page.add(items(f"{page.rule(rule)} {rule.name}: {page.prose(rule.entry['meaning'])}" for rule in rules))
    page.heading("Sources")
    page.add(f"For what this page says of the property itself: {page.sources(known.sources)}.")
