"""Reads expressions: operands with what may follow them, and operators between, none of which is worked out."""

import re

from policylint.exports.powershell.brackets import BracketReader
from policylint.exports.powershell.characters import DASH, DOUBLE, SINGLE
from policylint.exports.powershell.cursor import DEEPEST
from policylint.exports.powershell.numbers import END_OF_OPERAND, NUMBER, number
from policylint.exports.powershell.tree import (
    Access,
    Block,
    Cast,
    Index,
    Literal,
    Node,
    Opaque,
    Operation,
    Sequence,
    Table,
    Variable,
)

_WORDS = frozenset(("join", "is", "isnot", "as", "f", "and", "or", "xor", "band", "bor", "bxor", "shl", "shr"))
_COMPARING = frozenset((
    "eq", "ne", "ge", "gt", "le", "lt", "like", "notlike", "match", "notmatch", "replace", "split", "contains",
    "notcontains", "in", "notin",
))  # fmt: skip
_BINARY = _WORDS | _COMPARING | {prefix + word for prefix in "ic" for word in _COMPARING}
_UNARY = frozenset(["not", "bnot", "join", "split", "isplit", "csplit"])
_DASHED = re.compile(f"[{DASH}]([a-zA-Z]+)")
_SIGN = re.compile(rf"\.\.|\?\?(?!=)|[+](?![+=])|[{DASH}](?![{DASH}=])|[*/%](?!=)|[,?]")
_STEP = re.compile(rf"\+\+|[{DASH}]{{2}}")
_MEMBER = re.compile(r"\w+")
_OPERAND = re.compile(rf"[$@({{\[{SINGLE}{DOUBLE}0-9!+]|[{DASH}]|\.[0-9]")


class ExpressionReader(BracketReader):
    """Reads expressions."""

    __slots__ = ()

    def expression(self, *, commas: bool = True) -> Node:
        """Read an expression; without `commas`, one of several that commas part."""
        start = self.pos
        operands = [self.unary()]
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
            operands.append(self.unary())
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

    def unary(self) -> Node:
        """Read an operand with what stands before it."""
        start = self.pos
        word = self.match(_DASHED)
        if word and word[1].lower() in _UNARY:
            return self._applied(start, word.end(), "!" if word[1].lower() == "not" else word[1].lower())
        step = self.match(_STEP)
        if step:
            return self._applied(start, step.end(), "++")
        character = self.peek()
        if character == "!" and self.text[self.pos + 1 : self.pos + 2].isdigit():
            self.refuse("no number stands right behind !")
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
        operand = self.unary()
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
        operand = self.unary()
        self.leave()
        if name == "ordered" and not isinstance(operand, Table):
            self.refuse("[ordered] may stand before a table only", start)
        return Cast(start, operand.end, name, operand)

    def primary(self, *, in_command: bool = False) -> Node:
        """Read an operand and the members and entries of it that are asked for."""
        start = self.pos
        character = self.peek()
        node: Node | None = None
        if character == "$":
            node = self.group("$(") if self.at("$(") else self.variable()
        elif character == "@":
            node = self._at_sign()
        elif character == "(":
            node = self.group("(")
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
            return self.group("@(")
        if self.at("@{"):
            return self.table()
        following = self.text[start + 1 : min(start + 2, self.limit)]
        if following and (following in SINGLE or following in DOUBLE):
            return self.here_string()
        return self.refuse("no value begins with an @ like this")

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
            member = self.group("$(" if self.at("$(") else "(")
        else:
            self.refuse("the name of a member should stand here")
        arguments = self.call_arguments() if self.at("(") else None
        if self.at("{"):
            block = Block(self.pos, self.pos, self.body())
            block.end = self.pos
            arguments = [*(arguments or ()), block]
        return Access(node.start, self.pos, node, member, arguments)
