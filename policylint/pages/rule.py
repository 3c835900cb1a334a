"""The page of a rule, and the list of all of them."""

from collections.abc import Iterator
from typing import Any

from policylint.knowledge import Knowledge
from policylint.knowledge.rulebook import Rule
from policylint.pages.text import labelled, paragraph, source_list


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
    options = [f"--{option} {example[option]}" for option in ("device", "server", "profile") if option in example]
    given = f"  ({' '.join(options)})" if options else ""
    yield from paragraph(f"{example['title']}: finds {found}{given}", "  ")
    yield from (f"      {line}" for line in example.get("config", "").strip().splitlines())
    if "settings" in example:
        for name, value in example["settings"].items():
            yield f"      {name} : {value}"
    else:
        yield from (f"      {line}" for line in example["export"].strip().splitlines())
