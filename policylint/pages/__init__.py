"""Pages about all that a reader may ask for: plain lines of text, made from the knowledge alone."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import chain

from policylint.knowledge import Knowledge
from policylint.knowledge.families import Target
from policylint.knowledge.nearest import did_you_mean, nearest
from policylint.knowledge.query import QueryError, find_profile, find_server, names, resolve
from policylint.pages.device import device_page
from policylint.pages.glossary import GLOSSARY
from policylint.pages.issue import issue
from policylint.pages.profile import profile_list, profile_page
from policylint.pages.property import property_overview, property_page
from policylint.pages.rule import rule_list, rule_page
from policylint.pages.word import server_page, topic_page, topics, word_page

__all__ = ["UnknownSubjectError", "explain", "explain_for", "explain_rule", "profile_list", "rule_list"]


class UnknownSubjectError(Exception):
    """A subject that nothing is called by; the message holds the nearest names."""


def explain(subject: str, knowledge: Knowledge, *, full: bool = False) -> Iterator[str]:
    """Yield the page of whatever `subject` names; that of a property in short unless `full` is wanted.

    Raises `UnknownSubjectError`.
    """
    word, page = word_page(subject), _rule_or_profile(subject, knowledge)
    if word or page:
        return chain(word or (), [""] if word and page else (), page or ())
    known = knowledge.catalogue.searched(subject)
    if known:
        return (property_page if full else property_overview)(known, subject, knowledge)
    page = topic_page(subject, knowledge)
    if page:
        return page
    with suppress(QueryError):
        return server_page(find_server(subject, knowledge), knowledge)
    try:
        return device_page(resolve([subject], knowledge), knowledge)
    except QueryError as error:
        raise UnknownSubjectError(_near(subject, knowledge) or str(error)) from None


def explain_for(
    subject: str, targets: tuple[Target, ...], knowledge: Knowledge, *, report: bool = False
) -> Iterator[str]:
    """Yield what some releases do with a property, or a `report` for an issue. Raises `UnknownSubjectError`."""
    known = knowledge.catalogue.searched(subject)
    if known is None or known.neutral is None:
        near = did_you_mean(knowledge.catalogue.nearest(subject, of_devices=True))
        raise UnknownSubjectError(f"{subject!r} is no setting that devices act on: --device goes with one{near}")
    return issue(known, targets, knowledge) if report else property_page(known, subject, knowledge, targets)


def explain_rule(subject: str, knowledge: Knowledge) -> Iterator[str]:
    """Yield the page of a rule, or of a profile of a benchmark. Raises `UnknownSubjectError`."""
    page = _rule_or_profile(subject, knowledge)
    if page is None:
        hint = did_you_mean(nearest(subject, _rules_and_profiles(knowledge))) or " (policylint rules lists them)"
        raise UnknownSubjectError(f"unknown rule {subject!r}{hint}")
    return page


def _rule_or_profile(subject: str, knowledge: Knowledge) -> Iterator[str] | None:
    rule = knowledge.rulebook.named(subject)
    if rule:
        return rule_page(rule, knowledge)
    try:
        return profile_page(find_profile(subject, knowledge), knowledge)
    except QueryError:
        return None


def _rules_and_profiles(knowledge: Knowledge) -> list[str]:
    rules = (name for rule in knowledge.rulebook.rules for name in (rule.id, rule.name))
    return [*rules, *(profile.id for profile in knowledge.profiles)]


def _near(subject: str, knowledge: Knowledge) -> str | None:
    known = _rules_and_profiles(knowledge)
    for entry in knowledge.catalogue.properties:
        known += filter(None, (*entry.spellings, entry.phone_name))
    known += [*GLOSSARY, *topics(knowledge), *(server.id for server in knowledge.servers)]
    near = nearest(subject, [*known, *names(knowledge)], cutoff=0.6)
    return f"nothing is called {subject!r}{did_you_mean(near)}" if near else None
