"""The reference in docs/reference/: what the pack says, as Markdown. `policylint explain` prints it as plain text."""

from policylint.handbook.device import device_page
from policylint.handbook.home import home_page
from policylint.handbook.page import Page
from policylint.handbook.property import property_page
from policylint.handbook.rule import rule_page
from policylint.handbook.sources import sources_page
from policylint.handbook.tables import changes_page, identity_page, profiles_page, servers_page
from policylint.knowledge import Knowledge

__all__ = ["pages", "written"]


def written(knowledge: Knowledge) -> list[Page]:
    """Return every page but that of the sources, which tells what these cite."""
    properties = [known for known in knowledge.catalogue.properties if known.kind != "identity"]
    return [
        home_page(knowledge),
        *(device_page(family, knowledge) for family in knowledge.families.values()),
        *(property_page(known, knowledge) for known in properties),
        identity_page(knowledge),
        servers_page(knowledge),
        profiles_page(knowledge),
        changes_page(knowledge),
        *(rule_page(rule, knowledge) for rule in knowledge.rulebook.rules),
    ]


def pages(knowledge: Knowledge) -> dict[str, str]:
    """Return the text of every page, by its path below the folder of the reference."""
    made = written(knowledge)
    return {page.place: page.text for page in [*made, sources_page(knowledge, made)]}
