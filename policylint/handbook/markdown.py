"""Markdown as GitHub reads it: how a text shows as it is, and the few shapes that pages are made of."""

import re
from collections.abc import Iterable, Sequence

_SPECIAL = re.compile(r"([\\`*_\[\]<>~]|&(?=#?\w+;))")
_OPENS_A_BLOCK = re.compile(r"^(\d+(?=[.)]\s)|(?=[-+#]))")


def escape(text: str) -> str:
    """Make a text show as it is. A pipe is left to `table`, the only place where it means something."""
    return _SPECIAL.sub(r"\\\1", text)


def paragraph(markdown: str) -> str:
    """Keep what opens a paragraph from being taken for a list or a heading."""
    return _OPENS_A_BLOCK.sub(r"\1\\", markdown)


def code(text: str) -> str:
    """Set a name or a value in code, whatever it holds."""
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    padding = " " if len(fence) > 1 or not text.strip() else ""
    return f"{fence}{padding}{text}{padding}{fence}"


def code_block(text: str, language: str) -> str:
    """Set lines in code."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def link(text: str, address: str) -> str:
    """Link a text that is Markdown already."""
    address = address.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    return f"[{text}]({address})"


def items(lines: Iterable[str], indent: str = "") -> str:
    """Print a bulleted list."""
    return "\n".join(f"{indent}- {line}" for line in lines)


def numbered(lines: Iterable[str]) -> str:
    """Print a numbered list."""
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Print a table without the columns in which no row has anything."""
    rows = list(rows)
    used = [index for index in range(len(header)) if any(row[index] for row in rows)]
    shown = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(_cell(row[index]) for index in used)} |" for row in shown)


def said_once(rows: Iterable[Sequence[str]]) -> list[Sequence[str]]:
    """Leave out the first cell of a row where the row above has the same."""
    rows = list(rows)
    above = [None, *(row[0] for row in rows)]
    return [["", *row[1:]] if row[0] == before else row for before, row in zip(above, rows, strict=False)]


def anchors(headings: Iterable[str]) -> list[str]:
    """Return the anchors that GitHub gives the headings of one page, in their order."""
    taken: dict[str, int] = {}
    found = []
    for heading in headings:
        slug = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        repeated = taken.get(slug, 0)
        taken[slug] = repeated + 1
        found.append(f"{slug}-{repeated}" if repeated else slug)
    return found


def _cell(text: str) -> str:
    return text.replace("|", r"\|")
