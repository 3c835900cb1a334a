"""Follows commands: those that set policies go into the document, the others may change what is known."""

from collections.abc import Iterable

from policylint.exports.powershell.assignments import Assignments
from policylint.exports.powershell.cursor import Refused
from policylint.exports.powershell.document import Command as Found
from policylint.exports.powershell.document import Element, ScriptDocument
from policylint.exports.powershell.names import CMDLETS, NAMED, QUIET, RESOURCES, RUNS_TEXT, SETS_VARIABLES, plain
from policylint.exports.powershell.scopes import Known, Map
from policylint.exports.powershell.tree import (
    Block,
    Command,
    Literal,
    Node,
    Opaque,
    Parameter,
    Redirection,
    Resource,
    Variable,
)
from policylint.exports.record import Nested, Raw, Unread

_FED = "it takes what a pipeline hands it, so which policies it sets is not in the script"
_OWN = "the script defines a command of this name itself"
_MOST = 200
"""How many values may be spread over a command: more are a hostile script's."""
_SHOWN = 200
"""How many characters of something that is not read are kept."""

Fault = tuple[str, int, int]
"""What stands in the way of reading a command, and the offsets between which that stands."""


class Calls(Assignments):
    """Puts commands into a document. `functions` are those of the script: whether a call may end it."""

    def __init__(self, document: ScriptDocument, text: str) -> None:
        super().__init__(text)
        self.functions: dict[str, bool] = {}
        self.own: set[str] = set()
        self._document = document
        self._text = text

    def stops_at_errors(self) -> None:
        """Note that a command that fails may end the script."""
        self._document.stops = True

    def refuse(self, start: int, end: int, refused: Refused) -> None:
        """Note a command, whose name stands between offsets, that could not be read at all."""
        fault = (refused.message, refused.offset, refused.offset + 1)
        self._add(plain(self._text[start:end]), start, end, fault=fault)

    def call(self, node: Command, *, fed: bool = False) -> None:
        """Follow a command; `fed` tells that a pipeline hands it something."""
        called = self.values.of(node.name)
        name = plain(called) if isinstance(called, str) else ""
        if name in CMDLETS:
            self._take(node, name, str(called), fed)
            return
        if name.startswith("-") and self._document.commands:
            fault = f"{called} begins a line, so it belongs to no command: the one before it has ended"
            cmdlet = self._document.commands[-1].type_name or ""
            self._add(cmdlet, node.start, node.name.end, fault=(fault, node.start, node.name.end))
        quiet = bool(QUIET.fullmatch(name))
        self.visit(node.name, tracked=True)
        for element in node.elements:
            self.visit(element, tracked=quiet)
        self.names_variables(node.elements)
        if name in RUNS_TEXT:
            self._runs_text(node)
        if name in self.functions:
            self.scopes.called()
            if self.functions[name]:
                self.leave_behind(f"{name}, which is called before it, may end the script")
        unknown = node.operator and not isinstance(node.name, Block | Literal)
        if node.operator == "." or unknown or name in SETS_VARIABLES:
            self.scopes.forget_all()

    def _runs_text(self, node: Command) -> None:
        """Tell of cmdlets in what is handed to a command that runs a text."""
        for element in node.elements:
            inside = element.argument if isinstance(element, Parameter) and element.argument else element
            if isinstance(inside, Block):
                continue
            value = self.values.of(inside)
            texts = [each for each in (value if isinstance(value, tuple) else (value,)) if isinstance(each, str)]
            self.named_in_text(element, " ".join(texts) if texts else self._text[element.start : element.end])

    def named_in_text(self, node: Node, text: str) -> None:
        """Tell of a command that sets a policy and stands in a text that may be run."""
        found = NAMED.search(text)
        if found:
            fault = (f"{found[0]} stands in a text or a class, which is not read", node.start, node.end)
            self._add(found[0].lower(), node.start, node.end, fault=fault)

    def _take(self, node: Command, cmdlet: str, written: str, fed: bool) -> None:
        fault: Fault | None = None
        if any(dash in written for dash in "\u2013\u2014\u2015"):
            where = node.name
            fault = ("its name has a typographic dash, so no such command is found", where.start, where.end)
        elements: list[Element] = []
        for element in node.elements:
            self.visit(element, tracked=True)
            fault = self._add_elements(element, elements) or fault
        doubt = self.doubt or (_FED if fed else None) or (_OWN if cmdlet in self.own else None)
        self._add(cmdlet, node.name.start, node.name.end, elements, doubt, fault, fed=fed)

    def _add_elements(self, node: Node, elements: list[Element]) -> Fault | None:
        """Add what an element of a command hands to it; return what stands in the way of that."""
        mark = self._document.mark
        if isinstance(node, Redirection):
            return None
        if isinstance(node, Opaque) and self._text.startswith("--%", node.start):
            return "what stands behind --% is not read", node.start, node.end
        if isinstance(node, Variable) and node.splat:
            return self._spread(node, elements)
        if isinstance(node, Parameter) and node.argument is None:
            elements.append(Element(node.name, None, mark(node.start, node.end), has_value=False))
            return None
        name, value = (node.name, node.argument) if isinstance(node, Parameter) else (None, node)
        assert value is not None
        number = isinstance(value, Literal) and value.bare and not isinstance(value.value, str)
        bare = self._text[value.start : value.end] if number else None
        elements.append(Element(name, self._raw(value), mark(value.start, value.end), bare=bare))
        return None

    def _spread(self, node: Variable, elements: list[Element]) -> Fault | None:
        """Add the entries of a table or an array that is spread over a command."""
        held = self.scopes.get(node.name)
        if isinstance(held, Map) and len(held.entries) > _MOST:
            return "no command has as many parameters as this table has entries", node.start, node.end
        if isinstance(held, Map) and not held.spoiled:
            for entry in held.entries.values():
                raw = _raw(entry.value, self._written(entry.start, entry.end))
                elements.append(Element(entry.key, raw, self._document.mark(entry.start, entry.end), spread=True))
            return None
        if isinstance(held, tuple) and len(held) <= _MOST:
            here = self._document.mark(node.start, node.end)
            elements += [Element(None, _raw(item, ""), here, spread=True) for item in held]
            return None
        return f"what {self._text[node.start : node.end]} holds here is not in the script", node.start, node.end

    def _written(self, start: int, end: int) -> str:
        return self._text[start : min(end, start + _SHOWN)]

    def _raw(self, node: Node) -> Raw:
        return _raw(self.values.of(node), self._written(node.start, node.end))

    def _add(
        self,
        cmdlet: str,
        start: int,
        end: int,
        elements: Iterable[Element] = (),
        doubt: str | None = None,
        fault: Fault | None = None,
        *,
        fed: bool = False,
    ) -> None:
        mark = self._document.mark(start, end)
        found = Found(cmdlet, None, (), (), (), mark, tuple(elements), doubt, from_pipeline=fed)
        if fault is not None:
            found.fault, found.fault_mark = fault[0], self._document.mark(fault[1], fault[2])
        self._document.commands.append(found)

    def describe(self, node: Resource) -> None:
        """Follow a block of a configuration; one that describes a policy goes into the document."""
        elements = []
        for key, value in node.table.entries:
            self.pass_over(value, tracked=True)
            if node.kind in RESOURCES and isinstance(key, Literal):
                here = self._document.mark(value.start, value.end)
                elements.append(Element(str(key.value), self._raw(value), here, spread=True))
        if node.kind in RESOURCES:
            self._add(node.kind, node.start, node.start + len(node.kind), elements, self.doubt)


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
