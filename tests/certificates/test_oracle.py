"""Random chains against an oracle that was written from what the documentation says, and from nothing else."""

import itertools
from dataclasses import dataclass
from typing import Any

import pytest
from chains import HOST, NOW, Made, key, made
from hypothesis import given, settings
from hypothesis import strategies as st

TABLE = (
    "chain-incomplete", "chain-taken-for-complete", "chain-order", "chain-root-sent", "chain-stranger",
    "certificate-expired", "certificate-expires", "certificate-self-signed", "certificate-weak", "root-unknown",
)  # fmt: skip


@dataclass(frozen=True)
class Card:
    """A certificate as the oracle sees it: names, the keys by which it signs and was signed, and what is judged."""

    title: str
    subject: str
    issuer: str
    key: str
    signed_by: str
    ca: bool = True
    days: tuple[int, int] = (-100, 1000)
    weak: bool = False

    def make(self) -> Made:
        names = {each: f"CN={each}" for each in (self.subject, self.issuer)}
        return made(
            names[self.subject],
            names[self.issuer],
            ca=self.ca,
            days=self.days,
            own=key(self.key, "1024" if self.weak else "ec"),
            signer=key(self.signed_by, "1024" if self.signed_by == self.key and self.weak else "ec"),
        )


CARDS = (
    Card("leaf", HOST, "issuing", "leaf", "issuing", ca=False),
    Card("old leaf", HOST, "issuing", "leaf", "issuing", ca=False, days=(-500, -5)),
    Card("weak leaf", HOST, "issuing", "weak leaf", "issuing", ca=False, days=(-5, 20), weak=True),
    Card("self-made leaf", HOST, HOST, "own leaf", "own leaf", ca=False),
    Card("issuing", "issuing", "policy", "issuing", "policy"),
    Card("issuing, crossed", "issuing", "other root", "issuing", "other root"),
    Card("issuing, not yet", "issuing", "policy", "issuing", "policy", days=(5, 900)),
    Card("issuing, another key", "issuing", "policy", "issuing again", "policy"),
    Card("policy", "policy", "root", "policy", "root"),
    Card("policy, in a circle", "policy", "issuing", "policy", "issuing"),
    Card("root", "root", "root", "root", "root"),
    Card("root, crossed", "root", "other root", "root", "other root"),
    Card("root, another key", "root", "root", "root again", "root again"),
    Card("other root", "other root", "other root", "other root", "other root", days=(-900, 10)),
    Card("stranger", "stranger", "its root", "stranger", "its root"),
)
MADE = {card: card.make() for card in CARDS}


def issued(issuer: Card, card: Card) -> bool:
    return issuer.subject == card.issuer and issuer.key == card.signed_by


def self_issued(card: Card) -> bool:
    return card.subject == card.issuer


def ends(card: Card, roots: list[Card]) -> bool:
    return self_issued(card) or card in roots


def ways(start: Card, file: list[Card], roots: list[Card], passed: tuple[Card, ...] = ()) -> list[list[Card]]:
    """All ways from a certificate up: each ends at a root, or where there is no issuer left."""
    if ends(start, roots):
        return [[start]]
    at_hand = list(dict.fromkeys([*file, *roots]))
    further = [each for each in at_hand if issued(each, start) and each not in (*passed, start)]
    return [[start, *way] for each in further for way in ways(each, file, roots, (*passed, start))] or [[start]]


def oracle(file: list[Card], roots: list[Card] | None) -> tuple[bool | None, set[tuple[str, str]]]:
    trusted = roots or []
    leaf = next((card for card in file if not card.ca), file[0])
    every = ways(leaf, file, trusted)
    # the one that leads to a root wins, then the first in the file: ways come in that order
    path = next((way for way in every if ends(way[-1], trusted)), every[0])
    is_open = not ends(path[-1], trusted)
    found: set[tuple[str, str]] = set()
    complete: bool | None = True
    if is_open:
        gap = any(card not in path for card in file)
        complete = False if roots is not None or path == [leaf] or gap else None
        found.add(("chain-taken-for-complete" if complete is None else "chain-incomplete", path[-1].title))
    sent = [card for card in path if card in file]
    if any(file.index(first) > file.index(second) for first, second in itertools.pairwise(sent)):
        found.add(("chain-order", ""))
    if self_issued(path[-1]) and path[-1] is not leaf and path[-1] in file:
        found.add(("chain-root-sent", path[-1].title))
    on_a_path = {card for way in every for card in way}
    for card in file:
        if file.count(card) > 1 or (card not in on_a_path and not is_open):
            found.add(("chain-stranger", card.title))
    for card in path:
        if not card.days[0] <= 0 <= card.days[1]:
            found.add(("certificate-expired", card.title))
        if 0 <= card.days[1] <= 30:
            found.add(("certificate-expires", card.title))
        if card.weak and not self_issued(card):
            found.add(("certificate-weak", card.title))
    if self_issued(leaf):
        found.add(("certificate-self-signed", leaf.title))
    if roots is not None and self_issued(path[-1]) and path[-1] not in roots and path[-1] is not leaf:
        found.add(("root-unknown", path[-1].title))
    return complete, found


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_every_chain_is_judged_as_the_oracle_says(data: st.DataObject, assessed: Any) -> None:
    file = data.draw(st.lists(st.sampled_from(CARDS), min_size=1, max_size=8))
    roots = data.draw(st.none() | st.lists(st.sampled_from(CARDS[4:]), unique=True, max_size=3))
    complete, expected = oracle(file, roots)
    trusted = None if roots is None else tuple(MADE[card] for card in roots)
    told = assessed(*(MADE[card] for card in file), roots=trusted)
    titles = {MADE[card].der: card.title for card in CARDS}
    found = {(fault.outcome, titles[fault.certificate.der]) for fault in told.faults if fault.outcome in TABLE}
    # where several stand in the wrong order, any of them may be named
    found = {(rule, "" if rule == "chain-order" else title) for rule, title in found}
    assert found == expected
    assert told.complete is complete
    assert (told.missing is None) is (complete is not False)


def test_every_rule_is_met_by_some_chain() -> None:
    """The oracle would prove little if the cards could not show every fault."""
    by_title = {card.title: card for card in CARDS}
    hands: list[tuple[str, list[str] | None]] = [
        ("leaf", None), ("leaf,issuing", None), ("issuing,leaf", None), ("leaf,issuing,policy,root", []),
        ("leaf,issuing,policy,root,stranger", None), ("old leaf", None), ("weak leaf,issuing", None),
        ("self-made leaf", None),
    ]  # fmt: skip
    seen = set()
    for hand, roots in hands:
        cards = [by_title[title] for title in hand.split(",")]
        seen |= {rule for rule, _ in oracle(cards, None if roots is None else [by_title[each] for each in roots])[1]}
    assert seen == set(TABLE)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.title)
def test_the_cards_are_what_they_say(card: Card) -> None:
    certificate = MADE[card].certificate
    assert (certificate.not_valid_before_utc - NOW).days == card.days[0]
    assert certificate.subject.rfc4514_string() == f"CN={card.subject}"
