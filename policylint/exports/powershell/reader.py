"""Reads scripts: their statements, one by one."""

import re
from collections.abc import Iterator

from policylint.exports.powershell.characters import DASH
from policylint.exports.powershell.compounds import COMPOUNDS, CompoundReader
from policylint.exports.powershell.tree import (
    Access,
    Assignment,
    Body,
    Cast,
    Compound,
    Definition,
    Index,
    Leaving,
    Node,
    Opaque,
    Pipeline,
    Resource,
    Sequence,
    Variable,
)

_LABELLED = re.compile(r"[$\w]")
_LABEL = re.compile(r":[^\W\d]\w*")
_ASSIGNING = re.compile(rf"(?:[{DASH}+*/%]|\?\?)?=")
_RESOURCE = re.compile(r"[^\W\d]\w*(?![\w-])")
_USING = re.compile(r"using[^\r\n;]*", re.IGNORECASE)
_NAMED = frozenset(("begin", "process", "end", "dynamicparam", "clean"))
_LEAVING = frozenset(("return", "throw", "exit", "break", "continue"))
_RESERVED = frozenset(("from", "define", "var", "parallel", "sequence", "workflow", "interface", "data", "using"))
_STRINGS_DEEP = 2
"""How many texts with code in them may stand inside each other: each is read again for the one around it."""


class Reader(CompoundReader):
    """Reads a script, or the part of a text that is one. Everything it raises is `Refused`."""

    __slots__ = ("_configuring", "_inside")

    def __init__(self, text: str, pos: int = 0, limit: int | None = None, inside: int = 0) -> None:
        super().__init__(text, pos, limit)
        self._inside = inside
        self._configuring = False

    def script(self) -> Iterator[Node]:
        """Yield the statements of a script one by one: a long script is never held as a whole."""
        declared = Body(self.pos, self.pos, [])
        self._declarations(declared, "")
        if declared.parameters:
            yield Compound(declared.start, self.pos, "param", declared.parameters, [])
        for word, body in declared.named:
            yield Compound(body.start, body.end, word, [], [body])
        self.separators()
        while self.pos < self.limit:
            yield self._whole("")

    def nested(self, text: str, start: int, end: int) -> list[Node]:
        """Read the statements of `$(…)` inside a text, after a node that stands for the text of them all."""
        if self._inside >= _STRINGS_DEEP:
            self.refuse(f"more than {_STRINGS_DEEP} texts with code in them stand inside each other", start)
        inner = Reader(text, inside=self._inside + 1)
        inner.depth = self.depth
        inner.enter()
        return [Opaque(start, end, text), *inner.statements_to("", 0)]

    def statements_to(self, closing: str, opened: int) -> list[Node]:
        """Read statements up to what closes them, and past it; to the end, if nothing does."""
        found: list[Node] = []
        self.separators()
        while not (self.at(closing) if closing else self.pos >= self.limit):
            if self.pos >= self.limit:
                self.refuse(f"what opens here is never closed: {closing} is missing", opened)
            found.append(self._whole(closing))
        self.pos += len(closing)
        return found

    def _whole(self, closing: str) -> Node:
        """Read a statement and all up to the next one."""
        node = self.statement()
        last = node.value if isinstance(node, Assignment) else node
        # a block ends its statement, and so does the sign of the background
        ended = isinstance(last, Compound | Definition | Resource) or (isinstance(last, Pipeline) and last.background)
        if not ended:
            self.expect_end(closing)
        self.separators()
        return node

    # --- bodies

    def body(self) -> Body:
        """Read statements in braces."""
        opened = self.pos
        self.expect("{", opened)
        self.enter()
        body = Body(opened, opened, [])
        self._declarations(body, "}")
        body.statements = self.statements_to("}", opened)
        body.end = self.pos
        self.leave()
        return body

    def _declarations(self, body: Body, closing: str) -> None:
        """Read `param (…)` and named blocks, where a body begins with them."""
        self.separators()
        while self.keyword() == "using" and (found := self.match(_USING)):
            self.pos = found.end()
            self.separators()
        begun = self.pos
        while self.at("["):
            self.type_name()
            self.lines()
        if self.keyword() == "param":
            self.move("param")
            body.parameters = self.parameters()
            self.separators()
        else:
            self.pos = begun
        while (word := self.keyword()) in _NAMED:
            self.move(word)
            body.named.append((word, self.body()))
            self.separators()
        if body.named and self.pos < self.limit and not (closing and self.at(closing)):
            self.refuse("beside begin, process and end nothing else may stand here")

    def parameters(self) -> list[Node]:
        """Read the parameters in parentheses: each is a variable, or an assignment of its default."""
        opened = self.pos
        self.expect("(", opened)
        self.enter()
        self.lines()
        found: list[Node] = []
        while not self.take(")"):
            if found:
                self.expect(",", opened)
                self.lines()
            while self.at("["):
                self.type_name()
                self.lines()
            node = self.variable() if self.at("$") else None
            if node is None:
                self.refuse("a parameter should stand here", None if self.pos < self.limit else opened)
            self.lines()
            if self.take("="):
                self.lines()
                node = Assignment(node.start, self.pos, node, "=", self.expression(commas=False))
                self.lines()
            found.append(node)
        self.leave()
        return found

    # --- one statement

    def statement(self) -> Node:
        """Read one statement, which stands here."""
        start = self.pos
        label = self.match(_LABEL)
        if label:
            self.pos = label.end()
            self.lines()
        word = self.keyword()
        if word in COMPOUNDS or (label and word not in COMPOUNDS):
            return self._compound(start, word)
        if word in _LEAVING:
            return self._leaving(start, word)
        if word == "configuration":
            return self._configuration(start)
        if word in _RESERVED:
            self.refuse(f"{word} is a word that is not read here")
        if self._configuring and (node := self._resource(start)) is not None:
            return node
        return self._assignment(start)

    def _compound(self, start: int, word: str) -> Node:
        if word not in COMPOUNDS:
            self.refuse("a loop or a switch should stand behind this label", start)
        self.move(word)
        self.enter()
        node = COMPOUNDS[word](self, start, word)
        node.end = self.pos
        self.leave()
        return node

    def _assignment(self, start: int) -> Node:
        """Read a pipeline, or what is assigned if it turns out to be the target of an assignment."""
        node = self.chain()
        here = self.pos
        self.blanks()
        sign = self.match(_ASSIGNING)
        if not sign or not _assignable(node):
            self.pos = here
            return node
        if isinstance(node, Sequence) and sign[0] != "=":
            self.refuse("only = may stand behind several variables", sign.start())
        self.pos = sign.end()
        self.lines()
        self.enter()
        value = self.statement()
        self.leave()
        return Assignment(start, self.pos, node, sign[0], value)

    def _leaving(self, start: int, word: str) -> Node:
        self.pos += len(word)
        self.blanks()
        value = None
        if self.pos < self.limit and self.text[self.pos] not in "\r\n;})|&":
            if word in ("break", "continue"):
                if not self.match(_LABELLED):
                    self.refuse("the name of a loop should stand here")
                value = self.word()
            else:
                value = self.chain()
        return Leaving(start, self.pos, word, value)

    # --- a desired state configuration

    def _configuration(self, start: int) -> Node:
        self.move("configuration")
        self.arguments()
        self.lines()
        before, self._configuring = self._configuring, True
        body = self.body()
        self._configuring = before
        return Compound(start, self.pos, "configuration", [], [body])

    def _resource(self, start: int) -> Node | None:
        """Read a block of a configuration: a word, a name, and in braces on this line or below what it says."""
        found = self.match(_RESOURCE)
        if not found:
            return None
        self.pos = found.end()
        self.blanks()
        kind = found[0].lower()
        name = None if self.at("{") or self.peek() in ("", "\r", "\n", "=") else self.arguments()
        self.lines()
        if not self.at("{"):
            self.pos = start
            return None
        if kind == "node":
            return Compound(start, self.pos, kind, [name] if name else [], [self.body()])
        table = self.table()
        return Resource(start, self.pos, kind, name, table)


def _assignable(node: Node) -> bool:
    while isinstance(node, Cast) and node.operand is not None:
        node = node.operand
    if isinstance(node, Sequence):
        return all(map(_assignable, node.items))
    return isinstance(node, Variable | Access | Index)
