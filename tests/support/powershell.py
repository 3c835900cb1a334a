"""What PowerShell reads in a line: its grammar, and the hostile names that have to stay names."""

import re
import unicodedata

import tree_sitter_powershell
from hypothesis import strategies as st
from tree_sitter import Language, Node, Parser

PARSER = Parser(Language(tree_sitter_powershell.language()))
QUOTES = "'\u2018\u2019\u201a\u201b"

HOSTILE = [
    "", "Default", "Chef's", "it''s", QUOTES, "a\u2019; Remove-Mailbox -Identity 'b", "'\u2019'",
    "\u2018' -Force '\u2019",
    "$(Remove-Mailbox b)", "`$x`", '"; b "', "a;b|c&d", "<#", "#>", "# a", "-Force", "--%", "@'\na\n'@", '@"\na\n"@',
    "a\nRemove-Mailbox b", "a\r\nb", "\r", "\x00", "\x1b[2J", "\x85", "\t", "\u2028", "\u2029", "\ufeff", "\u00ad",
    "\u202eexe.\u2066b\u2069", "\u200b", "\U000e0041", "\U0001f600", "\U0001f468\u200d\U0001f469", "\ud83d",
    "\ude00\ud83d",
    "\n'", "'\n", "\n\n", "[char]0x27", "') ; b ('", "Außendienst", "営業", "\uffff", "\U0010ffff", "\u0301a",
    "${a}", "{", "}", "##vso[task.complete]x", "a ##[add-mask]b", "::stop-commands::t", "####teamcity[a b='c']",
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
