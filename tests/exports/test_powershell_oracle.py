"""What is read of scripts against what a real PowerShell makes of them; a few processes judge them all."""

import json
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from conftest import SHARED
from generated_scripts import Deployments, Grammar
from pwsh import parsed, ran
from scripts import LITERAL, OTHERS

from policylint.exports.error import ExportError
from policylint.exports.powershell.cursor import Refused
from policylint.exports.powershell.reader import Reader
from policylint.exports.powershell.tree import Command, Expandable, Group, Node, Opaque, Parameter, Redirection
from policylint.knowledge import Knowledge
from policylint.policies.policy import Policy

Policies = Callable[..., list[Policy]]
SAMPLES = SHARED / "exports" / "powershell-policy-scripts"

COMMON = frozenset(("verbose", "confirm", "erroraction", "whatif", "debug", "domaincontroller"))
CHANGED = "(changed)"


# --- the grammar


def test_commands_are_parted_as_powershell_parts_them(tmp_path: Path) -> None:
    grammar = Grammar(seed=1)
    # the words behind -- and --% are kept in another way, and classes are not read
    known = (*LITERAL.values(), *OTHERS.values())
    scripts = [script for script in known if " --" not in script and not script.startswith("class")]
    scripts += [grammar.script() for _ in range(400)]
    accepted = 0
    for script, truth in zip(scripts, parsed(scripts, tmp_path), strict=True):
        try:
            found = commands_in(script)
        except Refused:
            continue
        accepted += 1
        assert not truth["faults"], script
        assert sorted(found) == sorted(map(as_list, truth["commands"])), script
    assert accepted > len(scripts) / 3


def as_list(words: "str | list[str]") -> list[str]:
    return [words] if isinstance(words, str) else words


def commands_in(script: str) -> list[list[str]]:
    """List the words of every command in a script, those inside texts too."""
    found, scripts = [], [script]
    while scripts:
        text = scripts.pop()
        for statement in Reader(text).script():
            for node in inside(statement, scripts):
                if isinstance(node, Command):
                    words = [each for each in node.elements if not isinstance(each, Redirection)]
                    found.append([written(text, each) for each in (node.name, *words)])
    return found


def written(text: str, node: Node) -> str:
    end = node.argument.end if isinstance(node, Parameter) and node.argument else node.end
    return text[node.start : end]


def inside(node: object, texts: list[str]) -> Iterator[Node]:
    """Yield all nodes; code inside a text goes to `texts`, because its offsets are its own."""
    if isinstance(node, list | tuple):
        for each in node:
            yield from inside(each, texts)
    elif isinstance(node, Expandable):
        for part in node.parts:
            if isinstance(part, Group) and isinstance(part.statements[0], Opaque):
                texts.append(part.statements[0].why)
    elif isinstance(node, Node):
        yield node
        for field in fields(node):
            yield from inside(getattr(node, field.name), texts)


# --- what is set


def test_literal_scripts_are_read_exactly(knowledge: Knowledge, policies_in: Policies, tmp_path: Path) -> None:
    for name, (script, truth) in judged_by_powershell(LITERAL, knowledge, tmp_path).items():
        assert truth, name
        assert compared(policies_in(script, "a.ps1"), truth, knowledge) == set(), name


def test_no_script_is_read_wrongly(knowledge: Knowledge, policies_in: Policies, tmp_path: Path) -> None:
    made = Deployments(seed=1)
    scripts = {**OTHERS, **{f"made {number}": made.script() for number in range(100)}}
    exact = 0
    for script, truth in judged_by_powershell(scripts, knowledge, tmp_path).values():
        try:
            policies = policies_in(script, "a.ps1")
        except ExportError:
            continue
        if any(problem.outcome == "uncertain" for policy in policies for problem in policy.problems):
            continue
        exact += compared(policies, truth, knowledge) == set()
    assert exact > 20


def judged_by_powershell(
    scripts: dict[str, str], knowledge: Knowledge, folder: Path
) -> dict[str, tuple[str, dict[str, dict[str, Any]]]]:
    answers = ran(list(scripts.values()), knowledge.catalogue, folder)
    return {
        name: (script, set_by(answer["calls"])) for (name, script), answer in zip(scripts.items(), answers, strict=True)
    }


def set_by(calls: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Put calls together to what each policy, by its folded name, was given."""
    found: dict[str, dict[str, Any]] = {}
    for call in calls:
        given = {key: value for key, value in call["set"].items() if key.lower() not in COMMON}
        name = given.pop("Name" if call["cmdlet"].startswith("New") else "Identity")
        found.setdefault(str(name).casefold(), {}).update(given)
    return found


def compared(policies: list[Policy], truth: dict[str, dict[str, Any]], knowledge: Knowledge) -> set[str]:
    """Hold policies against what PowerShell set; return the settings that were told as unread."""
    told = set()
    by_name = {policy.name.casefold(): policy for policy in policies}
    assert len(by_name) == len(policies)
    assert set(by_name) <= set(truth)
    for name, given in truth.items():
        policy = by_name.get(name)
        if policy is None:
            told.add(name)
            continue
        wanted = {known.key: value for key, value in given.items() if (known := knowledge.catalogue.named(key))}
        for key in policy.layout.index:
            known, setting = knowledge.catalogue[key], policy.get(key)
            if known.kind == "identity" or key in policy.assumed:
                continue
            assert key in wanted, (name, key)
            if setting is None:
                told.add(key)
            else:
                assert wanted[key] != CHANGED, (name, key)
                plain = wanted[key] if not isinstance(wanted[key], list) else tuple(map(str, wanted[key]))
                assert setting.value == known.read(plain), (name, key)
        assert {key for key in wanted if knowledge.catalogue[key].kind != "identity"} <= set(policy.layout.index)
    return told


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared scripts are not here")
def test_the_shared_scripts_are_read_as_their_truth_says(knowledge: Knowledge, policies_in: Policies) -> None:
    truth = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))
    for name, wanted in truth.items():
        given = {key.casefold(): policy["set"] for key, policy in wanted["policies"].items()}
        may_be_told = wanted["may"] == "told" or wanted["fails"]
        try:
            policies = policies_in((SAMPLES / name).read_bytes(), name)
        except ExportError:
            assert may_be_told, name
            continue
        if any(problem.outcome == "uncertain" for policy in policies for problem in policy.problems):
            assert may_be_told, name
            continue
        given = {key: {**each, **dict.fromkeys(not_told(wanted, key), CHANGED)} for key, each in given.items()}
        told = compared(policies, given, knowledge)
        assert may_be_told or not told, name


def not_told(wanted: dict[str, Any], name: str) -> list[str]:
    return next((each.get("not_told", []) for key, each in wanted["policies"].items() if key.casefold() == name), [])
