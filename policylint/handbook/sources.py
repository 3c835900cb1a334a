"""The page of all sources: what each is, and where it is used."""

from collections.abc import Iterable

from policylint.handbook.markdown import code, escape, items, table
from policylint.handbook.page import Page
from policylint.handbook.places import SOURCES, SOURCES_TITLE, source_order
from policylint.knowledge import Knowledge, Source

_KINDS = {"devices/": "Devices", "properties/": "Properties", "rules/": "Rules"}
_OTHERS = "Other"
# more pages than these are counted and not named
_MANY = 12


def sources_page(knowledge: Knowledge, pages: Iterable[Page]) -> Page:
    """Write the page of sources for the other pages, which must be finished."""
    page = Page(SOURCES, SOURCES_TITLE, knowledge)
    users = users_of(knowledge, pages)
    page.add("How many pages of each kind cite a source. Its id leads to what it is and to these pages.")
    kinds = [*_KINDS.values(), _OTHERS]
    page.add(
        table(
            ["Source", "Date", *kinds],
            [
                [page.sources([name]), knowledge.sources[name].date or "unknown", *_counts(used, kinds)]
                for name, used in users.items()
            ],
        )
    )
    for name, used in users.items():
        page.heading(escape(name))
        add_source(page, knowledge.sources[name], used)
    return page


def add_source(page: Page, source: Source, used: list[Page]) -> None:
    """Add what a source is, and the pages that cite it."""
    page.add(_reference(page, source))
    page.add(items(_users(page, used)) or "No page of the reference cites it.")


def users_of(knowledge: Knowledge, pages: Iterable[Page]) -> dict[str, list[Page]]:
    """Return for each source, in their order, which of the pages cite it."""
    users: dict[str, list[Page]] = {name: [] for name in source_order(knowledge)}
    for other in pages:
        for name in other.cited:
            users[name].append(other)
    return users


def _reference(page: Page, source: Source) -> str:
    title = page.prose(source.title)
    date = f"Date: {source.date}." if source.date else "Date unknown."
    if not source.url:
        return f"{title}. {date}"
    address, rest = _address(source.url)
    return f"{title}. {date} <{address}>{f' {code(rest)}' if rest else ''}"


def _address(url: str) -> tuple[str, str]:
    """Split off what is no address: some sources name several files or commits of a repository in words."""
    address, *words = url.split(maxsplit=1)
    repository, _, inside = url.partition("/blob/")
    if words and repository in address:
        return repository, inside
    return address, "".join(words)


def _kind(page: Page) -> str:
    return next((kind for folder, kind in _KINDS.items() if page.place.startswith(folder)), _OTHERS)


def _counts(used: list[Page], kinds: list[str]) -> list[str]:
    counted = [sum(_kind(page) == kind for page in used) for kind in kinds]
    return [str(number) if number else "" for number in counted]


def _users(page: Page, used: list[Page]) -> list[str]:
    by_kind: dict[str, list[Page]] = {}
    for other in used:
        by_kind.setdefault(_kind(other), []).append(other)
    return [f"**{kind}:** {_listed(page, many)}" for kind, many in by_kind.items()]


def _listed(page: Page, many: list[Page]) -> str:
    if len(many) > _MANY:
        return f"{len(many)} pages"
    return ", ".join(page.link(escape(other.title), other.place) for other in many)
