"""Colour where it is wanted, and no character that would let an export write on the terminal by itself."""

import unicodedata
from collections.abc import Collection, Sequence
from typing import NamedTuple

_CODES = {"red": "31", "green": "32", "yellow": "33", "cyan": "36"}

SEVERITY_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}

VERDICT_COLOURS = {
    "cannot-connect": "red",
    "refused": "red",
    "refused-on-some": "red",
    "unknown": "cyan",
    "weakened": "yellow",
    "accepted": "green",
    "incomplete": "red",
    "maybe-complete": "cyan",
    "complete": "green",
}
"""The colour of each verdict; one that is not here has none."""

ACCESS_COLOURS = {**VERDICT_COLOURS, "maybe": "yellow", "let-in": "green"}
"""The colour of each access."""


class Style(NamedTuple):
    """Paints text, or leaves it plain."""

    colour: bool

    def paint(self, text: str, colour: str | None) -> str:
        """Colour a text."""
        return f"\x1b[{_CODES[colour]}m{text}\x1b[0m" if self.colour and colour else text

    def bold(self, text: str) -> str:
        """Make a text bold."""
        return f"\x1b[1m{text}\x1b[0m" if self.colour else text

    def dim(self, text: str) -> str:
        """Make a text recede."""
        return f"\x1b[2m{text}\x1b[0m" if self.colour else text

    def link(self, text: str, address: str | None) -> str:
        """Make a text lead to an address where the terminal can: by the escape sequence OSC 8."""
        return f"\x1b]8;;{printable(address)}\x1b\\{text}\x1b]8;;\x1b\\" if self.colour and address else text


PLAIN_WIDTH = 80
"""Columns of text that is not for a terminal."""


class Look(NamedTuple):
    """How the forms for people look: their colours, and how many columns there are.

    With `only`, just the findings of these severities are told, and no advice; `statistics` counts findings instead of
    telling them; `group` is what stands together: a `setting`, a `policy`, or nothing (`line`). They are for the report
    of a check.
    """

    style: Style = Style(False)
    width: int = PLAIN_WIDTH
    only: Collection[str] | None = None
    statistics: bool = False
    group: str = "setting"


def printable(text: str) -> str:
    """Return a text of the same length in which no character controls a terminal or reorders a line."""
    if text.isprintable():
        return text
    return "".join(" " if each == "\t" else "\ufffd" if _acts(each) else each for each in text)


def _acts(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def quoted(name: str) -> str:
    """Print the name of a policy or a chain."""
    return f'"{printable(name)}"'


def number(count: int, one: str, many: str | None = None) -> str:
    """Print a count with its noun."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def and_more(parts: Sequence[str], most: int) -> str:
    """List the first of some parts, and count the rest: `a, b and 3 more`."""
    listed = ", ".join(parts[:most])
    return listed if len(parts) <= most else f"{listed} and {len(parts) - most} more"
