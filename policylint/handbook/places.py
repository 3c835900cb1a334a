"""Where the pages stand, and how one leads to another."""

import posixpath

from policylint.handbook.markdown import anchors
from policylint.knowledge import Knowledge
from policylint.knowledge.catalogue import Property
from policylint.knowledge.families import Family
from policylint.knowledge.rulebook import Rule

HOME = "README.md"
IDENTITY = "identity.md"
PROFILES = "profiles.md"
SERVERS = "servers.md"
CHANGES = "changes.md"
SOURCES = "sources.md"
SOURCES_TITLE = "Sources"
WORDS = "../words.md"
"""Written by hand, beside the folder of the reference."""


def family_place(family: Family) -> str:
    """Return the path of the page of a family."""
    return f"devices/{family.id}.md"


def property_place(known: Property) -> str:
    """Return the path of the page of a property; those that tell policies apart share one."""
    return IDENTITY if known.kind == "identity" else f"properties/{known.key}.md"


def rule_place(rule: Rule) -> str:
    """Return the path of the page of a rule."""
    return f"rules/{rule.id}-{rule.name}.md"


def source_order(knowledge: Knowledge) -> list[str]:
    """Return the ids of all sources in the order of their page."""
    return sorted(knowledge.sources, key=lambda name: (name.casefold(), name))


def source_anchors(knowledge: Knowledge) -> dict[str, str]:
    """Map the id of each source to its anchor on the page of sources. Ids may differ in nothing but case."""
    ordered = source_order(knowledge)
    return dict(zip(ordered, anchors([SOURCES_TITLE, *ordered])[1:], strict=True))


def way(start: str, end: str) -> str:
    """Return the relative address that leads from one page to another."""
    return posixpath.relpath(end, posixpath.dirname(start) or ".")
