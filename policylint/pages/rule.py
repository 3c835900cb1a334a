"""The page of a rule, and the list of all of them."""

from collections.abc import Iterator
from typing import Any

from policylint.knowledge import Knowledge
from policylint.knowledge.rulebook import Rule
from policylint.pages.text import labelled, paragraph, source_list

_DETAILS = {"names": "for", "not_before": "from", "not_after": "until", "signature": "signed with", "key": "key"}


def rule_list(knowledge: Knowledge) -> Iterator[str]:
    """Yield a line for each rule."""
    for rule in knowledge.rulebook.rules:
        yield f"{rule.id}  {rule.severity:8} {rule.name:28} {rule.entry['meaning'].split('. ')[0].rstrip('.')}."


def rule_page(rule: Rule, knowledge: Knowledge) -> Iterator[str]:
    """Yield everything about a rule."""
    yield f"{rule.id} {rule.name}"
    yield ""
    yield from labelled("severity", f"{rule.severity}, effect {rule.effect}")
    yield from labelled("meaning", rule.entry["meaning"])
    yield from labelled("why", rule.entry["why"])
    yield from labelled("what to do", rule.entry["fix"])
    yield ""
    yield "Examples"
    for example in rule.entry["examples"]:
        yield from _example(example)
    yield from source_list(rule.sources, knowledge)


def _example(example: dict[str, Any]) -> Iterator[str]:
    found = ", ".join(example.get("finds", ())) or "nothing"
    given = f"  ({options_of(example)})" if options_of(example) else ""
    yield from paragraph(f"{example['title']}: finds {found}{given}", "  ")
    yield from (f"      {line}" for line in example.get("config", "").strip().splitlines())
    if "settings" in example:
        for name, value in example["settings"].items():
            yield f"      {name} : {value}"
    elif "chain" in example:
        yield from (f"      {line}" for line in chain_lines(example))
    elif "evidence" in example:
        for file in example["evidence"]:
            yield f"      {file['name']}"
            yield from (f"        {line}" for line in file["content"].strip().splitlines())
    else:
        yield from (f"      {line}" for line in example["export"].strip().splitlines())


def options_of(example: dict[str, Any]) -> str:
    """Return the options that a command would be given to see what an example shows."""
    named = ("device", "server", "profile", "host", "as_of", "days")
    return " ".join(f"--{name.replace('_', '-')} {example[name]}" for name in named if name in example)


def chain_lines(example: dict[str, Any]) -> Iterator[str]:
    """Yield a line for each certificate of an example: those that are sent, in their order, then those trusted."""
    for said, key in (("sent", "chain"), ("trusted", "roots")):
        for one in example.get(key, ()):
            issuer = f"issued by CN={one['issuer']}" if "issuer" in one else "self-issued"
            details = [f"{words} {_value(one[name])}" for name, words in _DETAILS.items() if name in one]
            other = ["another key"] if one.get("other_key") else []
            yield f"{said:8}CN={one['subject']}, {', '.join([issuer, *details, *other])}"


def _value(value: object) -> str:
    return (" and ".join(map(str, value)) or "no host") if isinstance(value, list) else str(value)
