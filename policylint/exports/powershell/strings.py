"""Reads texts: quoted, typographic quotes included, here-strings, bare words, and the variables inside them."""

import re
from abc import abstractmethod

from policylint.exports.powershell.characters import BLANK, BREAK, DOUBLE, ESCAPES, SINGLE, STOP
from policylint.exports.powershell.cursor import Cursor, Refused
from policylint.exports.powershell.tree import Expandable, Group, Literal, Node, Opaque, Variable

_SINGLE = re.compile(rf"[{SINGLE}]((?:[^{SINGLE}]|[{SINGLE}][{SINGLE}])*+)[{SINGLE}]")
_TWO = re.compile(f"[{SINGLE}]([{SINGLE}])")
_DOUBLE = re.compile(f"[{DOUBLE}]")
_IN_DOUBLE = re.compile(f"[^{DOUBLE}$`]+")
_IN_HERE = re.compile(r"[^$`\r\n]+")
_IN_WORD = re.compile(f"[^{STOP}{SINGLE}{DOUBLE}$`]+")
_STOP = re.compile(f"[{STOP}]")
_HEADER = re.compile(rf"@([{SINGLE}{DOUBLE}])[{BLANK}]*{BREAK}")
_END_SINGLE = re.compile(rf"(?:{BREAK}[{SINGLE}]@)")
_FOOTER = {True: re.compile(f"[{DOUBLE}]@"), False: re.compile(f"[{SINGLE}]@")}
_BREAK = re.compile(BREAK)

VARIABLE = re.compile(r"\$(?:(?P<name>(?:\w|:(?!:))(?:[\w?]|:(?!:))*+|[$?^])|\{(?P<braced>[^`{}]*+)\})")
_OWN_SCOPES = ("script:", "local:", "private:", "variable:")
_SHARED = ("script:", "global:")
_PARENTHESES = re.compile("[()]")
_DOUBLED = re.compile(f"[`{DOUBLE}](?=[{DOUBLE}])")

_CODE_POINT = re.compile(r"u\{[0-9a-fA-F]{1,6}\}")
_NEWER = "an escape that Windows PowerShell does not know"

Parts = list[str | Node]


class TextReader(Cursor):
    """Reads what stands for a text."""

    __slots__ = ()

    @abstractmethod
    def nested(self, text: str, start: int, end: int) -> list[Node]:
        """Read the statements of `$(…)`, of which `text` is the inside, and return them."""

    def single_quoted(self) -> Literal:
        """Read a text in single quotes, of which two stand for one."""
        found = self.match(_SINGLE)
        if not found:
            self.refuse("the quote that opens here is never closed")
        start, self.pos = found.span()
        return Literal(start, self.pos, _TWO.sub(r"\1", found[1]))

    def double_quoted(self) -> Node:
        """Read a text in double quotes."""
        start = self.pos
        parts: Parts = []
        self._inside_double(parts)
        return made(start, self.pos, parts)

    def here_string(self) -> Node:
        """Read a here-string: from `@'` or `@"` at the end of a line to the same quote at the beginning of one."""
        start = self.pos
        header = self.match(_HEADER)
        if not header:
            self.refuse("something stands behind the quote that begins a here-string")
        self.pos = header.end()
        expands = bool(_DOUBLE.match(header[1]))
        parts: Parts = []
        if self._footer(expands):
            return Literal(start, self.pos, "")
        if expands:
            self._inside_here(parts, start)
        else:
            end = _END_SINGLE.search(self.text, self.pos, self.limit)
            if not end:
                self.refuse("the here-string that begins here never ends", start)
            parts.append(self.text[self.pos : end.start()])
            self.pos = end.end()
        return made(start, self.pos, parts)

    def word(self) -> Node:
        """Read a bare word: all up to a blank, quotes and variables in it included."""
        start = self.pos
        parts: Parts = []
        if self.take("]"):
            return Literal(start, self.pos, "]", bare=True)
        while self.pos < self.limit and not self.match(_STOP):
            character = self.text[self.pos]
            if character in SINGLE:
                parts.append(str(self.single_quoted().value))
            elif character in DOUBLE:
                self._inside_double(parts)
            elif character == "$":
                self._dollar(parts, doubled=True)
            elif character == "`":
                self._escape(parts)
            else:
                self._run(_IN_WORD, parts)
        node = made(start, self.pos, parts)
        if isinstance(node, Literal):
            node.bare = True
        return node

    def variable(self) -> Node | None:
        """Read a variable if one stands here; None if the dollar is just a dollar."""
        found = self.match(VARIABLE)
        if not found:
            if self.text.startswith("${", self.pos, self.limit):
                return self._odd_variable()
            return None
        start, self.pos = found.span()
        braced = found["braced"]
        name = (braced if braced is not None else found["name"]).lower()
        if not name or name.endswith(":"):
            self.refuse("this names no variable; a colon belongs to the name unless braces end it", start)
        own = next((name.removeprefix(scope) for scope in _OWN_SCOPES if name.startswith(scope)), name)
        return Variable(start, self.pos, own, shared=name.startswith(_SHARED))

    def _odd_variable(self) -> Node:
        """Pass over a variable whose name has escapes: such a name is not followed."""
        start = self.pos
        self.pos += 2
        while self.pos < self.limit and self.text[self.pos] not in "{}":
            self.pos += 2 if self.text[self.pos] == "`" else 1
        self.expect("}", start)
        return Opaque(start, self.pos, "a variable with an escaped name")

    # --- the parts of a text

    def _inside_double(self, parts: Parts) -> None:
        start = self.pos
        self.pos += 1
        while True:
            self._run(_IN_DOUBLE, parts)
            character = self.peek()
            if not character:
                self.refuse("the quote that opens here is never closed", start)
            elif character == "$":
                self._dollar(parts, doubled=True)
            elif character == "`":
                self._escape(parts)
            else:
                self.pos += 1
                if self.peek() not in DOUBLE or not self.peek():
                    return
                parts.append(self.peek())
                self.pos += 1

    def _inside_here(self, parts: Parts, start: int) -> None:
        while True:
            self._run(_IN_HERE, parts)
            character = self.peek()
            if not character:
                self.refuse("the here-string that begins here never ends", start)
            elif character == "$":
                self._dollar(parts, doubled=False)
            elif character == "`":
                self._escape(parts)
            else:
                end = self.match(_BREAK)
                assert end
                self.pos = end.end()
                if self._footer(expands=True):
                    return
                parts.append(end[0])

    def _footer(self, expands: bool) -> bool:
        found = self.match(_FOOTER[expands])
        if found:
            self.pos = found.end()
        return bool(found)

    def _run(self, pattern: re.Pattern[str], parts: Parts) -> None:
        found = self.match(pattern)
        if found:
            parts.append(found[0])
            self.pos = found.end()

    def _dollar(self, parts: Parts, *, doubled: bool) -> None:
        """Read a variable or `$(…)`; a dollar before anything else is a dollar."""
        if self.at("$("):
            parts.append(self._subexpression(doubled=doubled))
            return
        found = self.variable()
        if found is None:
            parts.append("$")
            self.pos += 1
        else:
            parts.append(found)

    def _subexpression(self, *, doubled: bool) -> Node:
        """Read `$(…)` in a text. PowerShell finds its end by counting parentheses, whatever stands between them."""
        start = self.pos
        opened = 1
        self.pos += 2
        while opened:
            found = _PARENTHESES.search(self.text, self.pos, self.limit)
            if not found:
                self.refuse("the parenthesis that opens here is never closed", start)
            opened += 1 if found[0] == "(" else -1
            self.pos = found.end()
        inside = self.text[start + 2 : self.pos - 1]
        if doubled:
            inside = _DOUBLED.sub("", inside)
        try:
            statements = self.nested(inside, start, self.pos)
        except Refused as refused:
            raise Refused(refused.message, start) from None
        return Group(start, self.pos, "$(", statements)

    def _escape(self, parts: Parts) -> None:
        """Read a backtick and what it escapes."""
        start = self.pos
        self.pos += 1
        if self.pos >= self.limit:
            self.refuse("nothing follows the backtick", start)
        character = self.text[self.pos]
        self.pos += 1
        if character == "e" or (character == "u" and self._code_point(start)):
            parts.append(Opaque(start, self.pos, _NEWER))
        else:
            parts.append(ESCAPES.get(character, character))

    def _code_point(self, start: int) -> bool:
        found = _CODE_POINT.match(self.text, start + 1, self.limit)
        if not found:
            self.refuse("this escape names no character", start)
        self.pos = found.end()
        return True


def made(start: int, end: int, parts: Parts) -> Node:
    """Return a text as a node: literal if all its parts are."""
    if all(part.__class__ is str for part in parts):
        return Literal(start, end, "".join(parts))  # type: ignore[arg-type]
    return Expandable(start, end, parts)
