"""Reads commands: a name, parameters, arguments, and where the output goes."""

import re

from policylint.exports.powershell.characters import BLANK, DASH, DOUBLE, PIPE_BELOW, SINGLE, STOP
from policylint.exports.powershell.expressions import ExpressionReader
from policylint.exports.powershell.numbers import END_OF_OPERAND, END_OF_WORD, NUMBER, number
from policylint.exports.powershell.strings import VARIABLE
from policylint.exports.powershell.tree import (
    Chain,
    Command,
    Literal,
    Node,
    Opaque,
    Parameter,
    Pipeline,
    Redirection,
    Sequence,
    Variable,
)

_PARAMETER = re.compile(
    rf"[{DASH}](?=[^\W\d]|[_?])([^{BLANK}\r\n{{}}();,|&.\[:{SINGLE}{DOUBLE}]++)(?:(:)|(?![{SINGLE}{DOUBLE}]))"
)
_REDIRECTION = re.compile(r"[1-6*]>&[12]|[1-6*]?>>?")
_LOOKS_LIKE_PARAMETER = re.compile(rf"[{DASH}][a-zA-Z]\w*(?=[{STOP}]|\Z)")
_STREAM = re.compile(r"[1-6*]>")
_SPLAT = re.compile(rf"@(\w+)(?=[{STOP}.\[]|\Z)")
_AFTER_VARIABLE = re.compile(rf"[{STOP}.\[=:]|\Z")
_LITERALLY = re.compile(rf"--%(?:[{BLANK}][^\r\n|\"]*|(?=[\r\n])|\Z)")
_DASHES = re.compile(rf"[{DASH}]{{2}}(?=[{STOP}]|\Z)")
_DOT = re.compile(rf"\.[{BLANK}$\"'({{&]")
_ENDS = "\r\n;|)}"
_STARTS_EXPRESSION = re.compile(
    rf"[$({{\[{SINGLE}{DOUBLE}+,]|@[({{{SINGLE}{DOUBLE}]|!(?![^\W\d])"
    rf"|[{DASH}](?:[{DASH}]|[0-9.$(\[]|(?i:not|bnot|[ic]?split|join)(?![a-zA-Z]))"
)


class CommandReader(ExpressionReader):
    """Reads pipelines."""

    __slots__ = ()

    def chain(self) -> Node:
        """Read pipelines with `&&` and `||` between them, and `&` behind."""
        start = self.pos
        pipelines = [self.pipeline()]
        while True:
            self.blanks()
            if not (self.take("&&") or self.take("||")):
                break
            self.lines()
            pipelines.append(self.pipeline())
        node = pipelines[0] if len(pipelines) == 1 else Chain(start, self.pos, pipelines)
        if self.take("&"):
            return Pipeline(start, self.pos, [node], background=True)
        return node

    def pipeline(self) -> Node:
        """Read an expression or commands with `|` between them; what is alone is returned as it is."""
        start = self.pos
        elements: list[Node] = [self._first_element()]
        while True:
            ended = self.pos
            self.blanks()
            if self.at("|") and not self.at("||"):
                self.pos += 1
            elif self.peek() and self.peek() in "\r\n" and (below := self.match(PIPE_BELOW)):
                self.pos = below.end()
            else:
                self.pos = ended
                break
            self.lines()
            if self._expression_follows():
                self.refuse("only a command may stand behind |")
            elements.append(self.command())
        return elements[0] if len(elements) == 1 else Pipeline(start, self.pos, elements)

    def _first_element(self) -> Node:
        if not self._expression_follows():
            return self.command()
        node = self.expression()
        redirected = self._redirections()
        return Pipeline(node.start, self.pos, [node, *redirected]) if redirected else node

    def _expression_follows(self) -> bool:
        if self.match(_STARTS_EXPRESSION):
            return True
        if self.match(_STREAM):
            return False
        found = self.match(NUMBER)
        # 7z.exe is a command
        return found is not None and bool(END_OF_OPERAND.match(self.text, found.end(), self.limit))

    def _redirections(self) -> list[Node]:
        found: list[Node] = []
        while True:
            here = self.pos
            self.blanks()
            if not self.match(_REDIRECTION):
                self.pos = here
                self._check_streams(found)
                return found
            found.append(self._redirection())

    def command(self) -> Node:
        """Read a command up to what ends it."""
        start = self.pos
        operator = ""
        if self.peek() == "&" and not self.at("&&"):
            operator = "&"
        elif self.peek() == "." and self.match(_DOT):
            operator = "."
        if operator:
            self.pos += 1
            self.blanks()
        name = self._name(called=bool(operator))
        command = Command(start, self.pos, name, operator, [])
        plain = False
        while self._another():
            if found := self.match(_LITERALLY):
                command.elements.append(Opaque(self.pos, found.end(), "words behind --%"))
                self.pos = found.end()
            elif self.match(_DASHES):
                self.pos += 2
                plain = True
            else:
                command.elements.append(self._element(plain=plain))
            command.end = self.pos
        self._check_streams(command.elements)
        return command

    def _check_streams(self, elements: list[Node]) -> None:
        """Refuse a stream that goes to two places."""
        seen: set[str] = set()
        for each in elements:
            if isinstance(each, Redirection):
                if each.stream in seen or "*" in seen or (each.stream == "*" and seen):
                    self.refuse("this stream is redirected already", each.start)
                seen.add(each.stream)

    def _another(self) -> bool:
        """Move to the next word of a command, and tell whether there is one."""
        ended = self.pos
        self.blanks()
        character = self.peek()
        if not character or character in _ENDS or character == "&":
            self.pos = ended
            return False
        return True

    def _name(self, *, called: bool) -> Node:
        character = self.peek()
        if not character or character in _ENDS or character in ",&":
            self.refuse("a command should stand here" if character else "a command is missing here")
        if called and character not in DASH:
            return self.argument()
        if character in DASH and (found := self.match(_LOOKS_LIKE_PARAMETER)):
            start, self.pos = found.span()
            return Literal(start, self.pos, found[0], bare=True)
        if character in "<>@" or character in DASH or self.match(_STREAM):
            self.refuse("no command begins like this")
        start, word = self.pos, self.word()
        if isinstance(word, Literal) and word.value in (".", "0x", "0X"):
            self.refuse("a command should stand here", start)
        return word

    def _element(self, *, plain: bool) -> Node:
        start = self.pos
        if self.match(_REDIRECTION):
            return self._redirection()
        found = None if plain else self.match(_PARAMETER)
        if not found:
            return self.arguments()
        self.pos = found.end()
        argument = None
        if found[2]:
            self.blanks()
            if not self.peek() or self.peek() in _ENDS or self.peek() in ",&" or self.match(_REDIRECTION):
                self.refuse(f"no value follows -{found[1]}:", start)
            argument = self.arguments()
            if isinstance(argument, Variable) and argument.splat:
                self.refuse("a variable cannot be spread behind a colon", argument.start)
        return Parameter(start, found.end(), found[1], argument)

    def _redirection(self) -> Node:
        found = self.match(_REDIRECTION)
        assert found
        start, self.pos = found.span()
        stream = found[0][0] if found[0][0] != ">" else "1"
        if "&" in found[0]:
            return Redirection(start, self.pos, stream, None)
        self.blanks()
        if not self.peek() or self.peek() in _ENDS or self.peek() in ",&":
            self.refuse("the name of a file is missing here", start)
        target = self.argument()
        return Redirection(start, self.pos, stream, target)

    def arguments(self) -> Node:
        """Read a value of a command, or several with commas between them."""
        start = self.pos
        items = [self.argument()]
        while True:
            ended = self.pos
            self.blanks()
            if not self.take(","):
                self.pos = ended
                break
            self.lines()
            items.append(self.argument())
        if len(items) == 1:
            return items[0]
        if any(isinstance(item, Variable) and item.splat for item in items):
            self.refuse("a variable cannot be spread among others", start)
        return Sequence(start, self.pos, items)

    def argument(self) -> Node:
        """Read one value of a command."""
        start = self.pos
        character = self.peek()
        if not character or character in _ENDS or character in ",&":
            self.refuse("a value should stand here" if character else "a value is missing here")
        if character == "<" or self.match(_REDIRECTION):
            self.refuse("a value should stand here")
        if character == "$" and not self.at("$("):
            found = self.match(VARIABLE)
            if found and _AFTER_VARIABLE.match(self.text, found.end(), self.limit):
                return self.primary(in_command=True)
            return self.word()
        if character == "@":
            splat = self.match(_SPLAT)
            if splat:
                self.pos = splat.end()
                if self.peek() in (".", "["):
                    self.refuse("a variable that is spread has no members", start)
                return Variable(start, self.pos, splat[1].lower(), splat=True)
            return self.primary(in_command=True)
        if character in "({" or character in SINGLE or character in DOUBLE or self.at("$("):
            return self.primary(in_command=True)
        digits = self.match(NUMBER)
        if digits and END_OF_WORD.match(self.text, digits.end(), self.limit):
            self.pos = digits.end()
            value = number(digits)
            # a word that only some versions take for a number
            return (
                Opaque(start, self.pos, "a number that not every PowerShell reads")
                if value is None
                else Literal(start, self.pos, value, bare=True)
            )
        return self.word()
