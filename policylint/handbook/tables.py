"""The page of the servers: what they decide before any policy is looked at."""

from collections.abc import Iterator

from policylint.handbook.markdown import code, escape, items
from policylint.handbook.page import Page
from policylint.handbook.places import SERVERS
from policylint.knowledge import Knowledge
from policylint.knowledge.servers import Server, ServerFact


def servers_page(knowledge: Knowledge) -> Page:
    """Write what is known of every server."""
    page = Page(SERVERS, "Servers", knowledge)
    page.add(
        "What the server end decides, whatever a policy says; `policylint check --server` counts it in. "
        "What its maker supports stands with the devices."
    )
    for server in knowledge.servers:
        page.heading(escape(server.name))
        page.add(items(_lines(page, server)))
    return page


def _lines(page: Page, server: Server) -> Iterator[str]:
    yield f"**Option:** {', '.join(code(f'--server {name}') for name in (server.id, *server.aliases))}"
    minimum = server.minimum_eas
    if minimum:
        yield f"**Lowest EAS version:** {minimum.version} {_fact(page, minimum.fact)}"
    else:
        yield "**Lowest EAS version:** none is known"
    for label, fact in (
        ("What a refused device is told", server.refused_answer),
        ("What a device without a policy key is told", server.no_policy_key),
    ):
        yield f"**{label}** {_fact(page, fact)}" if fact else f"**{label}:** unknown"
    for fact in server.notes:
        yield f"**Note** {_fact(page, fact)}"


def _fact(page: Page, fact: ServerFact) -> str:
    return f"({fact.evidence or 'evidence unknown'}): {page.stated(fact.text, fact.sources)}"
