"""The page of a device family."""

from collections.abc import Hashable
from functools import partial

from policylint.handbook.cell_text import details, whole_note
from policylint.handbook.device_facts import add_facts
from policylint.handbook.markdown import code, items, said_once, table
from policylint.handbook.page import Notes, Page, releases
from policylint.handbook.places import WORDS, family_place
from policylint.handbook.shares import NONE, shares
from policylint.knowledge import Knowledge
from policylint.knowledge.catalogue import Property
from policylint.knowledge.families import Cell, Family, Target
from policylint.pages.cells import HEADINGS, SharedCell, shared_cells

_Row = tuple[Property, SharedCell]


def add_settings(page: Page, family: Family) -> None:
    """Add a table for each support that occurs, and list what nobody has documented."""
    page.heading("Settings")
    asked = [target for target in family.targets if target.provisioning.ability != "none"]
    _add_coverage(page, family, asked)
    by_support = _by_support(page, family, asked)
    for support, heading in HEADINGS.items():
        rows = by_support.get(support, [])
        stated = [row for row in rows if support != "unknown" or row[1].cell.note]
        if stated:
            page.heading("Undecided" if support == "unknown" else heading, 3)
            _add_table(page, stated)
        if len(stated) < len(rows):
            page.heading("Not known", 3)
            _add_undocumented(page, asked, [row for row in rows if row not in stated])


def _add_coverage(page: Page, family: Family, asked: list[Target]) -> None:
    if len(asked) < len(family.targets):
        deaf = [target for target in family.targets if target not in asked]
        page.add(f"No setting reaches {_which(deaf)}, which cannot provision.")
    if asked:
        number = sum(known.kind == "device" for known in page.knowledge.catalogue.properties)
        over = f", over {len(asked)} releases" if len(asked) > 1 else ""
        parts = [f"{part} {grade}" for grade, part in shares(family, page.knowledge).items() if part != NONE]
        words = page.link("docs/words.md", f"{WORDS}#support")
        page.add(f"Of the {number} settings that a policy can ask of a device{over}: {', '.join(parts)}.")
        page.add(f"{words} says what each heading means for a closed and an open gate.")


def _which(targets: list[Target]) -> str:
    where = releases(targets)
    return "any release" if where == "all" else where


def _by_support(page: Page, family: Family, asked: list[Target]) -> dict[str, list[_Row]]:
    """Put properties together with the releases that do the same with them."""

    def kind(cell: Cell) -> Hashable:
        return cell.support, cell.evidence, details(cell, page), whole_note(cell)

    found: dict[str, list[_Row]] = {}
    for known in page.knowledge.catalogue.properties:
        if known.kind == "device" or known.key in family.support:
            for shared in shared_cells(asked, partial(Target.cell, key=known.key), kind):
                found.setdefault(shared.cell.support, []).append((known, shared))
    return found


def _add_table(page: Page, rows: list[_Row]) -> None:
    notes = Notes(page)
    shown = [
        [
            page.property(known),
            releases(shared.targets),
            shared.cell.evidence or "",
            details(shared.cell, page),
            notes.number(whole_note(shared.cell), shared.sources),
        ]
        for known, shared in rows
    ]
    page.add(table(["Setting", "Releases", "Evidence", "Details", "Note"], said_once(shown)))
    notes.add()


def _add_undocumented(page: Page, asked: list[Target], rows: list[_Row]) -> None:
    everywhere = [known for known, shared in rows if len(shared.targets) == len(asked)]
    if everywhere:
        settings = "one setting" if len(everywhere) == 1 else f"these {len(everywhere)} settings"
        page.add(f"Nobody has documented what it does with {settings}: {page.properties(everywhere)}.")
    partly: dict[str, list[Property]] = {}
    for known, shared in rows:
        if known not in everywhere:
            partly.setdefault(releases(shared.targets), []).append(known)
    if partly:
        page.add("Known for some releases, and not for these:")
        page.add(table(["Releases", "Settings"], [[where, page.properties(many)] for where, many in partly.items()]))


def device_page(family: Family, knowledge: Knowledge) -> Page:
    """Write everything that is known of a family."""
    page = Page(family_place(family), family.name, knowledge)
    page.add(items(_names(family)))
    if family.note:
        page.add(page.prose(family.note))
    _add_releases(page, family)
    _add_identification(page, family)
    add_facts(page, family)
    add_settings(page, family)
    return page


def _names(family: Family) -> list[str]:
    names = [f"**Query:** {code(family.id)}"]
    if family.aliases:
        aliases = (
            f"{code(name)} ({releases([family.targets[position] for position in positions])})"
            for name, positions in family.aliases.items()
        )
        names.append(f"**Aliases:** {', '.join(aliases)}")
    if family.tags:
        names.append(f"**Tags:** {', '.join(map(code, family.tags))}")
    return names


def _spans(family: Family) -> list[tuple[dict[str, object], list[Target]]]:
    numbers = [release["span"] for release in family.entry["releases"]]
    return [
        (span, [target for target in family.targets if numbers[target.position] == number])
        for number, span in enumerate(family.entry["spans"])
    ]


def _add_releases(page: Page, family: Family) -> None:
    page.heading("Releases")
    notes = Notes(page)
    rows = []
    for target in family.targets:
        span = target.span
        texts = [span.get("note"), *(f"Condition: {text}." for text in span.get("constraints", ()))]
        note = notes.number(" ".join(filter(None, texts)) or None, tuple(span.get("sources", ())))
        in_service = "yes" if target.current else "no"
        rows.append([target.version, target.date or "unknown", in_service, page.prose(span["name"]), note])
    page.add(table(["Release", "Date", "In service", "Told apart as", "Note"], rows))
    notes.add()


def _add_identification(page: Page, family: Family) -> None:
    """Show what Exchange and its logs call the clients."""
    rows = []
    for target_span, members in _spans(family):
        types, agents = (
            "; ".join(code(str(each)) for each in target_span.get(key) or ())  # type: ignore[attr-defined]
            for key in ("device_types", "user_agents")
        )
        if types or agents:
            rows.append([releases(members), types, agents])
    if rows:
        page.heading("How Exchange sees it")
        page.add(table(["Releases", "DeviceType", "User-Agent, for example"], rows))
