"""Pages about what is known: rules, properties, devices. Plain lines of text, made from the knowledge alone."""

from collections.abc import Iterator

from policylint.explanation.device_page import device_page
from policylint.explanation.property_overview import property_overview
from policylint.explanation.property_page import property_page
from policylint.explanation.rule_page import rule_list, rule_page
from policylint.knowledge import Knowledge
from policylint.knowledge.nearest import did_you_mean, nearest
from policylint.knowledge.query import QueryError, names, resolve
from policylint.knowledge.rulebook import UnknownRuleError

__all__ = ["UnknownSubjectError", "explain", "explain_rule", "rule_list"]


class UnknownSubjectError(Exception):
    """A subject that is no rule, property or device; the message holds the nearest names."""


def explain(subject: str, knowledge: Knowledge, *, full: bool = False) -> Iterator[str]:
    """Yield the page of whatever `subject` names; that of a property in short unless `full` is wanted.

    Raises `UnknownSubjectError`.
    """
    rule = knowledge.rulebook.named(subject)
    if rule:
        return rule_page(rule, knowledge)
    known = knowledge.catalogue.searched(subject)
    if known:
        return (property_page if full else property_overview)(known, subject, knowledge)
    try:
        return device_page(resolve([subject], knowledge), knowledge)
    except QueryError as error:
        raise UnknownSubjectError(_near(subject, knowledge) or str(error)) from None


def explain_rule(subject: str, knowledge: Knowledge) -> Iterator[str]:
    """Yield the page of a rule. Raises `UnknownSubjectError`."""
    try:
        return rule_page(knowledge.rulebook.find(subject), knowledge)
    except UnknownRuleError as error:
        raise UnknownSubjectError(str(error)) from None


def _near(subject: str, knowledge: Knowledge) -> str | None:
    known = [name for rule in knowledge.rulebook.rules for name in (rule.id, rule.name)]
    for entry in knowledge.catalogue.properties:
        known += filter(None, (*entry.spellings, entry.phone_name))
    near = nearest(subject, [*known, *names(knowledge)], cutoff=0.6)
    return f"nothing is called {subject!r}{did_you_mean(near)}" if near else None
