"""The page of a device family."""

from policylint.handbook.device_facts import add_facts
from policylint.handbook.markdown import code, items, table
from policylint.handbook.page import Page, releases
from policylint.handbook.places import family_place
from policylint.knowledge import Knowledge
from policylint.knowledge.families import Family, Target
from policylint.reference.device_settings import add_settings
from policylint.reference.notes import Notes


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
