"""Tells texts whose commands set policies from texts that only speak of such commands."""

import re
from collections.abc import Iterator

from policylint.exports.powershell.names import NAMED, RUNS_TEXT
from policylint.exports.window import PROPERTY

_BEFORE = re.compile(r"(?:.*[;{(|&=!\]])?[ \t\u00a0]*(?:[&.][ \t]*)?['\"]?(?:[\w.]+\\)?")
"""What may stand in a line before a command that runs; a prompt, a sentence and a comment are none of it."""
_RUNS_TEXT = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(RUNS_TEXT)))})\b[^#]*", re.IGNORECASE)
"""Before a command that stands in a text: a command that runs texts."""
_FENCE = re.compile(r"^[ \t>]*(?:```|~~~)", re.MULTILINE)
_OPENING = re.compile(r"<#|@'[ \t]*\r?\n|@\"[ \t]*\r?\n")
_CLOSING = {"<#": "#>", "@'": "\n'@", '@"': '\n"@'}

LOGGED = re.compile(
    r"^[^\[\n]*+\[(?=[^\]\n]*\bCmdlet=[\w-])(?P<context>[^\]\n]*+)\][ \t]+"
    r"(?:START[ \t]+(?P<command>[^\r\n]+)|FINISH\b)",
    re.MULTILINE,
)
"""A line of the log of the Hybrid Configuration Wizard in which a command starts, or without `command` ends."""


def is_wizard_log(text: str) -> bool:
    """Tell whether a text is a log of the Hybrid Configuration Wizard that names a command which sets a policy."""
    return any(NAMED.search(found["command"] or "") for found in LOGGED.finditer(text))


def is_script(text: str) -> bool:
    """Tell whether a text is a script in which such a command stands where commands stand."""
    for found in NAMED.finditer(text):
        line = text.rfind("\n", 0, found.start()) + 1
        near = max(line, found.start() - 1000)
        if _BEFORE.fullmatch(text, near, found.start()) or _RUNS_TEXT.search(text, near, found.start()):
            break
    else:
        return False
    if _FENCE.search(text):
        return False
    return not any(PROPERTY.match(line.rstrip()) for code in _code(text) for line in code.split("\n"))


def _code(text: str) -> Iterator[str]:
    """Yield what stands outside block comments and here-strings."""
    start = 0
    while opening := _OPENING.search(text, start):
        yield text[start : opening.start()]
        closing = _CLOSING[opening[0][:2]]
        found = text.find(closing, opening.end() - 1)
        if found < 0:
            return
        start = found + len(closing)
    yield text[start:]
