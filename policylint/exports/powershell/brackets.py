"""Reads what stands in brackets: groups of statements, tables, types, and the arguments of methods."""

import re
from abc import abstractmethod

from policylint.exports.powershell.characters import DOUBLE, SINGLE
from policylint.exports.powershell.strings import TextReader
from policylint.exports.powershell.tree import Body, Group, Literal, Node, Table

_TYPE = re.compile(r"[\w.+`\\]+")
_KEY = re.compile(r"[^\W\d]\w*")
_SKIPPABLE = re.compile(rf"[^{SINGLE}{DOUBLE}@#<`(){{}}\[\]]+")
_CLOSING = {"(": ")", "{": "}", "[": "]"}


class BracketReader(TextReader):
    """Reads brackets of any kind; what stands in them is read by those who know it."""

    __slots__ = ()

    @abstractmethod
    def expression(self, *, commas: bool = True) -> Node:
        """Read an expression; without `commas`, one of several that commas part."""

    @abstractmethod
    def unary(self) -> Node:
        """Read an operand with what stands before it."""

    @abstractmethod
    def statement(self) -> Node:
        """Read one statement, which stands here."""

    @abstractmethod
    def statements_to(self, closing: str, opened: int) -> list[Node]:
        """Read statements up to a bracket that closes them, and past it."""

    @abstractmethod
    def body(self) -> Body:
        """Read statements in braces."""

    def type_name(self) -> str:
        """Read a type or an attribute in brackets; return its name in lower case, without what it is given."""
        start = self.pos
        self.pos += 1
        opened = 1
        parts: list[str] = []
        while opened:
            self.blanks()
            found = self.match(_TYPE)
            if found and (not parts or parts[-1] in "[,"):
                parts.append(found[0])
                self.pos = found.end()
            elif self.take("["):
                opened += 1
                parts.append("[")
            elif self.take("]"):
                opened -= 1
                parts.append("]")
            elif self.at("("):
                self.skip_group()
            elif opened > 1 and self.take(","):
                parts.append(",")
            elif self.pos >= self.limit:
                self.refuse("what opens here is never closed: ] is missing", start)
            else:
                self.refuse("this belongs to no name of a type")
        return "".join(parts[:-1]).lower().removeprefix("system.")

    def group(self, kind: str) -> Node:
        """Read statements in brackets of a kind: `(` (one statement), `$(` or `@(`."""
        start = self.pos
        self.pos += len(kind)
        self.enter()
        if kind == "(":
            self.lines()
            statements = [self.statement()]
            self.lines()
            self.expect(")", start)
        else:
            statements = self.statements_to(")", start)
        self.leave()
        return Group(start, self.pos, kind, statements)

    def table(self) -> Table:
        """Read a hashtable, the brace included, whatever stands before the brace."""
        start = self.pos
        self.take("@")
        self.pos += 1
        self.enter()
        entries: list[tuple[Node, Node]] = []
        keys = set()
        self.separators()
        while not self.take("}"):
            if self.pos >= self.limit:
                self.refuse("what opens here is never closed: } is missing", start)
            key = self._key()
            if isinstance(key, Literal):
                name = str(key.value).casefold()
                if name in keys:
                    self.refuse("this key stands in the table already", key.start)
                keys.add(name)
            self.lines()
            self.expect("=", start)
            self.lines()
            entries.append((key, self.statement()))
            self.expect_end("}")
            self.separators()
        self.leave()
        return Table(start, self.pos, entries)

    def _key(self) -> Node:
        name = self.match(_KEY)
        if name:
            start, self.pos = name.span()
            return Literal(start, self.pos, name[0])
        return self.unary()

    def call_arguments(self) -> list[Node]:
        """Read what a method is called with, in parentheses."""
        opened = self.pos
        self.pos += 1
        self.enter()
        self.lines()
        found: list[Node] = []
        while not self.take(")"):
            if found:
                self.expect(",", opened)
                self.lines()
            if self.at(","):
                self.refuse("a value should stand here")
            found.append(self.expression(commas=False))
            self.lines()
        self.leave()
        return found

    def skip_group(self) -> None:
        """Move past brackets and all between them, of which nothing is read: texts and comments count as such."""
        opened = self.pos
        closing: list[str] = []
        while True:
            self.lines()
            character = self.peek()
            if not character:
                self.refuse("what opens here is never closed", opened)
            if character in _CLOSING:
                closing.append(_CLOSING[character])
                self.pos += 1
            elif closing and character == closing[-1]:
                closing.pop()
                self.pos += 1
                if not closing:
                    return
            elif character in ")}]":
                self.refuse(f"{closing[-1]} should stand here")
            elif character in SINGLE:
                self.single_quoted()
            elif character in DOUBLE:
                self.double_quoted()
            elif character == "@" and self.text[self.pos + 1 : self.pos + 2] in (*SINGLE, *DOUBLE):
                self.here_string()
            else:
                found = self.match(_SKIPPABLE)
                self.pos = found.end() if found else min(self.limit, self.pos + (2 if character == "`" else 1))
