"""What the releases of a family do with each setting, by support."""

from collections.abc import Hashable
from functools import partial

from policylint.explanation.grouping import SharedCell, shared_cells
from policylint.handbook.cell_text import details, whole_note
from policylint.handbook.markdown import said_once, table
from policylint.handbook.page import Page, releases
from policylint.handbook.places import WORDS
from policylint.handbook.shares import NONE, shares
from policylint.knowledge.catalogue import Property
from policylint.knowledge.families import Cell, Family, Target
from policylint.pages.cells import HEADINGS
from policylint.reference.notes import Notes

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
