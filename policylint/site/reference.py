"""The pages that the handbook writes: clients, rules, servers, profiles, changes, and a page for each source."""

from collections.abc import Iterator

from policylint.handbook.page import Page
from policylint.handbook.places import CHANGES, HOME, SERVERS, SOURCES, property_place
from policylint.handbook.sources import add_source
from policylint.handbook.tables import add_any_server, add_server
from policylint.site.frame import Frame


def reference(pages: list[Page], users: dict[str, list[Page]], frame: Frame) -> Iterator[tuple[str, str]]:
    """Yield every page of the handbook by its place; those of settings are made elsewhere, with their answers.

    `users` has for each source the pages that cite it.
    """
    knowledge = pages[0].knowledge
    settings = {property_place(known) for known in knowledge.catalogue if known.kind != "identity"}
    for page in pages:
        if page.place in settings or page.place == SERVERS:
            continue
        yield frame.of_handbook(page, feed=page.place == CHANGES, is_home=page.place == HOME)
    yield from _servers(pages[0], frame)
    yield from _sources(pages[0], users, frame)


def _servers(page: Page, frame: Frame) -> Iterator[tuple[str, str]]:
    knowledge = page.knowledge
    together = Page(SERVERS, "Servers", knowledge)
    add_any_server(together)
    listed = [(server.name, frame.places.servers[server.id]) for server in knowledge.servers]
    yield frame.of_handbook(together, listed=listed)
    for server in knowledge.servers:
        single = Page(f"servers/{server.id}.md", server.name, knowledge)
        add_server(single, server)
        yield frame.of_handbook(single)


def _sources(page: Page, users: dict[str, list[Page]], frame: Frame) -> Iterator[tuple[str, str]]:
    knowledge = page.knowledge
    listed = [(f"{name}: {knowledge.sources[name].dated}", frame.places.sources[name]) for name in users]
    together = Page(SOURCES, "Sources", knowledge)
    yield frame.of_handbook(together, listed=listed)
    for name, used in users.items():
        place = frame.places.sources[name].removesuffix(".html")
        single = Page(f"{place}.md", name, knowledge)
        add_source(single, knowledge.sources[name], used)
        yield frame.of_handbook(single)
