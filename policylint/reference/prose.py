"""Texts of the pack as Markdown: names of properties and rules lead to their pages, other identifiers are code."""

import re
from collections.abc import Callable

from policylint.handbook.markdown import code, escape, paragraph

_TOKEN = re.compile(
    r"(?P<address>https?://[^\s<>]*[^\s<>.,;:)])"
    r"|(?P<code>@\{.*\}|\$\w+|(?<![\w-])--[a-z][a-z-]*|[\w./-]*_[\w./-]*\w)"
    r"|(?P<name>\b[A-Z][A-Za-z0-9]*[A-Z0-9][A-Za-z0-9]*\b)"
)


def prose(text: str, named: Callable[[str], str | None]) -> str:
    """Turn a plain text into Markdown. `named` returns what a name shows as, or None if it is an ordinary word."""
    parts = []
    position = 0
    for token in _TOKEN.finditer(text):
        parts.append(text[position : token.start()])
        position = token.end()
        if token["address"]:
            shown = f"<{token['address']}>"
        elif token["code"]:
            shown = code(token["code"])
        else:
            shown = named(token["name"]) or token["name"]
        parts.append(shown)
    # every second part is a token, and the rest is plain text
    parts.append(text[position:])
    return paragraph("".join(part if index % 2 else escape(part) for index, part in enumerate(parts)))
