"""A place in a script that moves on as it is read."""

import re
from typing import NoReturn

from policylint.exports.powershell.characters import BLANKS, LINES, SEPARATORS

DEEPEST = 50
"""How many brackets may be open at once: hostile scripts nest to exhaust the stack."""


class Refused(Exception):
    """What cannot be read, and the offset where it stands."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class Cursor:
    """Moves through `text` from `pos` to `limit`, and never beyond it."""

    __slots__ = ("depth", "limit", "pos", "text")

    def __init__(self, text: str, pos: int = 0, limit: int | None = None) -> None:
        self.text = text
        self.pos = pos
        self.limit = len(text) if limit is None else limit
        self.depth = 0

    def refuse(self, message: str, offset: int | None = None) -> NoReturn:
        """Raise `Refused` at an offset, or here."""
        raise Refused(message, self.pos if offset is None else offset)

    def peek(self) -> str:
        """Return the next character; nothing at the end."""
        return self.text[self.pos] if self.pos < self.limit else ""

    def at(self, text: str) -> bool:
        """Tell whether a text comes next."""
        return self.text.startswith(text, self.pos, self.limit)

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match a pattern here, without moving."""
        return pattern.match(self.text, self.pos, self.limit)

    def take(self, text: str) -> bool:
        """Move past a text if it comes next."""
        if self.text.startswith(text, self.pos, self.limit):
            self.pos += len(text)
            return True
        return False

    def expect(self, text: str, opened: int) -> None:
        """Move past what closes something that was opened at an offset."""
        if not self.take(text):
            if self.pos < self.limit:
                self.refuse(f"{text} should stand here")
            self.refuse(f"what opens here is never closed: {text} is missing", opened)

    def blanks(self) -> None:
        """Move past blanks and comments."""
        self.pos = BLANKS.match(self.text, self.pos, self.limit).end()  # type: ignore[union-attr]

    def lines(self) -> None:
        """Move past blanks, comments and ends of lines."""
        self.pos = LINES.match(self.text, self.pos, self.limit).end()  # type: ignore[union-attr]

    def separators(self) -> None:
        """Move past all that may stand between statements."""
        self.pos = SEPARATORS.match(self.text, self.pos, self.limit).end()  # type: ignore[union-attr]

    def expect_end(self, closing: str) -> None:
        """Refuse anything behind a statement but what ends it: the line, a semicolon, or what closes its brackets."""
        self.blanks()
        if self.pos < self.limit and self.text[self.pos] not in "\r\n;" and not (closing and self.at(closing)):
            self.refuse("this does not belong to the statement before it")

    def enter(self) -> None:
        """Count a bracket that opens."""
        self.depth += 1
        if self.depth > DEEPEST:
            self.refuse(f"more than {DEEPEST} brackets are open here")

    def leave(self) -> None:
        """Count a bracket that closes."""
        self.depth -= 1
