"""The page of the properties that tell policies apart and that no device ever sees."""

from policylint.handbook.markdown import code, table
from policylint.handbook.page import Page
from policylint.handbook.places import IDENTITY
from policylint.handbook.property import type_text
from policylint.knowledge import Knowledge
from policylint.knowledge.catalogue import Property
from policylint.reference.notes import Notes


def identity_page(knowledge: Knowledge) -> Page:
    """Write the table of these properties."""
    page = Page(IDENTITY, "Properties that identify a policy", knowledge)
    page.add("An export holds them beside the settings. They ask nothing of a device.")
    notes = Notes(page)
    rows = []
    for known in knowledge.catalogue.properties:
        if known.kind == "identity":
            shown = page.prose(known.entry["summary"]) if known.entry.get("summary") else "unknown"
            names = "; ".join(map(code, known.spellings))
            rows.append([names, type_text(page, known), shown, notes.number(_note(known), known.sources)])
    page.add(table(["Name", "Type", "What it is", "Note"], rows))
    notes.add()
    return page


def _note(known: Property) -> str | None:
    return " ".join(known.entry.get("notes", ())) or None
