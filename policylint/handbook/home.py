"""The page that leads to all others."""

from string import ascii_uppercase

from policylint.handbook.markdown import anchors, code, link, table
from policylint.handbook.page import Page
from policylint.handbook.places import CHANGES, HOME, IDENTITY, PROFILES, SERVERS, SOURCES, WORDS
from policylint.handbook.shares import NONE, shares
from policylint.handbook.words import RULE_RANGES
from policylint.knowledge import Knowledge
from policylint.knowledge.families import Family, first_sentence

_KINDS = {
    "device": ("Settings for devices", "What a policy can ask of a device, or of the account on it."),
    "server": ("Settings for Exchange", "What Exchange keeps to itself; a device is not told."),
}


def home_page(knowledge: Knowledge) -> Page:
    """Write the index: device families, properties by kind, rules by range."""
    page = Page(HOME, "Reference", knowledge)
    page.add(
        f"Everything that policylint knows, as of {knowledge.as_of} (knowledge {knowledge.version}), in the words of "
        f"{page.link('docs/words.md', WORDS)}. `policylint explain` prints the same in a terminal. Every statement "
        f"leads to its source; {page.link('all sources', SOURCES)} are on one page."
    )
    titles = ["Devices", *(title for title, _ in _KINDS.values()), "Rules"]
    page.add(" · ".join(link(title, f"#{anchor}") for title, anchor in zip(titles, anchors(titles), strict=True)))
    _add_families(page)
    for kind, (title, meaning) in _KINDS.items():
        _add_properties(page, kind, title, meaning)
    page.add(
        f"{page.link('Properties that identify a policy', IDENTITY)} are on one page, and so is what "
        f"{page.link('servers', SERVERS)} decide by themselves, and what {page.link('benchmarks', PROFILES)} ask for. "
        f"{page.link('What changed in the facts', CHANGES)} stands by version."
    )
    _add_rules(page)
    return page


def _add_families(page: Page) -> None:
    page.heading("Devices")
    page.add(
        "The last three columns count, over all settings for devices and all releases that can provision, what a "
        "source says or shows, what follows from sources and could be wrong, and what nobody has documented."
    )
    page.add(
        table(
            ["Device", "Query", "Releases", "In service", "Documented", "Inferred", "Unknown"],
            [_family(page, family) for family in page.knowledge.families.values()],
        )
    )


def _family(page: Page, family: Family) -> list[str]:
    versions = [target.version for target in family.targets]
    span = f"{versions[0]}–{versions[-1]} ({len(versions)})" if len(versions) > 1 else versions[0]
    current = sum(target.current for target in family.targets)
    return [
        page.family(family),
        code(family.id),
        span,
        str(current) if current else NONE,
        *shares(family, page.knowledge).values(),
    ]


def _add_properties(page: Page, kind: str, title: str, meaning: str) -> None:
    page.heading(title)
    page.add(meaning)
    rows = []
    for known in page.knowledge.catalogue.properties:
        if known.kind == kind:
            names = dict.fromkeys(filter(None, [*known.spellings, known.phone_name]))
            others = ", ".join(code(name) for name in names if name != known.key)
            rows.append([page.property(known), others, page.prose(known.entry.get("summary") or "unknown")])
    page.add(table(["Property", "Also called", "What it is"], rows))


def _add_rules(page: Page) -> None:
    page.heading("Rules")
    for number, title in RULE_RANGES.items():
        rules = [rule for rule in page.knowledge.rulebook.rules if rule.id.lstrip(ascii_uppercase).startswith(number)]
        if rules:
            page.heading(title, 3)
            page.add(
                table(
                    ["Rule", "Name", "Severity", "What it means"],
                    [
                        [
                            page.rule(rule),
                            rule.name,
                            rule.severity,
                            page.prose(f"{first_sentence(rule.entry['meaning'])}."),
                        ]
                        for rule in rules
                    ],
                )
            )
