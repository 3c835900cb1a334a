"""What every device family does with one property."""

from policylint.explanation.grouping import SharedCell, shared_cells
from policylint.handbook.cell_text import details
from policylint.handbook.markdown import code, items, said_once, table
from policylint.handbook.page import Page, releases
from policylint.knowledge.catalogue import Property
from policylint.knowledge.families import Family, Target
from policylint.pages.cells import NO_POLICY, answer, describe
from policylint.reference.notes import Notes


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
