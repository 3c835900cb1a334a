"""The page of a device that was identified from what it sent."""

from collections.abc import Iterator

from policylint.knowledge.agents import Identification
from policylint.knowledge.query import as_query, fold
from policylint.pages.text import cited, labelled

_WIDEST = 100
_LABEL = 10


def agent_page(what: str, found: Identification) -> Iterator[str]:
    """Yield the page; `what` says what was asked: an agent, a DeviceType or both.

    Lines hold what was asked as it is: whoever prints them makes them printable.
    """
    yield f"{what} {shortened(found.asked)}: {_headline(found)}"
    read = [("version", found.version)] if found.version else []
    shown = ", ".join(f"{label} {value}" for label, value in (*read, *found.shown))
    for label, text in (
        ("is", "; ".join(family.name for family in found.families)),
        ("read", shortened(shown)),
        ("how sure", ". ".join(_sentence(each) for each in found.sure)),
        ("note", found.note or ""),
        ("sources", cited(found.sources) if found.sources else ""),
        ("query", f'--device "{as_query(found.targets)}"' if found.targets else ""),
    ):
        if text:
            yield from labelled(f"  {label}", text, _LABEL)


def shortened(text: str) -> str:
    """Cut a text of the asker to what a person reads."""
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def _headline(found: Identification) -> str:
    match found.kind:
        case "unknown":
            return "unknown"
        case "imitation":
            return "an imitation"
        case "no-family":
            named = f" ({found.client})" if found.client else ""
            return f"a client this knowledge has no data for{named}"
    if not found.targets:
        return f"{found.families[0].id}, older than any release known"
    return fold(found.targets) if found.kind == "family" else f"one of {fold(found.targets)}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".")
