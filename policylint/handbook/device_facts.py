"""What holds for whole releases: how they provision, which protocol they speak, what they wipe, their bugs."""

from collections.abc import Iterator
from typing import Any

from policylint.handbook.markdown import items
from policylint.handbook.page import Page, releases
from policylint.handbook.words import ABILITIES, EXPECTED_FACTS, FACT_KEYS, FACTS, WITH_THE_GATE_OPEN
from policylint.knowledge.families import Family, Provisioning, Target
from policylint.pages.cells import gather

# a longer value stands on a line of its own
_LONG = 80


def add_facts(page: Page, family: Family) -> None:
    """Add a section for each kind of fact, and say of which nothing is known."""
    page.heading("Provisioning")
    groups = gather(family.targets, lambda target: target.provisioning)
    page.add(items(_provisioning(page, found, members) for found, members in groups.items()))
    missing = []
    for name, title in FACTS.items():
        facts = list(_facts(family, name))
        if facts:
            page.heading(title)
            page.add(items(_fact(page, fact, members) for fact, members in facts))
        elif name in EXPECTED_FACTS:
            missing.append(title)
    _add_told(page, family, "known_bugs", "Known bugs")
    _add_told(page, family, "instead", "What to do instead, where no setting helps")
    _add_told(page, family, "facts", "Also known")
    _add_conflicts(page, family)
    if missing:
        page.heading("Of which nothing is known")
        page.add(f"{', '.join(missing)}.")


def _provisioning(page: Page, found: Provisioning, members: list[Target]) -> str:
    words = f"{ABILITIES[found.ability]} {WITH_THE_GATE_OPEN[found.gate_open]}"
    return _labelled(members, found.evidence, f"{words} {page.stated(found.note, found.sources)}")


def _facts(family: Family, name: str) -> Iterator[tuple[dict[str, Any] | None, list[Target]]]:
    """Yield each different fact with the releases it holds for; None for releases of which nothing is known."""
    entries = family.entry.get(name) or []
    if any(entry and "releases" in entry for entry in entries):
        for entry in entries:
            yield entry, [family.targets[position] for position in entry["releases"]]
    elif any(entries):
        different = [fact for index, fact in enumerate(entries) if fact not in entries[:index]]
        for number, members in gather(family.targets, lambda target: different.index(target.fact(name))).items():
            yield different[number], members


def _fact(page: Page, fact: dict[str, Any] | None, members: list[Target]) -> str:
    if fact is None:
        return _labelled(members, None, "unknown.")
    said = {
        FACT_KEYS.get(key, key.replace("_", " ")): _value(page, value)
        for key, value in fact.items()
        if key not in ("evidence", "note", "sources", "versions", "releases")
    }
    parts = [f"{name}: {value}" for name, value in said.items()]
    if max(map(len, parts), default=0) <= _LONG:
        cited = page.sources(fact.get("sources", ()))
        said_with_note = " — ".join(filter(None, ["; ".join(parts), page.prose(fact.get("note", ""))]))
        return _labelled(members, fact.get("evidence"), f"{said_with_note} ({cited})" if cited else said_with_note)
    behind = page.stated(fact.get("note"), fact.get("sources", ()))
    lines = items(filter(None, [*(f"{part[0].upper()}{part[1:]}" for part in parts), behind]), "  ")
    return f"{_labelled(members, fact.get('evidence'), '').strip()}\n{lines}"


def _value(page: Page, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return page.prose(", ".join(f"{key} with {needed}" for key, needed in value.items()))
    if value == []:
        return "nothing"
    return page.prose(", ".join(map(str, value)) if isinstance(value, list) else str(value))


def _add_told(page: Page, family: Family, name: str, title: str) -> None:
    told = family.entry[name]
    if told:
        page.heading(title)
        page.add(
            items(
                _labelled(
                    [family.targets[position] for position in each["releases"]],
                    each.get("evidence"),
                    page.stated(" ".join(filter(None, [each["text"], each.get("fix")])), each["sources"]),
                )
                for each in told
            )
        )


def _add_conflicts(page: Page, family: Family) -> None:
    conflicts = family.entry["conflicts"]
    if conflicts:
        page.heading("Where sources disagree")
        for each in conflicts:
            where = [family.targets[position] for position in each["releases"]]
            sides = items([page.stated(side["says"], side.get("sources", ())) for side in each["sides"]], "  ")
            taken = page.prose(f"taken here: {each['taken']}")
            page.add(f"- {_labelled(where, None, page.prose(each['about']))} — {taken}\n{sides}")


def _labelled(members: list[Target], evidence: str | None, text: str) -> str:
    where = releases(members)
    grade = f" ({evidence})" if evidence else ""
    return f"**{'All releases' if where == 'all' else where}**{grade}: {text}"
