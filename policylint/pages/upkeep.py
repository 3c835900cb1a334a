"""How fresh the knowledge is, and what changed in it."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from policylint.knowledge import Knowledge, Source
from policylint.knowledge.families import Target
from policylint.knowledge.freshness import OLD, Dated, age_of, in_service, in_words, sources
from policylint.pages.text import labelled, paragraph


def freshness_page(knowledge: Knowledge, today: datetime.date) -> Iterator[str]:
    """Yield the age of the knowledge, of the newest release of each line in service, and of every source."""
    days = age_of(knowledge.as_of, today)
    old = ": old, newer clients may behave differently" if days > OLD else ""
    yield f"knowledge {knowledge.version} (as of {knowledge.as_of}), {in_words(days)} old{old}"
    yield ""
    yield "Lines in service, by the age of the newest release known"
    for each in in_service(knowledge):
        target = each.thing
        assert isinstance(target, Target)
        yield f"  {_age(each, today):10} {each.shown:10} {target.label}"
    yield ""
    listed = sources(knowledge)
    yield f"Sources, the oldest first ({len(listed)})"
    for each in listed:
        source = each.thing
        assert isinstance(source, Source)
        yield f"  {_age(each, today):10} {each.shown:10} [{source.id}] {source.title}"


def _age(each: Dated, today: datetime.date) -> str:
    days = each.days(today)
    return "undated" if days is None else in_words(days)


def changes_page(changes: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Yield what changed, version by version."""
    if not changes:
        yield "no facts changed"
    for number, each in enumerate(changes):
        if number:
            yield ""
        yield f"{each['version']} (as of {each['as_of']})"
        yield from paragraph(each.get("note", ""), "  ") if each.get("note") else ()
        for name, label in (("families", "new clients"), ("releases", "new releases")):
            if each.get(name):
                yield from labelled(label, ", ".join(each[name]))
        for part in ("added", "changed", "withdrawn"):
            for change in each.get(part, ()):
                yield from labelled(part, change_text(change))


def change_text(change: dict[str, Any]) -> str:
    """Say what changed in some cells of a family."""
    where = f"{change['family']} {change['versions']}" if "versions" in change else change["family"]
    keys = change["properties"]
    what = ", ".join(keys) if len(keys) < 9 else f"{', '.join(keys[:6])} and {len(keys) - 6} more"
    return f"{where}: {what}: {change.get('was', 'unknown')} → {change.get('now', 'unknown')}"
