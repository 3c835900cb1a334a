"""Reads expressions: operands with what may follow them, and operators between, none of which is worked out."""

import re
from abc import abstractmethod

from policylint.exports.powershell.characters import DASH, DOUBLE, SINGLE
from policylint.exports.powershell.cursor import DEEPEST
from policylint.exports.powershell.numbers import END_OF_OPERAND, NUMBER, number
from policylint.exports.powershell.strings import TextReader
from policylint.exports.powershell.tree import (
    Access,
    Block,
    Body,
    Cast,
    Group,
    Index,
    Literal,
    Node,
    Opaque,
    Operation,
    Sequence,
    Table,
    Variable,
)

_WORDS = frozenset("join is isnot as f and or xor band bor bxor shl shr".split())
_COMPARING = frozenset(
    "eq ne ge gt le lt like notlike match notmatch replace contains notcontains in notin split".split()
)
_BINARY = _WORDS | _COMPARING | {prefix + word for prefix in "ic" for word in _COMPARING}
_UNARY = frozenset("not bnot join split isplit csplit".split())
_DASHED = re.compile(f"[{DASH}]([a-zA-Z]+)")
_SIGN = re.compile(rf"\.\.|\?\?(?!=)|[+](?![+=])|[{DASH}](?![{DASH}=])|[*/%](?!=)|[,?]")
_STEP = re.compile(rf"\+\+|[{DASH}]{{2}}")
_MEMBER = re.compile(r"\w+")
_TYPE = re.compile(r"[\w.+`\\#\s]+")
_OPERAND = re.compile(rf"[$@({{\[{SINGLE}{DOUBLE}0-9!+]|[{DASH}]|\.[0-9]")
_KEY = re.compile(r"[^\W\d]\w*")
_SKIPPABLE = re.compile(rf"[^{SINGLE}{DOUBLE}@#<`(){{}}\[\]]+")
_CLOSING = {"(": ")", "{": "}", "[": "]"}


class ExpressionReader(TextReader):
    """Reads expressions, and what stands between brackets of any kind."""

    __slots__ = ()

    @abstractmethod
    def statement(self) -> Node:
        """Read one statement, which stands here."""

    @abstractmethod
    def statements_to(self, closing: str, opened: int) -> list[Node]:
        """Read statements up to a bracket that closes them, and past it."""

    @abstractmethod
    def body(self) -> Body:
        """Read statements in braces."""

    def expression(self, *, commas: bool = True) -> Node:
        """Read an expression; without `commas`, one of several that commas part."""
        start = self.pos
        operands = [self._unary()]
        operators: list[str] = []
        conditions = 0
        while True:
            here = self.pos
            self.blanks()
            operator = self._operator(commas, conditions)
            if operator is None:
                self.pos = here
                break
            conditions += {"?": 1, ":": -1}.get(operator, 0)
            operators.append(operator)
            self.lines()
            operands.append(self._unary())
        if not operators:
            return operands[0]
        if conditions:
            self.refuse("a colon should stand here")
        end = operands[-1].end
        if all(operator == "," for operator in operators):
            return Sequence(start, end, operands)
        return Operation(start, end, operators, operands)

    def operand_follows(self) -> bool:
        """Tell whether an operand may begin here."""
        return bool(self.match(_OPERAND))

    def _operator(self, commas: bool, conditions: int) -> str | None:
        word = self.match(_DASHED)
        if word:
            if word[1].lower() not in _BINARY:
                return None
            self.pos = word.end()
            return word[1].lower()
        sign = self.match(_SIGN)
        if sign and (commas or sign[0] != ","):
            self.pos = sign.end()
            return sign[0]
        return ":" if conditions and self.take(":") else None

    def _unary(self) -> Node:
        start = self.pos
        word = self.match(_DASHED)
        if word and word[1].lower() in _UNARY:
            return self._applied(start, word.end(), "!" if word[1].lower() == "not" else word[1].lower())
        step = self.match(_STEP)
        if step:
            return self._applied(start, step.end(), "++")
        character = self.peek()
        if character and (character in "!+," or character in DASH):
            return self._applied(start, start + 1, character if character in "!+," else "-")
        if character == "[":
            return self._typed()
        node = self.primary()
        here = self.pos
        self.blanks()
        step = self.match(_STEP)
        if step and isinstance(node, Variable | Access | Index):
            self.pos = step.end()
            return Operation(start, self.pos, ["++"], [node])
        self.pos = here
        return node

    def _applied(self, start: int, after: int, operator: str) -> Node:
        """Read what an operator before it applies to."""
        self.pos = after
        self.enter()
        self.lines()
        operand = self._unary()
        self.leave()
        if operator == "++" and not isinstance(operand, Variable | Access | Index):
            self.refuse("only a variable counts up or down", start)
        if operator == ",":
            return Sequence(start, operand.end, [operand])
        return Operation(start, operand.end, [operator], [operand])

    def _typed(self) -> Node:
        """Read a type in brackets, and what it stands before."""
        start = self.pos
        name = self.type_name()
        if self.at("::") or self.at("."):
            return self._followed(Cast(start, self.pos, name, None), in_command=False)
        here = self.pos
        self.blanks()
        word = self.match(_DASHED)
        if not self.operand_follows() or (word and word[1].lower() in _BINARY):
            self.pos = here
            return Cast(start, here, name, None)
        self.enter()
        operand = self._unary()
        self.leave()
        if name == "ordered" and not isinstance(operand, Table):
            self.refuse("[ordered] may stand before a table only", start)
        return Cast(start, operand.end, name, operand)

    def type_name(self) -> str:
        """Read a type or an attribute in brackets; return its name in lower case, without what it is given."""
        start = self.pos
        self.pos += 1
        opened, parts = 1, []
        while opened:
            found = self.match(_TYPE)
            if found:
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
        return re.sub(r"\s", "", "".join(parts[:-1])).lower().removeprefix("system.")

    def primary(self, *, in_command: bool = False) -> Node:
        """Read an operand and the members and entries of it that are asked for."""
        start = self.pos
        character = self.peek()
        node: Node | None = None
        if character == "$":
            if self.at("$("):
                node = self._group("$(")
            else:
                node = self.variable()
        elif character == "@":
            node = self._at_sign()
        elif character == "(":
            node = self._group("(")
        elif character == "{":
            node = Block(start, start, self.body())
            node.end = self.pos
        elif character and character in SINGLE:
            node = self.single_quoted()
        elif character and character in DOUBLE:
            node = self.double_quoted()
        else:
            node = self._number()
        if node is None:
            self.refuse("an expression should stand here" if character else "an expression is missing here")
        return self._followed(node, in_command=in_command)

    def _number(self) -> Node | None:
        found = self.match(NUMBER)
        if not found or not END_OF_OPERAND.match(self.text, found.end(), self.limit):
            return None
        if self.text.startswith(".", found.end(), self.limit) and not self.text.startswith("..", found.end()):
            self.refuse("no member of a number is read")
        start, self.pos = found.span()
        value = number(found)
        if value is None:
            return Opaque(start, self.pos, "a number that not every PowerShell reads")
        return Literal(start, self.pos, value)

    def _at_sign(self) -> Node:
        start = self.pos
        if self.at("@("):
            return self._group("@(")
        if self.at("@{"):
            return self.table()
        following = self.text[start + 1 : min(start + 2, self.limit)]
        if following and (following in SINGLE or following in DOUBLE):
            return self.here_string()
        return self.refuse("no value begins with an @ like this")

    def _group(self, kind: str) -> Node:
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
        return self._unary()

    # --- what follows an operand

    def _followed(self, node: Node, *, in_command: bool) -> Node:
        count = 0
        while True:
            count += 1
            if count > DEEPEST:
                self.refuse(f"more than {DEEPEST} members follow each other here")
            if self.at("[") and not (isinstance(node, Variable) and node.splat):
                node = self._entry(node)
            elif self.at("::") or (self.at(".") and not self.at("..")):
                after = self.pos + (2 if self.at("::") else 1)
                if in_command and (after >= self.limit or self.text[after].isspace()):
                    return node
                self.pos = after
                self.blanks()
                node = self._member(node)
            else:
                return node

    def _entry(self, node: Node) -> Node:
        opened = self.pos
        self.pos += 1
        self.enter()
        self.lines()
        index = self.expression()
        self.lines()
        self.expect("]", opened)
        self.leave()
        return Index(node.start, self.pos, node, index)

    def _member(self, node: Node) -> Node:
        found = self.match(_MEMBER)
        member: Node
        if found:
            member = Literal(found.start(), found.end(), found[0])
            self.pos = found.end()
        elif self.peek() == "$" and not self.at("$("):
            member = self.variable() or self.refuse("the name of a member should stand here")
        elif self.peek() and self.peek() in SINGLE:
            member = self.single_quoted()
        elif self.peek() and self.peek() in DOUBLE:
            member = self.double_quoted()
        elif self.at("(") or self.at("$("):
            member = self._group("$(" if self.at("$(") else "(")
        else:
            self.refuse("the name of a member should stand here")
        arguments = self._arguments() if self.at("(") else None
        if self.at("{"):
            block = Block(self.pos, self.pos, self.body())
            block.end = self.pos
            arguments = [*(arguments or ()), block]
        return Access(node.start, self.pos, node, member, arguments)

    def _arguments(self) -> list[Node]:
        opened = self.pos
        self.pos += 1
        self.enter()
        self.lines()
        found: list[Node] = []
        while not self.take(")"):
            if found:
                self.expect(",", opened)
                self.lines()
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

