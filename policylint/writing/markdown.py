"""Text as Markdown, and tables of it: whatever it holds, it stays text, in a comment or summary on GitHub as well."""

import re
from collections.abc import Iterable, Iterator, Sequence

from policylint.writing.style import printable

_PUNCTUATION = re.compile(r"([\\`*_{}\[\]<>()#|~&!])")
# GitHub looks for these in the finished page, where a backslash is gone: mentions, addresses, issues by their number
_LINKED_ANYWAY = re.compile(r"@\w|://|\bwww\.|#\d|\bGH-\d", re.IGNORECASE)


def escaped(text: str) -> str:
    """Return a text in which no character is markup, and none ends a cell of a table.

    Where GitHub would make a link or a mention of some word all the same, the text is code.
    """
    if _LINKED_ANYWAY.search(text):
        return code(text)
    return _PUNCTUATION.sub(r"\\\1", printable(text))


def code(text: str) -> str:
    """Return a text as a code span: inside one, nothing links, mentions or renders.

    Only a pipe has to be escaped for the table. Backslashes before one are doubled, or they would undo that.
    """
    text = re.sub(r"(\\*)\|", lambda found: found[1] * 2 + r"\|", printable(text))
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    padding = " " if text[:1] in ("`", " ", "") or text[-1:] in ("`", " ", "\\") else ""
    return f"{fence}{padding}{text}{padding}{fence}"


def table(header: Sequence[str], body: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table, of cells that are Markdown already: its head in one piece, then row by row."""
    yield _row(header) + _row(["---"] * len(header))
    yield from map(_row, body)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
