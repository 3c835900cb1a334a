"""Follows what expressions and commands may do to the variables of a script, without running them."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from functools import cache

from policylint.exports.powershell.names import HARMLESS_METHODS, VARIABLE_TAKING
from policylint.exports.powershell.scopes import Map, Scopes, spoil
from policylint.exports.powershell.tree import (
    Access,
    Assignment,
    Block,
    Body,
    Cast,
    Compound,
    Expandable,
    Group,
    Index,
    Literal,
    Node,
    Operation,
    Parameter,
    Redirection,
    Sequence,
    Table,
    Variable,
)
from policylint.exports.powershell.values import Values

_INSIDE = "it stands inside an expression"
_QUIET_KINDS = (Variable, Literal, Expandable, Sequence, Table, Cast, Access, Index, Operation, Block)


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

    def doubt_everything(self, reason: str) -> None:
        """Doubt what every command does from here on."""
        self._always = self._always or reason

    @abstractmethod
    def run(self, node: Node) -> None:
        """Follow a statement."""

    def visit(self, node: Node, *, tracked: bool = False) -> None:
        """Pass over an expression. `tracked` tells that whoever gets its value is followed, or changes nothing."""
        match node:
            case Variable():
                self._mention(node, tracked)
            case Literal() | Redirection(target=None):
                pass
            case Expandable():
                for part in node.parts:
                    if isinstance(part, Node):
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
                    self.visit(operand)
                    if "++" in node.operators and isinstance(operand, Variable):
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
                        self.pass_over(statement, tracked=tracked)
            case _:
                self._nested(node)

    def pass_over(self, node: Node, *, tracked: bool = False) -> None:
        """Pass over a statement, whether it is an expression or runs something."""
        if isinstance(node, _QUIET_KINDS):
            self.visit(node, tracked=tracked)
        else:
            self.run(node)

    def _nested(self, node: Node) -> None:
        if not isinstance(node, Opaque | Parameter | Cast | Redirection):
            with self.doubting(_INSIDE):
                self.run(node)

    def _mention(self, node: Variable, tracked: bool) -> None:
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
        for parameter in body.parameters:
            variable = parameter.target if isinstance(parameter, Assignment) else parameter
            if isinstance(parameter, Assignment):
                self.visit(parameter.value, tracked=True)
            if isinstance(variable, Variable):
                self.scopes.forget(variable.name)
        for _, named in body.named:
            self.inside(named)
        for statement in body.statements:
            self.run(statement)


def assigned(node: Node) -> Iterator[str]:
    """Yield the names of the variables that something inside a node may set."""
    waiting: list[object] = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Node):
            if isinstance(each, Assignment):
                waiting += _targets(each.target)
                yield from (name.name for name in _targets(each.target) if isinstance(name, Variable))
            elif isinstance(each, Operation) and "++" in each.operators:
                yield from (operand.name for operand in each.operands if isinstance(operand, Variable))
            elif isinstance(each, Compound) and each.kind == "foreach" and isinstance(each.heads[0], Variable):
                yield each.heads[0].name
            waiting += [getattr(each, name) for name in _children(type(each))]
        elif isinstance(each, list | tuple):
            waiting += each


def _targets(node: Node) -> Iterable[Node]:
    while isinstance(node, Cast) and node.operand is not None:
        node = node.operand
    return [part for item in node.items for part in _targets(item)] if isinstance(node, Sequence) else [node]


@cache
def _children(kind: type[Node]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.name not in ("start", "end"))
