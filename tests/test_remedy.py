"""The printed command: PowerShell reads exactly one command in it, with exactly the policy's name."""

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import timedelta

import pytest
import tree_sitter_powershell
from hypothesis import example, given
from hypothesis import strategies as st
from tree_sitter import Language, Node, Parser

from policylint import remedy
from policylint.knowledge import load
from policylint.policy import Policy
from policylint.values import Value

PARSER = Parser(Language(tree_sitter_powershell.language()))
CATALOGUE = load().catalogue
QUOTES = "'\u2018\u2019\u201a\u201b"

HOSTILE = [
    "", "Default", "Chef's", "it''s", QUOTES, "a\u2019; Remove-Mailbox -Identity 'b", "'\u2019'",
    "\u2018' -Force '\u2019",
    "$(Remove-Mailbox b)", "`$x`", '"; b "', "a;b|c&d", "<#", "#>", "# a", "-Force", "--%", "@'\na\n'@", '@"\na\n"@',
    "a\nRemove-Mailbox b", "a\r\nb", "\r", "\x00", "\x1b[2J", "\x85", "\t", "\u2028", "\u2029", "\ufeff", "\u00ad",
    "\u202eexe.\u2066b\u2069", "\u200b", "\U000e0041", "\U0001f600", "\U0001f468\u200d\U0001f469", "\ud83d",
    "\ude00\ud83d",
    "\n'", "'\n", "\n\n", "[char]0x27", "') ; b ('", "Außendienst", "営業", "\uffff", "\U0010ffff", "\u0301a",
    "${a}", "{", "}",
]  # fmt: skip
CHARACTERS = st.sampled_from(sorted(set("".join(HOSTILE)))) | st.characters(exclude_categories=())
NAMES = st.sampled_from(HOSTILE) | st.text(CHARACTERS, max_size=20)


def evaluated(node: Node) -> str | int | list[str]:
    """What an argument stands for: a string, the number of a `[char]`, or a list of strings."""
    text = node.text.decode()  # type: ignore[union-attr]
    parts = node.named_children
    match node.type:
        case "string_literal":
            # by the words of PowerShell's own tokenizer, which knows five single quotes and wants each doubled
            body = re.fullmatch(f"'((?:[^{QUOTES}]|[{QUOTES}]{{2}})*)'", text)
            assert body, text
            return re.sub(f"[{QUOTES}]([{QUOTES}])", r"\1", body[1])
        case "cast_expression":
            code = re.fullmatch(r"\[char\]0x([0-9A-F]{4})", text)
            assert code, text
            return int(code[1], 16)
        case "additive_expression" if len(parts) == 2:
            left, right = map(evaluated, parts)
            assert isinstance(left, str), "a character on the left makes + a sum"
            assert isinstance(right, str | int)
            return left + (right if isinstance(right, str) else chr(right))
        case "array_expression":
            return items(node)
        case _:
            assert len(parts) == 1, node
            return evaluated(parts[0])


def items(node: Node) -> list[str]:
    """The strings of a @(…)."""
    while node.type != "array_literal_expression":
        (node,) = node.named_children
    found = [evaluated(item) for item in node.named_children]
    assert all(isinstance(item, str) for item in found)
    return found  # type: ignore[return-value]


def arguments(line: str) -> tuple[str, list[Node]]:
    """The name of the only command in a line, and its arguments."""
    root = PARSER.parse(line.encode()).root_node
    assert not root.has_error, line
    (statements,) = root.named_children
    (pipeline,) = statements.named_children
    (chain,) = pipeline.named_children
    (command,) = chain.named_children
    assert command.type == "command"
    name, elements = command.named_children
    assert name.type == "command_name"
    return name.text.decode(), [  # type: ignore[union-attr]
        element for element in elements.named_children if element.type != "command_argument_sep"
    ]


def same(left: object, right: str) -> bool:
    """Whether two texts are the same to PowerShell, which counts in UTF-16."""
    assert isinstance(left, str)
    return left.encode("utf-16-le", "surrogatepass") == right.encode("utf-16-le", "surrogatepass")


def assert_harmless(line: str) -> None:
    """No character of the line breaks it, moves what is seen, or is not seen."""
    assert line.splitlines() == [line]
    for character in line:
        assert unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp"), line
        assert unicodedata.bidirectional(character) not in (
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        )


@given(NAMES)
def test_an_argument_is_exactly_the_text_it_was_made_of(text: str):
    line = f"Get-Thing {remedy.argument(text)} -Flag"
    name, (first, flag) = arguments(line)
    assert name == "Get-Thing"
    assert same(evaluated(first), text)
    assert flag.text == b"-Flag"
    assert_harmless(line)


@given(st.lists(NAMES, min_size=1, max_size=4).map(tuple))
def test_a_list_holds_exactly_its_entries(texts: tuple[str, ...]):
    line = f"Get-Thing {remedy.literal(texts)}"
    _, (only,) = arguments(line)
    found = evaluated(only)
    assert isinstance(found, list)
    assert len(found) == len(texts)
    assert all(map(same, found, texts))
    assert_harmless(line)


@pytest.fixture(scope="session")
def named(policies_in: Callable[..., list[Policy]]) -> Callable[..., Policy]:
    """A policy of a name, out of an export in the spelling of either pair of cmdlets."""

    def make(name: str, spelling: str) -> Policy:
        (policy,) = policies_in(json.dumps({"Name": name, spelling: True, "AllowCamera": False}))
        return policy

    return make


@given(name=NAMES, spelling=st.sampled_from(["DevicePasswordEnabled", "PasswordEnabled"]))
@example(name="a\u2019; Remove-Mailbox 'b", spelling="PasswordEnabled")
def test_a_command_is_one_command_on_exactly_that_policy(named: Callable[..., Policy], name: str, spelling: str):
    policy = named(name, spelling)
    line = remedy.command(policy, CATALOGUE["AllowCamera"], True)
    if not name.strip():
        assert line is None  # nothing that Exchange would find the policy by
        return
    assert line is not None
    cmdlet, (first, parameter, value) = arguments(line)
    expected = {"DevicePasswordEnabled": "ActiveSync", "PasswordEnabled": "MobileDevice"}[spelling]
    assert cmdlet == f"Set-{expected}MailboxPolicy"
    assert same(evaluated(first), policy.name)
    assert (parameter.text, value.text) == (b"-AllowCamera", b"$true")
    assert_harmless(line)


def test_an_ordinary_name_stays_readable(named: Callable[..., Policy]):
    policy = named("Außendienst (alle)", "PasswordEnabled")
    line = remedy.command(policy, CATALOGUE["DevicePasswordEnabled"], False)
    assert line == "Set-MobileDeviceMailboxPolicy 'Außendienst (alle)' -PasswordEnabled $false"


def test_the_parameter_follows_the_spelling_of_the_export(named: Callable[..., Policy]):
    length = CATALOGUE["MinDevicePasswordLength"]
    old, new = named("P", "DevicePasswordEnabled"), named("P", "PasswordEnabled")
    assert remedy.command(old, length, 4) == "Set-ActiveSyncMailboxPolicy 'P' -MinDevicePasswordLength 4"
    assert remedy.command(new, length, 4) == "Set-MobileDeviceMailboxPolicy 'P' -MinPasswordLength 4"


def test_without_a_telling_name_it_is_the_cmdlet_of_today(named: Callable[..., Policy]):
    line = remedy.command(named("P", "AllowBrowser"), CATALOGUE["DevicePasswordEnabled"], True)
    assert line == "Set-MobileDeviceMailboxPolicy 'P' -PasswordEnabled $true"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "$null"),
        ((), "$null"),
        (True, "$true"),
        (False, "$false"),
        (0, "0"),
        (16, "16"),
        (timedelta(minutes=15), "00:15:00"),
        (timedelta(days=90), "90.00:00:00"),
        ("Unlimited", "Unlimited"),
        ("", "''"),
        ("a b", "'a b'"),
        ("Größe", "'Größe'"),
        ("a;b", "'a;b'"),
        (("a", "b'c"), "@('a', 'b''c')"),
        (("a\nb",), "@(('a' + [char]0x000A + 'b'))"),
    ],
)
def test_values_are_written_as_arguments(value: Value, written: str):
    assert remedy.literal(value) == written
    _, found = arguments(f"Set-Thing -Value {written}")
    assert len(found) == 2
