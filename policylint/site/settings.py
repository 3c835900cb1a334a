"""The page of each setting: what every client does with it, in the two answers, and what a policy can ask by it."""

from collections.abc import Iterator
from functools import partial

from policylint.handbook.page import Page
from policylint.handbook.places import property_place
from policylint.handbook.property import add_meaning, add_rules
from policylint.html.clients import kind_of
from policylint.knowledge import Knowledge
from policylint.knowledge.catalogue import Property
from policylint.knowledge.query import fold
from policylint.pages.issue import issue
from policylint.site.answers import Answer, Answers
from policylint.site.frame import Frame
from policylint.site.places import REFERENCE, client_place, place_of, way

HELP = "docs/testing-a-phone.html"
"""Where one reads how to find out what nobody knows."""


def settings(knowledge: Knowledge, answers: Answers, frame: Frame) -> Iterator[tuple[str, str]]:
    """Yield the page of each setting, by its place."""
    known_settings = [known for known in knowledge.catalogue if known.kind != "identity"]
    for known in known_settings:
        document = f"{REFERENCE}/{property_place(known)}"
        place = place_of(document)
        lead, about = (Page(property_place(known), known.key, knowledge) for _ in range(2))
        lead.add(lead.prose(known.entry.get("summary") or ""))
        add_meaning(about, known)
        add_rules(about, known)

        yield frame.page(
            "setting",
            place,
            known.key,
            others=[name for name in (*known.spellings, known.phone_name) if name and name != known.key],
            lead=frame.markdown(lead.body, document, place),
            about=frame.markdown(about.body, document, place, known.key),
            answers=answers.of(known),
            clients=client_place,
            fold=fold,
            kind=kind_of,
            wrong=partial(_wrong, known, knowledge),
            sources=frame.places.sources,
            help_us=way(place, HELP),
        )


def _wrong(known: Property, knowledge: Knowledge, each: Answer) -> str:
    """Return the text of an issue about a cell; `policylint explain --report` prints the same."""
    return "\n".join(issue(known, each.targets, knowledge))
