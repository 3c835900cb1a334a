"""The page of a rule."""

import json
from typing import Any

from policylint.handbook.markdown import code, code_block, items
from policylint.handbook.page import Page
from policylint.handbook.places import rule_place
from policylint.handbook.words import EFFECTS
from policylint.knowledge import Knowledge
from policylint.knowledge.rulebook import Rule
from policylint.pages.cells import plain_text
from policylint.pages.rule import chain_lines, options_of

_FILLED_IN = ", where what was found takes the place of the words in braces"


def rule_page(rule: Rule, knowledge: Knowledge) -> Page:
    """Write everything about a rule."""
    page = Page(rule_place(rule), f"{rule.id} {rule.name}", knowledge)
    page.add(
        items(
            [
                f"**Severity:** {rule.severity}",
                f"**Effect:** {code(rule.effect)}, {EFFECTS[rule.effect]}",
                f"**Message:** {code(rule.message)}{_FILLED_IN if '{' in rule.message else ''}",
            ]
        )
    )
    page.heading("What it means")
    page.add(page.prose(rule.entry["meaning"]))
    if rule.when:
        page.add("It is reported where all of this holds for one policy:")
        page.add(items(_condition(page, each) for each in rule.when))
    if rule.devices:
        page.add(f"It concerns {', '.join(map(code, rule.devices))} only.")
    page.heading("Why it matters")
    page.add(page.prose(rule.entry["why"]))
    page.heading("What to do")
    page.add(page.prose(rule.entry["fix"]))
    page.heading("Examples")
    for example in rule.entry["examples"]:
        _add_example(page, example)
    page.heading("Sources")
    page.add(items(f"{page.sources([name])}: {page.prose(knowledge.sources[name].title)}" for name in rule.sources))
    return page


def _condition(page: Page, condition: dict[str, Any]) -> str:
    said = []
    for key, words in (("equals", "is"), ("unequal", "is not"), ("above", "is above"), ("below", "is below")):
        if key in condition:
            said.append(f"{words} {code(plain_text(condition[key]))}")
    if condition.get("ignore_case"):
        said[-1] += ", in upper or lower case"
    for key, yes, no in (
        ("demanded", "asks something of a device", "asks nothing of a device"),
        ("present", "is in the export", "is not in the export"),
    ):
        if key in condition:
            said.append(yes if condition[key] else no)
    return f"{page.property(page.knowledge.catalogue[condition['property']])} {' and '.join(said)}"


def _add_example(page: Page, example: dict[str, Any]) -> None:
    page.heading(page.prose(example["title"]), 3)
    found = ", ".join(map(code, example.get("finds", ())))
    options = options_of(example)
    given = f" with {code(options)}" if options else ""
    where = f", on {', '.join(map(code, example['targets']))}" if "targets" in example else ""
    page.add(f"Found at {found}{where}{given}:" if found else f"Not found{given}:")
    if "config" in example:
        page.add(code_block(example["config"].strip("\n"), "toml"))
    if "settings" in example:
        page.add(
            code_block("\n".join(f"{name} = {_toml(value)}" for name, value in example["settings"].items()), "toml")
        )
    elif "chain" in example:
        page.add(code_block("\n".join(chain_lines(example)), "text"))
    elif "evidence" in example:
        for file in example["evidence"]:
            page.add(f"{code(file['name'])}:")
            page.add(code_block(file["content"].strip("\n"), "text"))
    else:
        page.add(code_block(example["export"].strip("\n"), "text"))


def _toml(value: object) -> str:
    # strings, numbers, booleans and lists of them are written alike in JSON and TOML
    return json.dumps(value, ensure_ascii=False)
