"""No page joins what it says so that a part of a sentence is missing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.knowledge import Knowledge
from policylint.pages import explain
from policylint.pages.text import stated

BROKEN = re.compile(r": \.( |$)|\.\.(?!\.)|\. \.( |$)|; ;|\[\](?!\])|\(\)")


def joined(subject: str, knowledge: Knowledge) -> str:
    """Return a page with its wrapped lines joined, without the examples, which quote exports."""
    text = "\n".join(explain(subject, knowledge))
    # examples quote exports, and titles of sources are what others wrote
    lines = text.split("\nExamples\n")[0].split("\nSources\n")[0].splitlines()
    return " ".join(line.strip() for line in lines)


@pytest.mark.parametrize("kind", ["devices", "rules", "servers"])
def test_no_page_has_a_broken_join(kind: str, knowledge: Knowledge) -> None:
    subjects = {
        "devices": list(knowledge.families),
        "rules": [rule.id for rule in knowledge.rulebook.rules],
        "servers": [server.id for server in knowledge.servers],
    }[kind]
    broken = {subject: found[0] for subject in subjects if (found := BROKEN.search(joined(subject, knowledge)))}
    assert broken == {}


SAID = ["", " ", "small one", "Great one.", "Is it?", "ends with: x"]
PARTS = st.lists(st.none() | st.sampled_from(SAID), max_size=4)


@given(PARTS, st.lists(st.sampled_from(["page", "other"]), max_size=3))
def test_what_says_nothing_leaves_no_trace(parts: list[str | None], sources: list[str]) -> None:
    text = stated(*parts, sources=sources)
    assert text == " ".join(text.split())
    assert not BROKEN.search(text)
    assert all(part.strip().rstrip(".").casefold() in text.casefold() for part in parts if part)
    assert text.count("[") == bool(sources)
