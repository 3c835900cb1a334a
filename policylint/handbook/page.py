"""A page while it is written: its blocks, where its links lead, which sources it cites."""

import re
from collections.abc import Callable, Iterable

from policylint.handbook.markdown import code, escape, link, numbered, paragraph
from policylint.handbook.places import HOME, SOURCES, family_place, property_place, rule_place, source_anchors, way
from policylint.knowledge import Knowledge
from policylint.knowledge.catalogue import Property
from policylint.knowledge.families import Family, Target
from policylint.knowledge.query import fold
from policylint.knowledge.rulebook import Rule

_TOKEN = re.compile(
    r"(?P<address>https?://[^\s<>]*[^\s<>.,;:)])"
    r"|(?P<code>@\{.*\}|\$\w+|(?<![\w-])--[a-z][a-z-]*|[\w./-]*_[\w./-]*\w)"
    r"|(?P<name>\b[A-Z][A-Za-z0-9]*[A-Z0-9][A-Za-z0-9]*\b)"
)


def prose(text: str, named: Callable[[str], str | None]) -> str:
    """Turn a plain text into Markdown. `named` returns what a name shows as, or None if it is an ordinary word."""
    parts = []
    position = 0
    for token in _TOKEN.finditer(text):
        parts.append(text[position : token.start()])
        position = token.end()
        if token["address"]:
            shown = f"<{token['address']}>"
        elif token["code"]:
            shown = code(token["code"])
        else:
            shown = named(token["name"]) or token["name"]
        parts.append(shown)
    # every second part is a token, and the rest is plain text
    parts.append(text[position:])
    return paragraph("".join(part if index % 2 else escape(part) for index, part in enumerate(parts)))


MARK = "*Made by `python -m policylint.handbook` from what `rules/` says. Change that, not this page.*"
"""The last line of every page, which tells it from a page that somebody wrote."""


class Page:
    """One page of the reference, at `place` below its folder."""

    def __init__(self, place: str, title: str, knowledge: Knowledge):
        self.place = place
        self.title = title
        self.knowledge = knowledge
        self.cited: set[str] = set()
        self._anchors = source_anchors(knowledge)
        self._blocks: list[str] = []

    def add(self, *blocks: str) -> None:
        """Add paragraphs, lists or tables; an empty one is left out."""
        self._blocks += [block for block in blocks if block]

    def heading(self, text: str, level: int = 2) -> None:
        """Start a section."""
        self.add(f"{'#' * level} {text}")

    @property
    def text(self) -> str:
        """The finished page."""
        trail = [] if self.place == HOME else [self.link("Reference", HOME)]
        return "\n\n".join([*trail, f"# {escape(self.title)}", self.body, "---", MARK]) + "\n"

    @property
    def body(self) -> str:
        """What stands below the title."""
        return "\n\n".join(self._blocks)

    def link(self, text: str, place: str) -> str:
        """Link another page; `text` is Markdown."""
        return text if place == self.place else link(text, way(self.place, place))

    def property(self, known: Property, name: str | None = None) -> str:
        """Show the name of a property, which leads to its page."""
        return self.link(code(name or known.key), property_place(known))

    def properties(self, many: Iterable[Property]) -> str:
        """Show the names of some properties."""
        return ", ".join(map(self.property, many))

    def family(self, family: Family) -> str:
        """Show the name of a family, which leads to its page."""
        return self.link(escape(family.name), family_place(family))

    def rule(self, rule: Rule) -> str:
        """Show the id of a rule, which leads to its page."""
        return self.link(code(rule.id), rule_place(rule))

    def prose(self, text: str) -> str:
        """Turn a text of the pack into Markdown, with links for the names in it."""
        return prose(text, self._named)

    def sources(self, ids: Iterable[str]) -> str:
        """Cite sources."""
        wanted = list(dict.fromkeys(ids))
        self.cited.update(wanted)
        place = "" if self.place == SOURCES else way(self.place, SOURCES)
        return ", ".join(link(escape(name), f"{place}#{self._anchors[name]}") for name in wanted)

    def stated(self, text: str | None, sources: Iterable[str]) -> str:
        """Make a statement with its sources behind it; without a text, just name the sources."""
        cited = self.sources(sources)
        if not text:
            return f"Source: {cited}" if cited else ""
        return f"{self.prose(text)} ({cited})" if cited else self.prose(text)

    def _named(self, name: str) -> str | None:
        rule = self.knowledge.rulebook.named(name)
        if rule:
            return self.rule(rule)
        known = self.knowledge.catalogue.searched(name)
        return self.property(known, name) if known and name in (*known.spellings, known.phone_name) else None


def releases(targets: list[Target]) -> str:
    """Print releases of one family in short, without its name; `all` where it has no others.

    A range up to the newest release that is known, of a line that is in service, says just that, so that a page stays
    as it is when the next release does the same. Of releases to come it says nothing.
    """
    family = targets[0].family
    if len(targets) == len(family.targets):
        return "all"
    shown = fold(targets).removeprefix(f"{family.id} ")
    newest = family.targets[-1]
    return shown.replace(f"–{newest.version}", "–newest") if any(each.current for each in family.targets) else shown


class Notes:
    """The notes of one table. What is the same is said once, under one number."""

    def __init__(self, page: Page):
        self._page = page
        self._numbers: dict[str, int] = {}

    def number(self, text: str | None, sources: tuple[str, ...]) -> str:
        """Return the number of a note with its sources; nothing for a note that would say nothing."""
        note = self._page.stated(text, sources)
        return str(self._numbers.setdefault(note, len(self._numbers) + 1)) if note else ""

    def add(self) -> None:
        """Put the notes on the page, in the order of their numbers."""
        if self._numbers:
            self._page.add(numbered(self._numbers))
