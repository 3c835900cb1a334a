"""The script: PowerShell reads exactly the commands that were meant, on exactly the policies that were meant."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from build_logs import taken_for_a_command
from hypothesis import HealthCheck, example, given, settings
from powershell import HOSTILE, NAMES, PARSER, arguments, assert_harmless, evaluated, same
from tree_sitter import Node

from policylint.exports.reader import read_document
from policylint.fixing.plan import Plan, verify
from policylint.fixing.script import GROUP, USERS, script_of, verification
from policylint.fixing.strategies import STRATEGIES
from policylint.fixing.subject import REFUSALS, refused
from policylint.knowledge import load
from policylint.knowledge.query import find_server, resolve
from policylint.policies.changing import changed
from policylint.policies.reading import PolicyReader
from policylint.writing.build_logs import harmless

KNOWLEDGE = load()


def plans(
    name: str, strategy: str, *, path: str = "policy.json", spelling: str = "activesync", **options: Any
) -> list[Plan]:
    """Plan for a policy of a name, in a file of a path, that demands three things too many for Windows Phone 7."""
    made = {"Name": name, "AllowNonProvisionableDevices": False, "AllowCamera": False, "RequireDeviceEncryption": True}
    made["DevicePasswordEnabled" if spelling == "activesync" else "PasswordEnabled"] = True
    document = read_document(json.dumps(made).encode(), path)
    policies = PolicyReader(KNOWLEDGE.catalogue).policies(document)
    subjects = refused(policies, KNOWLEDGE, resolve(["wp7"], KNOWLEDGE), "wp7", **options)
    return [STRATEGIES[strategy](subject) for subject in subjects]


@pytest.mark.parametrize(
    ("name", "page", "guid", "subject"),
    [
        ("Außendienst", "cp850", "7E1C2B3A-4455-4666-8777-99AABBCCDDEE", "'7e1c2b3a-4455-4666-8777-99aabbccddee'"),
        ("Au?endienst", "ascii", "7E1C2B3A-4455-4666-8777-99AABBCCDDEE", "'7e1c2b3a-4455-4666-8777-99aabbccddee'"),
        ("Außendienst", "cp850", "", "'Auáendienst'"),
        ("Außendienst", "utf-8", "7E1C2B3A-4455-4666-8777-99AABBCCDDEE", "'Außendienst'"),
        ("Sales", "cp850", "7E1C2B3A-4455-4666-8777-99AABBCCDDEE", "'Sales'"),
    ],
)
def test_a_name_whose_letters_are_not_certain_gives_way_to_the_guid(
    name: str, page: str, guid: str, subject: str
) -> None:
    rows = f"Name,Guid,AllowNonProvisionableDevices,AllowCamera\n{name},{guid},False,False\nÄ,,True,True\n"
    document = read_document(rows.encode(page, "replace"), "p.csv")
    policies = PolicyReader(KNOWLEDGE.catalogue).policies(document)
    (plan,) = [STRATEGIES["relax"](each) for each in refused(policies, KNOWLEDGE, resolve(["wp7"], KNOWLEDGE), "wp7")]
    lines = list(script_of(plan, what_if=True))
    assert commands(lines) == [f"Set-MobileDeviceMailboxPolicy {subject} -AllowCamera $true -WhatIf"]
    assert any("not certain" in line for line in lines) == (page != "utf-8" and name != "Sales")


def commands(lines: list[str]) -> list[str]:
    """The lines that are no comments, after it is sure that PowerShell sees no command but in them."""
    root = PARSER.parse("".join(f"{line}\n" for line in lines).encode()).root_node
    assert not root.has_error or all(line.startswith("#") for line in lines)
    kept = [line for line in lines if not line.startswith("#")]
    seen = [(node.start_point.row, node.text.decode().split()[0]) for node in _commands(root)]  # type: ignore[union-attr]
    numbers = [number for number, line in enumerate(lines) if not line.startswith("#")]
    assert [row for row, _ in seen if row not in numbers] == []
    assert [cmdlet for _, cmdlet in seen] == [cmdlet for line in kept for cmdlet in _meant(line)]
    return kept


def _meant(line: str) -> list[str]:
    """The commands that a line begins with and ends in."""
    unquoted = re.sub(r"'(?:[^'\u2018-\u201b]|['\u2018-\u201b]{2})*'", "''", line)
    first = unquoted.split()[0]
    piped = [unquoted.rsplit(" | ", 1)[1].split()[0]] if line.startswith(("@(", "Get-")) else []
    return [*([] if first.startswith("@(") else [first]), *piped]


def _commands(node: Node) -> Iterator[Node]:
    if node.type == "command":
        yield node
        return
    for child in node.named_children:
        yield from _commands(child)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=NAMES, path=NAMES)
@example(name="x'; Remove-Mailbox 'y", path="a\nRemove-Mailbox b")
@example(name="\u2019; Remove-Mailbox b #", path="#> ; Remove-Mailbox b <#")
@example(name="a", path="\r Remove-Mailbox b")
@pytest.mark.parametrize("strategy", STRATEGIES)
def test_whatever_a_policy_and_a_file_are_called(strategy: str, name: str, path: str) -> None:
    for plan in plans(name, strategy, path=path):
        lines = [*script_of(plan, what_if=True), *verification(plan, verify(plan))]
        for line in lines:
            assert_harmless(line)
            # a build log may show it; only what is said about the commands may change for that
            assert harmless(line) == line if not line.startswith("#") else not taken_for_a_command(harmless(line))
        found = commands(lines)
        identity = plan.subject.policy.own_name
        if identity is None:
            continue
        for line in found:
            if line.startswith(("@(", "Get-")):
                _, assigned = line.split(" | Set-CASMailbox", 1)
                cmdlet, given_to = arguments("Set-CASMailbox" + assigned)
            else:
                cmdlet, given_to = arguments(line)
            assert given_to[-1].text == b"-WhatIf"
            if cmdlet.startswith("Set-ActiveSync"):
                assert same(evaluated(given_to[0]), identity)
            elif cmdlet.startswith("New-"):
                assert same(evaluated(given_to[1]), plan.subject.new_name)
            else:
                assert cmdlet == "Set-CASMailbox"
                assert same(evaluated(given_to[-2]), plan.subject.new_name)


NUMBER_OF_COMMANDS = {"separate": 3, "relax": 2, "open-gate": 1}


@pytest.mark.parametrize("strategy", STRATEGIES)
@pytest.mark.parametrize("name", [each for each in HOSTILE if each.strip()])
def test_the_commands_intended_and_no_others(strategy: str, name: str) -> None:
    (plan,) = plans(name, strategy)
    assert len(commands(list(script_of(plan, what_if=True)))) == NUMBER_OF_COMMANDS[strategy]


def read_back(nodes: list[Node]) -> dict[str, Any]:
    """The values that parameters give to properties, read as PowerShell would hand them to the cmdlet."""
    texts = [node.text.decode() for node in nodes]  # type: ignore[union-attr]
    pairs = dict(zip(texts[::2], texts[1::2], strict=True))
    found: dict[str, Any] = {}
    for parameter, value in pairs.items():
        known = KNOWLEDGE.catalogue[parameter.removeprefix("-")]
        plain = {"$true": "True", "$false": "False", "$null": None}.get(value, value)
        found[known.key] = known.read(plain)
    return found


@pytest.mark.parametrize("spelling", ["activesync", "mobiledevice"])
def test_what_is_printed_cures_what_was_found(spelling: str) -> None:
    """The loop closed by the text itself: parse the script, apply it, judge again."""
    for strategy in ("relax", "open-gate"):
        (plan,) = plans("P", strategy, spelling=spelling)
        values: dict[str, Any] = {}
        for line in commands(list(script_of(plan, what_if=False))):
            cmdlet, (_, *given_to) = arguments(line)
            assert cmdlet == f"Set-{'ActiveSync' if spelling == 'activesync' else 'MobileDevice'}MailboxPolicy"
            values |= read_back(given_to)
        after = plan.subject.judge(changed(plan.subject.policy, values, KNOWLEDGE.catalogue))
        assert not {finding.rule.outcome for finding in after} & set(REFUSALS)
    (plan,) = plans("P", "separate", spelling=spelling)
    new, users, group = commands(list(script_of(plan, what_if=False)))
    _, (_, _, *given_to) = arguments(new)
    assert read_back(given_to) == {change.known.key: change.after for change in plan.changes}
    assert all(user in users for user in USERS)
    assert GROUP in group


def test_the_cmdlets_follow_the_server_where_it_has_one_pair_only() -> None:
    server = find_server("exchange-2010", KNOWLEDGE)
    (plan,) = plans("P", "relax", spelling="mobiledevice", server=server)
    assert all("Set-ActiveSyncMailboxPolicy" in line for line in commands(list(script_of(plan, what_if=True))))
    (new,) = plans("P", "separate", spelling="mobiledevice", server=server)
    assert "-DevicePasswordEnabled $true" in commands(list(script_of(new, what_if=True)))[0]


def test_each_command_stands_below_its_finding_and_source() -> None:
    (plan,) = plans("P", "relax")
    lines = list(script_of(plan, what_if=True))
    for position, line in enumerate(lines):
        if not line.startswith("#"):
            above = []
            for earlier in reversed(lines[:position]):
                if not earlier.startswith("#"):
                    break
                above.append(earlier)
            text = "\n".join(above)
            assert re.search(r"# policy\.json:1 EAS101 ", text)
            assert "# source: " in text
            assert "# LOOSENS " in text
