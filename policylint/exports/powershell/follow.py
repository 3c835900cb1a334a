"""Follows a script from statement to statement and collects the commands that set policies."""

from collections.abc import Iterable

from policylint.exports.powershell.document import Command as Found
from policylint.exports.powershell.document import Element, ScriptDocument
from policylint.exports.powershell.effects import Effects
from policylint.exports.powershell.names import (
    CMDLETS,
    NAMED,
    QUIET,
    RESOURCE,
    RUNS_TEXT,
    SETS_VARIABLES,
    plain,
)
from policylint.exports.powershell.scopes import Known, Map, spoil
from policylint.exports.powershell.tree import (
    Access,
    Assignment,
    Block,
    Cast,
    Chain,
    Command,
    Compound,
    Definition,
    Group,
    Index,
    Leaving,
    Literal,
    Node,
    Opaque,
    Parameter,
    Pipeline,
    Redirection,
    Resource,
    Sequence,
    Variable,
)
from policylint.exports.powershell.values import converted
from policylint.exports.record import Nested, Raw, Unread

_FED = "it takes what a pipeline hands it, so which policies it sets is not in the script"
_LOOPS = {"while", "do", "for", "foreach", "switch"}
_CERTAIN = {"begin", "end", "configuration", "node"}


class Follower(Effects):
    """Puts the commands of a script into a document, in their order."""

    def __init__(self, document: ScriptDocument, text: str) -> None:
        super().__init__(text)
        self._document = document
        self._text = text
        self._functions: dict[str, bool] = {}
        self._own: set[str] = set()
        self._types: dict[str, str] = {}

    def follow(self, statements: Iterable[Node]) -> None:
        """Follow statements, in their order."""
        for statement in statements:
            self.run(statement)

    def run(self, node: Node) -> None:
        """Follow a statement."""
        match node:
            case Assignment():
                self._assign(node)
            case Command():
                self._command(node)
            case Pipeline():
                self._pipeline(node)
            case Chain():
                self.run(node.pipelines[0])
                with self.doubting("it runs only if the command before it succeeds, or fails"):
                    for pipeline in node.pipelines[1:]:
                        self.run(pipeline)
            case Compound():
                self._compound(node)
            case Definition():
                self._define(node)
            case Leaving():
                self._leave(node)
            case Resource():
                self._resource(node)
            case Group():
                for statement in node.statements:
                    self.run(statement)
            case Cast(operand=Node() as operand) if node.type == "void" or isinstance(operand, Group):
                self.run(operand)
            case Access(arguments=list()) if self.method(node):
                pass
            case Opaque():
                self._named_in_text(node, self._text[node.start : node.end])
            case _:
                self.visit(node, tracked=True)

    # --- assignments

    def _assign(self, node: Assignment) -> None:
        target, kinds = node.target, []
        while isinstance(target, Cast) and target.operand is not None:
            kinds.append(target.type)
            target = target.operand
        if isinstance(node.value, Command | Pipeline | Chain | Compound | Assignment | Group | Access | Cast):
            self.run(node.value)
        else:
            self.pass_over(node.value, tracked=True)
        value = self.values.of(node.value) if not isinstance(node.value, Assignment) else Unread("")
        if isinstance(value, Map) and isinstance(node.value, Assignment | Pipeline):
            spoil(value)
        if isinstance(target, Variable):
            self._set(target, kinds, node, value)
        elif isinstance(target, Sequence):
            spoil(value)
            for item in target.items:
                self._change(item, Unread(""), node)
        else:
            self._change(target, value if node.operator == "=" else Unread(""), node)

    def _set(self, target: Variable, kinds: list[str], node: Assignment, value: Known) -> None:
        name = target.name
        if name == "psdefaultparametervalues":
            self.doubt_everything("$PSDefaultParameterValues may add to what it sets")
        if name == "whatifpreference" and value is not False:
            self.doubt_everything("$WhatIfPreference may keep it from setting anything")
        if node.operator != "=":
            value = self._added(self.scopes.get(name), value) if node.operator == "+=" else Unread("")
        if kinds:
            self._types[name] = kinds[-1] if len(kinds) == 1 else "?"
        if name in self._types:
            value = converted(self._types[name], value)
        if target.shared and self.in_function:
            self.scopes.lose(name)
        self.scopes.set(name, value)

    def _added(self, before: Known, value: Known) -> Known:
        match before, value:
            case str(), str() if len(before) + len(value) < 65_536:
                return before + value
            case tuple(), tuple() if len(before) < 1000:
                return before + value
            case tuple(), str() if len(before) < 1000:
                return (*before, value)
            case Map(spoiled=False), Map(spoiled=False) if not before.entries.keys() & value.entries.keys():
                return Map(self.scopes.level, {**before.entries, **value.entries})
        spoil(value)
        return Unread("")

    def _change(self, target: Node, value: Known, node: Assignment) -> None:
        """Follow an assignment to a part of something."""
        if isinstance(target, Variable):
            self.forget(target)
            return
        self.visit(target, tracked=True)
        inner = target.target if isinstance(target, Access | Index) else target
        held = self.values.of(inner) if isinstance(inner, Variable) else None
        key = self._key(target)
        if isinstance(held, Map) and key is not None and not (self.in_function and isinstance(inner, Variable)):
            self.scopes.change(held, key, value, node.value.start, node.value.end)
            return
        spoil(value)
        while isinstance(inner, Access | Index):
            inner = inner.target
        if isinstance(inner, Variable):
            if self.in_function:
                self.scopes.share(inner.name)
            if isinstance(self.scopes.get(inner.name), tuple):
                self.scopes.forget_all()  # an array may be known by other names as well
            spoil(self.scopes.get(inner.name))

    def _key(self, target: Node) -> str | None:
        if isinstance(target, Access) and target.arguments is None and isinstance(target.member, Literal):
            return str(target.member.value)
        key = self.values.of(target.index) if isinstance(target, Index) else None
        return key if isinstance(key, str) else None

    # --- commands

    def _pipeline(self, node: Pipeline) -> None:
        if node.background:
            with self.doubting("it runs in the background"):
                self.run(node.elements[0])
            return
        for position, element in enumerate(node.elements):
            if isinstance(element, Command):
                self._command(element, fed=position > 0)
            elif isinstance(element, Redirection):
                self.visit(element)
            else:
                self.run(element)

    def _command(self, node: Command, *, fed: bool = False) -> None:
        called = self.values.of(node.name)
        name = plain(called) if isinstance(called, str) else ""
        if name in CMDLETS:
            self._take(node, name, str(called), fed)
            return
        quiet = bool(QUIET.fullmatch(name))
        self.visit(node.name, tracked=True)
        for element in node.elements:
            self.visit(element, tracked=quiet)
        self.names_variables(node.elements)
        if name in RUNS_TEXT:
            self._runs_text(node)
        if name in self._functions:
            self.scopes.called()
            if self._functions[name]:
                self.leave_behind(f"{name}, which is called before it, may end the script")
        unknown = node.operator and not isinstance(node.name, Block | Literal)
        if node.operator == "." or unknown or name in SETS_VARIABLES:
            self.scopes.forget_all()

    def _runs_text(self, node: Command) -> None:
        for element in node.elements:
            value = self.values.of(element.argument if isinstance(element, Parameter) and element.argument else element)
            texts = value if isinstance(value, tuple) else (value,)
            written = self._text[element.start : element.end]
            if not isinstance(element, Block) and any(isinstance(each, str) and NAMED.search(each) for each in texts):
                self._named_in_text(element, str(value))
            elif isinstance(value, Unread) and not isinstance(element, Block):
                self._named_in_text(element, written)

    def _named_in_text(self, node: Node, text: str) -> None:
        found = NAMED.search(text)
        if found:
            fault = f"{found[0]} stands in a text or a class, which is not read"
            self._add(found[0].lower(), node.start, node.end, fault=(fault, node.start, node.end))

    def _take(self, node: Command, cmdlet: str, written: str, fed: bool) -> None:
        fault = None
        if any(dash in written for dash in "\u2013\u2014\u2015"):
            where = node.name
            fault = ("its name has a typographic dash, so no such command is found", where.start, where.end)
        elements: list[Element] = []
        for element in node.elements:
            self.visit(element, tracked=True)
            fault = self._add_elements(element, elements) or fault
        doubt = self.doubt or (_FED if fed else None)
        if cmdlet in self._own:
            doubt = doubt or "the script defines a command of this name itself"
        self._add(cmdlet, node.name.start, node.name.end, elements, doubt, fault, fed=fed)

    def _add_elements(self, node: Node, elements: list[Element]) -> tuple[str, int, int] | None:
        """Add what an element of a command hands to it; return what stands in the way, and where."""
        mark = self._document.mark
        if isinstance(node, Redirection):
            return None
        if isinstance(node, Opaque) and self._text.startswith("--%", node.start):
            return "what stands behind --% is not read", node.start, node.end
        if isinstance(node, Parameter):
            value = node.argument
            if value is None:
                elements.append(Element(node.name, None, mark(node.start, node.end), has_value=False))
            else:
                elements.append(
                    Element(node.name, self._raw(value), mark(value.start, value.end), bare=self._bare(value))
                )
        elif isinstance(node, Variable) and node.splat:
            held = self.scopes.get(node.name)
            if isinstance(held, Map) and not held.spoiled:
                for entry in held.entries.values():
                    raw = _raw(entry.value, self._text[entry.start : min(entry.end, entry.start + 200)])
                    elements.append(Element(entry.key, raw, mark(entry.start, entry.end), spread=True))
            elif isinstance(held, tuple):
                here = mark(node.start, node.end)
                elements += [Element(None, _raw(item, ""), here, spread=True) for item in held]
            else:
                return f"what @{node.name} holds here cannot be told from the script", node.start, node.end
        else:
            elements.append(Element(None, self._raw(node), mark(node.start, node.end), bare=self._bare(node)))
        return None

    def _raw(self, node: Node) -> Raw:
        return _raw(self.values.of(node), self._text[node.start : min(node.end, node.start + 200)])

    def _bare(self, node: Node) -> str | None:
        number = isinstance(node, Literal) and node.bare and not isinstance(node.value, str)
        return self._text[node.start : node.end] if number else None

    def _add(
        self,
        cmdlet: str,
        start: int,
        end: int,
        elements: Iterable[Element] = (),
        doubt: str | None = None,
        fault: tuple[str, int, int] | None = None,
        *,
        fed: bool = False,
    ) -> None:
        mark = self._document.mark(start, end)
        found = Found(cmdlet, None, (), (), (), mark, tuple(elements), doubt, from_pipeline=fed)
        if fault is not None:
            found.fault, found.fault_mark = fault[0], self._document.mark(fault[1], fault[2])
        self._document.commands.append(found)

    def _resource(self, node: Resource) -> None:
        elements = []
        for key, value in node.table.entries:
            self.visit(value, tracked=True)
            if node.kind == RESOURCE and isinstance(key, Literal):
                here = self._document.mark(value.start, value.end)
                elements.append(Element(str(key.value), self._raw(value), here, spread=True))
        if node.kind == RESOURCE:
            self._add(RESOURCE, node.start, node.start + len(RESOURCE), elements, self.doubt)

    # --- statements that hold others

    def _compound(self, node: Compound) -> None:
        kind = node.kind
        if kind == "param":
            for head in node.heads:
                if isinstance(head, Assignment):
                    self.pass_over(head.value, tracked=True)
                variable = head.target if isinstance(head, Assignment) else head
                if isinstance(variable, Variable):
                    self.scopes.forget(variable.name)
            return
        for head in node.heads:
            if kind == "foreach" and isinstance(head, Variable):
                self.visit(head)
            else:
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
        for body in node.bodies:
            reason = f"it stands in a branch of {kind}" if kind in ("if", "switch") else f"it stands in {kind}"
            self.branch(body, reason, loop=loop)
        self.loops -= loop

    def _define(self, node: Definition) -> None:
        name = plain(node.name)
        if name in CMDLETS:
            self._own.add(name)
        if node.body is None:
            return
        behind, self._behind = self._behind, None
        loops, self.loops = self.loops, 0
        self.in_function += 1
        self.branch(node.body, f"it stands in the function {node.name}", barrier=True)
        self.in_function -= 1
        self.loops = loops
        self._functions[name] = self._behind is not None
        self._behind = behind

    def _leave(self, node: Leaving) -> None:
        if node.value is not None:
            self.pass_over(node.value)
        if node.word in ("break", "continue") and self.loops:
            return
        if node.word == "return" and (self.in_function or self.in_block):
            return
        line, _ = self._document.position(node.start)
        self.leave_behind(f"it stands behind {node.word} (line {line})")


def _raw(value: Known, written: str) -> Raw:
    match value:
        case Map():
            return Nested("hashtable", written, ())
        case Unread():
            return Unread(written)
        case tuple():
            return tuple(_raw(item, written) for item in value)
        case _:
            return value


