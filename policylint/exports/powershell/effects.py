"""Follows what expressions and commands may do to the variables of a script, without running them."""

from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager

from policylint.exports.powershell.names import HARMLESS_METHODS, VARIABLE_TAKING
from policylint.exports.powershell.scopes import Known, Map, Scopes, spoil
from policylint.exports.powershell.tree import (
    Access,
    Assignment,
    Block,
    Body,
    Cast,
    Expandable,
    Group,
    Index,
    Literal,
    Node,
    Opaque,
    Operation,
    Parameter,
    Redirection,
    Sequence,
    Table,
    Variable,
)
from policylint.exports.powershell.values import Values
from policylint.exports.powershell.within import assigned, within

_INSIDE = "it stands inside an expression"
QUIET_KINDS = (Variable, Literal, Expandable, Sequence, Table, Cast, Access, Index, Operation, Block)


class Effects:
    """Keeps what is known of variables right while nodes are passed over.

    `doubt` tells why it is not certain that what is passed over runs at all; None where it does.
    """

    def __init__(self, text: str) -> None:
        self.scopes = Scopes()
        self.values = Values(text, self.scopes)
        self.in_function = 0
        self.in_block = 0
        self.loops = 0
        self._doubts: list[str] = []
        self._behind: str | None = None
        self._always: str | None = None
        self._assigned: frozenset[str] = frozenset()

    @property
    def doubt(self) -> str | None:
        """Why what comes next may not run."""
        return self._doubts[-1] if self._doubts else self._behind or self._always

    @contextmanager
    def doubting(self, reason: str) -> Iterator[None]:
        """Doubt, for a reason, that what is passed over meanwhile runs."""
        self._doubts.append(self.doubt or reason)
        try:
            yield
        finally:
            self._doubts.pop()

    def leave_behind(self, reason: str) -> None:
        """Doubt that anything that follows runs."""
        self._behind = self._behind or reason

    @abstractmethod
    def run(self, node: Node) -> None:
        """Follow a statement."""

    @abstractmethod
    def named_in_text(self, node: Node, text: str) -> None:
        """Tell of a command that sets a policy and stands in a text that may be run."""

    def visit(self, node: Node, *, tracked: bool = False) -> None:
        """Pass over an expression. `tracked` tells that whoever gets its value is followed, or changes nothing."""
        match node:
            case Variable():
                self._mention(node, tracked)
            case Literal() | Redirection(target=None):
                pass
            case Expandable():
                for part in node.parts:
                    if isinstance(part, Group):
                        self._in_text(part)
                    elif isinstance(part, Node):
                        self.visit(part, tracked=True)
            case Sequence():
                for item in node.items:
                    self.visit(item)
            case Table():
                for key, value in node.entries:
                    self.visit(key, tracked=True)
                    self.visit(value, tracked=True)
            case Cast(operand=Node() as operand):
                self.visit(operand, tracked=tracked and node.type != "ref")
                if node.type == "ref" and isinstance(operand, Variable):
                    self.forget(operand)
            case Access():
                self._access(node)
            case Index():
                self.visit(node.target, tracked=True)
                self.visit(node.index, tracked=True)
            case Operation():
                for operand in node.operands:
                    self.visit(operand, tracked=node.operators == ["++"])
                    if node.operators == ["++"] and isinstance(operand, Variable):
                        self.forget(operand)
            case Block():
                self.block(node.body, "it stands in a script block")
            case Parameter(argument=Node() as argument):
                self.visit(argument)
            case Redirection(target=Node() as target):
                self.visit(target, tracked=True)
            case Group():
                with self.doubting(_INSIDE):
                    for statement in node.statements:
                        self.pass_over(statement, tracked=tracked and node.kind != "@(")
            case _:
                self._nested(node)

    def pass_over(self, node: Node, *, tracked: bool = False) -> None:
        """Pass over a statement, whether it is an expression or runs something."""
        if isinstance(node, QUIET_KINDS):
            self.visit(node, tracked=tracked)
        else:
            self.run(node)

    def _nested(self, node: Node) -> None:
        if not isinstance(node, Opaque | Parameter | Cast | Redirection):
            with self.doubting(_INSIDE):
                self.run(node)

    def _in_text(self, node: Group) -> None:
        """Pass over `$(…)` inside a text: it stands nowhere by itself, so nothing that it runs is read."""
        for name in assigned(node):
            self.scopes.forget(name)
        for each in within(node):
            if isinstance(each, Variable):
                self._mention(each, tracked=False)
        if isinstance(node.statements[0], Opaque):
            self.named_in_text(node, node.statements[0].why)

    def preference(self, name: str, value: Known) -> None:
        """Note what a variable that PowerShell itself goes by does to every command from here on."""
        if name == "psdefaultparametervalues":
            self._always = self._always or "$PSDefaultParameterValues may add to what it sets"
        elif name == "whatifpreference" and value is not False:
            self._always = self._always or "$WhatIfPreference may keep it from setting anything"
        elif name == "erroractionpreference":
            self.stops_at_errors()

    @abstractmethod
    def stops_at_errors(self) -> None:
        """Note that a command that fails may end the script."""

    def _mention(self, node: Variable, tracked: bool) -> None:
        if node.name == "psdefaultparametervalues":
            self.preference(node.name, None)
        if self.in_function and not self.scopes.knows(node.name):
            self.scopes.share(node.name)
        if not tracked and not node.splat:
            spoil(self.scopes.get(node.name))

    def _access(self, node: Access) -> None:
        name = str(node.member.value).lower() if isinstance(node.member, Literal) else ""
        if not isinstance(node.member, Literal):
            self.visit(node.member, tracked=True)
        self.visit(node.target, tracked=node.arguments is None or name in HARMLESS_METHODS)
        for argument in node.arguments or ():
            self.visit(argument)

    def method(self, node: Access) -> bool:
        """Follow `Add`, `Remove` and `Clear` of a table that is known; tell whether it was one of these."""
        table = self.values.of(node.target)
        name = str(node.member.value).lower() if isinstance(node.member, Literal) else ""
        arguments = node.arguments or []
        if not isinstance(table, Map) or not isinstance(node.target, Variable):
            return False
        keys = [self.values.of(argument) for argument in arguments[:1]]
        if name == "clear" and not arguments:
            self.scopes.remove(table, None)
        elif name == "remove" and len(arguments) == 1 and isinstance(keys[0], str):
            self.scopes.remove(table, keys[0])
        elif name == "add" and len(arguments) == 2 and isinstance(keys[0], str):
            self.pass_over(arguments[1], tracked=True)
            if keys[0].casefold() in table.entries:
                spoil(table)
            value = arguments[1]
            self.scopes.change(table, keys[0], self.values.of(value), value.start, value.end)
        else:
            return False
        return True

    # --- what a command does with variables

    def forget(self, variable: Variable) -> None:
        """Note that a variable may hold anything."""
        if variable.shared and self.in_function:
            self.scopes.lose(variable.name)
        self.scopes.forget(variable.name)

    def names_variables(self, elements: list[Node]) -> None:
        """Forget the variables that parameters such as `-OutVariable` name."""
        for position, element in enumerate(elements):
            if isinstance(element, Parameter) and VARIABLE_TAKING.fullmatch(element.name.lower()):
                following = elements[position + 1 : position + 2]
                named = element.argument or (following[0] if following else None)
                if isinstance(named, Literal):
                    self.scopes.forget(str(named.value).lower().lstrip("+"))
                else:
                    self.scopes.forget_all()

    # --- stretches that may not run

    def branch(self, body: Body, reason: str, *, loop: bool = False, barrier: bool = False) -> None:
        """Follow statements that may not run, or more than once."""
        before = self._assigned
        self.scopes.enter(barrier=barrier)
        if loop and not before:
            self._assigned = frozenset(assigned(body))
        for name in self._assigned if loop else ():
            self.scopes.forget(name)
        with self.doubting(reason):
            self.inside(body)
        self.scopes.leave()
        self._assigned = before

    def block(self, body: Body, reason: str) -> None:
        """Follow a script block that some command may run, any number of times."""
        self.loops, before = 0, self.loops
        self.in_block += 1
        self.branch(body, reason, loop=True)
        self.in_block -= 1
        self.loops = before

    def inside(self, body: Body) -> None:
        """Follow what a body declares and holds."""
        self.declare(body.parameters)
        for _, named in body.named:
            self.inside(named)
        for statement in body.statements:
            self.run(statement)

    def declare(self, parameters: list[Node]) -> None:
        """Follow parameters: whoever calls decides what they hold, whatever their defaults are."""
        for parameter in parameters:
            variable = parameter.target if isinstance(parameter, Assignment) else parameter
            if isinstance(parameter, Assignment):
                self.pass_over(parameter.value, tracked=True)
            if isinstance(variable, Variable):
                self.scopes.forget(variable.name)

    def function(self, body: Body | None, reason: str) -> bool:
        """Follow a function, which may be called at any time; tell whether a call may end the script."""
        if body is None:
            return False
        behind, self._behind = self._behind, None
        loops, self.loops = self.loops, 0
        self.in_function += 1
        self.branch(body, reason, barrier=True)
        self.in_function -= 1
        self.loops = loops
        ends, self._behind = self._behind is not None, behind
        return ends
