"""The pages of words, of topics and of servers."""

from collections.abc import Iterator

from policylint.knowledge import Knowledge
from policylint.knowledge.catalogue import GATE, Property
from policylint.knowledge.families import Target
from policylint.knowledge.query import fold
from policylint.knowledge.servers import Server, ServerFact
from policylint.pages.cells import HEADINGS, NO_POLICY, answer
from policylint.pages.glossary import GLOSSARY
from policylint.pages.text import cited, labelled, paragraph, source_list
from policylint.writing.style import number

_KIND = 34


def word_page(word: str) -> Iterator[str] | None:
    """Return the page of a word that reports use, in any case; None where it is none."""
    key = word.strip().casefold().replace("_", "-").replace(" ", "-")
    return _word(key) if key in GLOSSARY else None


def _word(word: str) -> Iterator[str]:
    yield word
    yield ""
    meanings = GLOSSARY[word]
    if len(meanings) == 1:
        yield from paragraph(f"{meanings[0].kind[:1].upper()}{meanings[0].kind[1:]}. {meanings[0].text}")
    else:
        for kind, text in meanings:
            yield from labelled(kind, text, _KIND)
    yield ""
    yield f"What is known of the gate: policylint explain {GATE}" if word == "gate" else "All words: docs/words.md"


def topics(knowledge: Knowledge) -> dict[str, list[Property]]:
    """Return the properties of every topic."""
    found: dict[str, list[Property]] = {}
    for known in knowledge.catalogue:
        for topic in known.topics:
            found.setdefault(topic, []).append(known)
    return found


def topic_page(topic: str, knowledge: Knowledge) -> Iterator[str] | None:
    """Return the page of a topic, such as `camera`; None where it is none."""
    found = topics(knowledge).get(topic.strip().casefold())
    return _topic(topic.strip().casefold(), found, knowledge) if found else None


def _topic(topic: str, properties: list[Property], knowledge: Knowledge) -> Iterator[str]:
    common = [target for target in knowledge.targets if target.common]
    yield f"{topic}: {number(len(properties), 'setting')}, and what the most common clients do"
    for known in properties:
        other = [name for name in known.spellings if name != known.key]
        yield ""
        yield known.key + (f" ({', '.join(other)})" if other else "")
        if known.entry.get("summary"):
            yield from paragraph(known.entry["summary"], "  ")
        done: dict[str, list[Target]] = {}
        for target in common:
            done.setdefault(answer(target, known.key).support, []).append(target)
        for support in sorted(done, key=[*HEADINGS, NO_POLICY].index):
            yield from labelled(f"  {support}", fold(done[support]))
    yield ""
    yield "All clients, reasons and sources: policylint explain SETTING"


def server_page(server: Server, knowledge: Knowledge) -> Iterator[str]:
    """Yield what is known of a server: what it decides before any policy is looked at."""
    used: list[str] = []
    yield f"{server.id}: {server.name}"
    yield ""
    yield from labelled("also called", ", ".join(server.aliases))
    minimum = server.minimum_eas
    if minimum:
        yield from labelled("lowest EAS", f"{minimum.version}: {_fact(minimum.fact, used)}")
    for label, fact in (
        ("refused gets", server.refused_answer),
        ("without key gets", server.no_policy_key),
        ("cmdlets", server.cmdlets.fact if server.cmdlets else None),
        ("told by", server.marks.fact if server.marks else None),
    ):
        if fact:
            yield from labelled(label, _fact(fact, used))
    for label, facts in (("note", server.notes), ("also known", server.facts), ("any server", knowledge.server_facts)):
        for fact in facts:
            yield from labelled(label, _fact(fact, used))
    yield from source_list(used, knowledge)


def _fact(fact: ServerFact, used: list[str]) -> str:
    used += fact.sources
    grade = f" ({fact.evidence})" if fact.evidence else ""
    return f"{fact.text}{grade} {cited(fact.sources)}"
