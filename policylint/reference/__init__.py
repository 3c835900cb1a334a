"""The reference in docs/reference/: what the pack says, as Markdown. `policylint explain` prints it as plain text."""

from policylint.knowledge import Knowledge
from policylint.reference.device_page import device_page
from policylint.reference.home_page import home_page
from policylint.reference.identity_page import identity_page
from policylint.reference.profiles_page import profiles_page
from policylint.reference.property_page import property_page
from policylint.reference.rule_page import rule_page
from policylint.reference.servers_page import servers_page
from policylint.reference.sources_page import sources_page

__all__ = ["pages"]


def pages(knowledge: Knowledge) -> dict[str, str]:
    """Return the text of every page, by its path below the folder of the reference."""
    properties = [known for known in knowledge.catalogue.properties if known.kind != "identity"]
    made = [
        home_page(knowledge),
        *(device_page(family, knowledge) for family in knowledge.families.values()),
        *(property_page(known, knowledge) for known in properties),
        identity_page(knowledge),
        servers_page(knowledge),
        profiles_page(knowledge),
        *(rule_page(rule, knowledge) for rule in knowledge.rulebook.rules),
    ]
    return {page.place: page.text for page in [*made, sources_page(knowledge, made)]}
