"""Follows a script from statement to statement, without running it."""

from collections.abc import Iterable

from policylint.exports.powershell.calls import Calls
from policylint.exports.powershell.effects import QUIET_KINDS
from policylint.exports.powershell.names import CMDLETS, plain
from policylint.exports.powershell.tree import (
    Access,
    Assignment,
    Cast,
    Chain,
    Command,
    Compound,
    Definition,
    Group,
    Leaving,
    Node,
    Opaque,
    Pipeline,
    Redirection,
    Resource,
    Variable,
)

_LOOPS = frozenset(("while", "do", "for", "foreach", "switch"))
_CERTAIN = frozenset(("begin", "end", "configuration", "node"))
_BRANCHES = frozenset(("if", "switch"))


class Follower(Calls):
    """Puts the commands of a script into a document, in their order."""

    def follow(self, statements: Iterable[Node]) -> None:
        """Follow statements, in their order."""
        for statement in statements:
            self.run(statement)

    def run(self, node: Node) -> None:
        """Follow a statement."""
        match node:
            case Assignment():
                self.assign(node)
            case Command():
                self.call(node)
            case Pipeline():
                self._pipeline(node)
            case Chain():
                self._chain(node)
            case Compound():
                self._compound(node)
            case Definition():
                self._define(node)
            case Leaving():
                self._leave(node)
            case Resource():
                self.describe(node)
            case Group():
                for statement in node.statements:
                    self.pass_over(statement, tracked=node.kind != "@(")
            case Cast(operand=Node() as operand) if node.type == "void" or isinstance(operand, Group):
                self.run(operand)
            case Access(arguments=list()) if self.method(node):
                pass
            case Opaque():
                self.named_in_text(node, self._text[node.start : node.end])
            case _:
                self.visit(node, tracked=True)

    def _chain(self, node: Chain) -> None:
        self.run(node.pipelines[0])
        with self.doubting("it runs only if the command before it succeeds, or only if it fails"):
            for pipeline in node.pipelines[1:]:
                self.run(pipeline)

    def _pipeline(self, node: Pipeline) -> None:
        if node.background:
            with self.doubting("it runs in the background"):
                self.run(node.elements[0])
            return
        for position, element in enumerate(node.elements):
            if isinstance(element, Command):
                self.call(element, fed=position > 0)
            elif isinstance(element, Redirection):
                self.visit(element)
            elif isinstance(element, QUIET_KINDS):
                self.visit(element)  # whoever is next may change what it is handed
            else:
                self.run(element)

    def _compound(self, node: Compound) -> None:
        kind = node.kind
        if kind == "param":
            self.declare(node.heads)
            return
        for head in node.heads:
            if kind != "foreach" or not isinstance(head, Variable):
                with self.doubting(f"it stands in the condition of {kind}"):
                    self.pass_over(head, tracked=kind != "switch")
        if kind in _CERTAIN:
            for body in node.bodies:
                self.inside(body)
            return
        loop = kind in _LOOPS
        self.loops += loop
        if kind == "foreach" and isinstance(node.heads[0], Variable):
            self.scopes.forget(node.heads[0].name)
        reason = f"it stands in a branch of {kind}" if kind in _BRANCHES else f"it stands in {kind}"
        for body in node.bodies:
            self.branch(body, reason, loop=loop)
        self.loops -= loop

    def _define(self, node: Definition) -> None:
        name = plain(node.name)
        if name in CMDLETS:
            self.own.add(name)
        self.functions[name] = self.function(node.body, f"it stands in the function {node.name}")

    def _leave(self, node: Leaving) -> None:
        if node.value is not None:
            self.pass_over(node.value)
        if node.word in ("break", "continue") and self.loops:
            return
        if node.word == "return" and (self.in_function or self.in_block):
            return
        line, _ = self._document.position(node.start)
        self.leave_behind(f"it stands behind {node.word} (line {line})")
