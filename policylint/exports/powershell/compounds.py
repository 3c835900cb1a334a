"""Reads the statements that hold others: conditions, loops, functions, and what catches errors."""

import re
from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

from policylint.exports.powershell.characters import DASH, STOP
from policylint.exports.powershell.commands import CommandReader
from policylint.exports.powershell.tree import Body, Compound, Definition, Leaving, Node, Opaque
from policylint.exports.powershell.within import within

if TYPE_CHECKING:
    from policylint.exports.powershell.reader import Reader

WORD = re.compile(rf"([a-zA-Z]+)(?=[{STOP}]|\Z)")
_FLAG = re.compile(rf"[{DASH}]([a-zA-Z]+)")
_BEFORE_BRACE = re.compile(r"[^{}'\"#;()]*")


class CompoundReader(CommandReader):
    """Reads each of these statements once its word has been seen."""

    __slots__ = ()

    @abstractmethod
    def parameters(self) -> list[Node]:
        """Read the parameters of a function, in parentheses."""

    def keyword(self) -> str:
        """Return the word that comes next, in lower case; nothing if it is none."""
        found = self.match(WORD)
        return found[1].lower() if found else ""

    def move(self, word: str) -> None:
        """Move past a word and the blanks and line ends behind it."""
        self.pos += len(word)
        self.lines()

    def _held(self) -> Node:
        """Read the statement in parentheses that a condition or a loop begins with."""
        opened = self.pos
        self.expect("(", opened)
        self.enter()
        self.lines()
        node = self.statement()
        self.lines()
        self.expect(")", opened)
        self.leave()
        return node

    def if_(self, start: int, word: str) -> Node:
        """Read `if`, with all that begins with `elseif` or `else` behind it."""
        heads, bodies = [self._held()], [self._body_below()]
        while True:
            here = self.pos
            self.lines()
            following = self.keyword()
            if following == "elseif":
                self.move(following)
                heads.append(self._held())
                bodies.append(self._body_below())
            elif following == "else":
                self.pos += len(following)
                bodies.append(self._body_below())
                return Compound(start, self.pos, word, heads, bodies)
            else:
                self.pos = here
                return Compound(start, self.pos, word, heads, bodies)

    def _body_below(self) -> Body:
        self.lines()
        return self.body()

    def while_(self, start: int, word: str) -> Node:
        """Read `while`."""
        return Compound(start, start, word, [self._held()], [self._body_below()])

    def do_(self, start: int, word: str) -> Node:
        """Read `do`, with its `while` or `until`."""
        body = self.body()
        self.lines()
        following = self.keyword()
        if following not in ("while", "until"):
            self.refuse("while or until should stand here")
        self.move(following)
        return Compound(start, start, word, [self._held()], [body])

    def for_(self, start: int, word: str) -> Node:
        """Read `for`, each of whose three parts may be missing."""
        opened = self.pos
        self.expect("(", opened)
        self.enter()
        heads: list[Node] = []
        for _ in range(3):
            self.lines()
            if self.pos < self.limit and self.text[self.pos] not in ";)":
                heads.append(self.statement())
                self.blanks()
            self.take(";")
        self.lines()
        self.expect(")", opened)
        self.leave()
        return Compound(start, start, word, heads, [self._body_below()])

    def foreach_(self, start: int, word: str) -> Node:
        """Read `foreach`: its variable, what it goes through, and what it does."""
        self._flags()
        opened = self.pos
        self.expect("(", opened)
        self.enter()
        self.lines()
        variable = self.variable() if self.at("$") else None
        if variable is None:
            self.refuse("a variable should stand here")
        self.lines()
        if self.keyword() != "in":
            self.refuse("in should stand here")
        self.move("in")
        through = self.statement()
        self.lines()
        self.expect(")", opened)
        self.leave()
        return Compound(start, start, word, [variable, through], [self._body_below()])

    def switch_(self, start: int, word: str) -> Node:
        """Read `switch` and its clauses."""
        heads: list[Node] = []
        if self._flags():
            heads.append(self.arguments())
            self.lines()
        else:
            heads.append(self._held())
        self.lines()
        opened = self.pos
        self.expect("{", opened)
        self.enter()
        bodies: list[Body] = []
        self.separators()
        while not self.take("}"):
            if self.pos >= self.limit:
                self.refuse("what opens here is never closed: } is missing", opened)
            heads.append(self.argument())
            bodies.append(self._body_below())
            self.separators()
        self.leave()
        return Compound(start, self.pos, word, heads, bodies)

    def _flags(self) -> bool:
        """Move past the flags of a `switch` or `foreach`; tell whether the last of them asks for a file."""
        last = ""
        while found := self.match(_FLAG):
            last = found[1].lower()
            self.pos = found.end()
            self.lines()
        return last != "" and "file".startswith(last)

    def try_(self, start: int, word: str) -> Node:
        """Read `try`, with `catch` and `finally`."""
        bodies = [self.body()]
        while True:
            here = self.pos
            self.lines()
            following = self.keyword()
            if following not in ("catch", "finally"):
                self.pos = here
                break
            self.move(following)
            while following == "catch" and self.at("["):
                self.type_name()
                self.lines()
                if self.take(","):
                    self.lines()
            bodies.append(self.body())
            if following == "finally" and any(_leaves(each) for each in within(bodies[-1])):
                self.refuse("nothing may leave a finally", bodies[-1].start)
        if len(bodies) == 1:
            self.refuse("catch or finally is missing behind this try", start)
        return Compound(start, self.pos, word, [], bodies)

    def trap_(self, start: int, word: str) -> Node:
        """Read `trap`."""
        if self.at("["):
            self.type_name()
            self.lines()
        return Compound(start, start, word, [], [self.body()])

    def function_(self, start: int, word: str) -> Node:
        """Read a function or a filter: its name, its parameters, what it does."""
        name = self.word()
        self.lines()
        parameters = self.parameters() if self.at("(") else []
        self.lines()
        body = self.body()
        body.parameters += parameters
        return Definition(start, self.pos, self.text[name.start : name.end].lower(), body)

    def class_(self, start: int, word: str) -> Node:
        """Pass over a class or an enum, whose methods are not read."""
        found = self.match(_BEFORE_BRACE)
        self.pos = found.end() if found else self.pos
        if not self.at("{"):
            self.refuse("{ should stand here")
        here = self.pos
        self.skip_group()
        inside = Opaque(here, self.pos, "a class")
        return Definition(start, self.pos, word, Body(here, self.pos, [inside]))


def _leaves(node: Node) -> bool:
    return isinstance(node, Leaving) and node.word != "throw"


COMPOUNDS: "dict[str, Callable[[Reader, int, str], Node]]" = {
    "if": CompoundReader.if_,
    "while": CompoundReader.while_,
    "do": CompoundReader.do_,
    "for": CompoundReader.for_,
    "foreach": CompoundReader.foreach_,
    "switch": CompoundReader.switch_,
    "try": CompoundReader.try_,
    "trap": CompoundReader.trap_,
    "function": CompoundReader.function_,
    "filter": CompoundReader.function_,
    "class": CompoundReader.class_,
    "enum": CompoundReader.class_,
}
"""What reads the statement that a word begins, once the word is passed."""
