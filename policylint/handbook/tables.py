"""The page of the servers: what they decide before any policy is looked at."""

from collections.abc import Iterator

from policylint.handbook.markdown import code, escape, items, table
from policylint.handbook.page import Notes, Page
from policylint.handbook.places import CHANGES, IDENTITY, PROFILES, SERVERS
from policylint.handbook.property import type_text
from policylint.knowledge import Knowledge
from policylint.knowledge.catalogue import Property
from policylint.knowledge.profiles import Control
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
        add_server(page, server)
    add_any_server(page)
    return page


def add_server(page: Page, server: Server) -> None:
    """Add what is known of one server."""
    page.add(items(_lines(page, server)))


def add_any_server(page: Page) -> None:
    """Add what holds for every server."""
    page.heading("At any server")
    page.add(items(_fact(page, fact).removeprefix(": ") for fact in page.knowledge.server_facts))


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
    if server.marks:
        yield f"**What its exports are told by** {_fact(page, server.marks.fact)}"
    for fact in server.notes:
        yield f"**Note** {_fact(page, fact)}"
    for fact in server.facts:
        yield f"**Also known** {_fact(page, fact)}"


def _fact(page: Page, fact: ServerFact) -> str:
    return f"({fact.evidence or 'evidence unknown'}): {page.stated(fact.text, fact.sources)}"


def changes_page(knowledge: Knowledge) -> Page:
    """Write what changed in the facts, version by version."""
    page = Page(CHANGES, "What changed in the facts", knowledge)
    page.add("By version of the knowledge, the newest first; `policylint rules changes` prints the same.")
    for each in knowledge.changes:
        page.heading(escape(f"{each['version']} (as of {each['as_of']})"))
        page.add(page.prose(each.get("note", "")))
        for name, label in (("families", "New clients"), ("releases", "New releases")):
            page.add(f"**{label}:** {', '.join(map(code, each[name]))}" if each.get(name) else "")
        rows = [
            [
                part,
                code(f"{change['family']} {change.get('versions', '')}".strip()),
                ", ".join(map(code, change["properties"])),
                escape(change.get("was", "unknown")),
                escape(change.get("now", "unknown")),
            ]
            for part in ("added", "changed", "withdrawn")
            for change in each.get(part, ())
        ]
        if rows:
            page.add(table(["Change", "Releases", "Properties", "Was", "Is"], rows))
    return page


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


def profiles_page(knowledge: Knowledge) -> Page:
    """Write every profile with its controls."""
    page = Page(PROFILES, "Profiles", knowledge)
    page.add(
        "What benchmarks ask for, by the ids of their controls; `policylint check --profile` holds policies against "
        "it. That a property maps to a control is a statement like any other: it has sources and a grade."
    )
    for profile in knowledge.profiles:
        page.heading(escape(profile.title))
        page.add(f"**Option:** {code(f'--profile {profile.id}')} ({page.sources(profile.sources)})")
        header = ["Control", "Property", "Asked for", "Evidence", "Note", "Source"]
        page.add(table(header, (_row(page, control) for control in profile.controls)))
    return page


def _row(page: Page, control: Control) -> list[str]:
    return [
        escape(control.id),
        page.property(control.known),
        code(control.requirement),
        control.evidence,
        page.prose(control.note or ""),
        page.sources(control.sources),
    ]
