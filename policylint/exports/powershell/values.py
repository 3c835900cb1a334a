"""From an expression to the value it is sure to have; what is not literal stays unread.

Only what every PowerShell makes the same of is read. `Values` knows variables, and changes none.
"""

import re
from collections.abc import Callable
from collections.abc import Sequence as Several
from datetime import timedelta
from decimal import Decimal

from policylint.exports.powershell.scopes import Entry, Known, Map, Scopes
from policylint.exports.powershell.tree import (
    Access,
    Cast,
    Command,
    Expandable,
    Group,
    Index,
    Literal,
    Node,
    Operation,
    Parameter,
    Sequence,
    Table,
    Variable,
)
from policylint.exports.record import Unread

_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_SPAN = re.compile(r"(?:\d{1,8}\.)?(?:[01]?\d|2[0-3]):[0-5]\d:[0-5]\d")
_DIGITS = re.compile(r"-?\d{1,9}")
_UNITS = {"days": "days", "hours": "hours", "minutes": "minutes", "seconds": "seconds"}
_TOO_LONG = 10_000_000
"""Days beyond which no time span is read: .NET ends not far above."""
LONGEST = 65_536
"""Characters beyond which no text is joined: hostile scripts double theirs."""


class Values:
    """Reads values out of the nodes of a script."""

    def __init__(self, text: str, scopes: Scopes) -> None:
        self._text = text
        self._scopes = scopes
        self._kinds: dict[type[Node], Callable[..., Known]] = {
            Literal: lambda node: node.value,
            Variable: self._variable,
            Expandable: self._expandable,
            Sequence: lambda node: self._joined(node, node.items),
            Group: self._group,
            Table: self._table,
            Cast: self._cast,
            Operation: self._operation,
            Access: self._access,
            Index: self._index,
            Command: self._command,
        }

    def of(self, node: Node) -> Known:
        """Return the value of a node; `Unread` for one that is not literal."""
        read = self._kinds.get(node.__class__)
        return read(node) if read is not None else self._unread(node)

    def _unread(self, node: Node) -> Unread:
        return Unread(self._text[node.start : min(node.end, node.start + 200)])

    def _variable(self, node: Variable) -> Known:
        if node.name in _CONSTANTS:
            return _CONSTANTS[node.name]
        value = self._scopes.get(node.name)
        return self._unread(node) if isinstance(value, Unread) or (isinstance(value, Map) and value.spoiled) else value

    def _expandable(self, node: Expandable) -> Known:
        parts = []
        for part in node.parts:
            if isinstance(part, Group):
                part = part.statements[1] if len(part.statements) == 2 else part
            value = part if isinstance(part, str) else self.of(part)
            text = as_text(value)
            if text is None:
                return self._unread(node)
            parts.append(text)
        return self._short(node, "".join(parts))

    def _short(self, node: Node, text: str) -> Known:
        return text if len(text) <= LONGEST else self._unread(node)

    def _joined(self, node: Node, items: Several[Node]) -> Known:
        """Return an array, of which every entry is a value by itself."""
        found = tuple([self.of(item) for item in items])
        if any(isinstance(each, Unread | tuple | Map) or each is None for each in found):
            return self._unread(node)
        return found

    def _group(self, node: Group) -> Known:
        if node.kind == "(":
            return self.of(node.statements[0])
        if node.kind == "$(":
            return self.of(node.statements[0]) if len(node.statements) == 1 else self._unread(node)
        entries: list[Known] = []
        for statement in node.statements:
            value = self.of(statement)
            if isinstance(value, Unread | Map) or value is None or isinstance(statement, Command):
                return self._unread(node)
            entries += value if isinstance(value, tuple) else (value,)
        return tuple(entries)

    def _table(self, node: Table) -> Known:
        table = Map(self._scopes.level)
        for key, statement in node.entries:
            name = self.of(key)
            if not isinstance(name, str):
                return self._unread(node)
            table.entries[name.casefold()] = Entry(name, self.of(statement), statement.start, statement.end)
        return table if len(table.entries) == len(node.entries) else self._unread(node)

    def _cast(self, node: Cast) -> Known:
        if node.operand is None:
            return self._unread(node)
        value = self.of(node.operand)
        made = converted(node.type, value)
        return self._unread(node) if isinstance(made, Unread) else made

    def _operation(self, node: Operation) -> Known:
        values = [self.of(operand) for operand in node.operands]
        match node.operators, values:
            case ["!"], [bool() as value]:
                return not value
            case ["-"], [int() | float() as value] if not isinstance(value, bool):
                return -value
            case ["+", *_], [str(), str(), *_] if set(node.operators) == {"+"}:
                texts = [each for each in values if isinstance(each, str)]
                return self._short(node, "".join(texts)) if len(texts) == len(values) else self._unread(node)
        return self._unread(node)

    def _access(self, node: Access) -> Known:
        if isinstance(node.target, Cast):
            return self._static(node, node.target)
        value = self.of(node.target)
        if node.arguments is None and isinstance(value, Map) and isinstance(node.member, Literal):
            return self._entry(node, value, str(node.member.value))
        return self._unread(node)

    def _static(self, node: Access, target: Cast) -> Known:
        """Read `[TimeSpan]::FromMinutes(15)` and its like."""
        name = str(node.member.value).lower() if isinstance(node.member, Literal) else ""
        unit = _UNITS.get(name.removeprefix("from")) if name.startswith("from") else None
        if (
            target.operand is None
            and target.type == "timespan"
            and unit
            and node.arguments
            and len(node.arguments) == 1
        ):
            return self._span(node, {unit: self.of(node.arguments[0])})
        return self._unread(node)

    def _span(self, node: Node, parts: dict[str, Known]) -> Known:
        span = timedelta()
        for unit, value in parts.items():
            if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < _TOO_LONG:
                return self._unread(node)
            span += timedelta(**{unit: value})
        return span if parts else self._unread(node)

    def _index(self, node: Index) -> Known:
        value, index = self.of(node.target), self.of(node.index)
        if isinstance(value, Map) and isinstance(index, str):
            return self._entry(node, value, index)
        if isinstance(value, tuple) and isinstance(index, int) and 0 <= index < len(value):
            return value[index]
        return self._unread(node)

    def _entry(self, node: Node, table: Map, key: str) -> Known:
        entry = table.entries.get(key.casefold())
        return self._unread(node) if entry is None or isinstance(entry.value, Unread) else entry.value

    def _command(self, node: Command) -> Known:
        """Read `New-TimeSpan -Minutes 15` and its like: every other command has to run."""
        if not isinstance(node.name, Literal) or str(node.name.value).lower() != "new-timespan":
            return self._unread(node)
        parts: dict[str, Known] = {}
        waiting = ""
        for element in node.elements:
            if isinstance(element, Parameter) and not waiting and element.name.lower() in _UNITS:
                waiting = _UNITS[element.name.lower()]
                if element.argument is not None:
                    parts[waiting], waiting = self.of(element.argument), ""
            elif waiting and not isinstance(element, Parameter):
                parts[waiting], waiting = self.of(element), ""
            else:
                return self._unread(node)
        return self._unread(node) if waiting else self._span(node, parts)


def as_text(value: Known) -> str | None:
    """Return what a value becomes inside a text; None where that is not sure."""
    match value:
        case None:
            return ""
        case bool() | str() | int():
            return str(value)
        case _:
            return None


def converted(kind: str, value: Known) -> Known:
    """Return what a cast makes of a value; `Unread` where that is not sure."""
    match kind, value:
        case _, Unread():
            return value
        case "string", None | bool() | int() | str():
            return as_text(value)
        case "string[]", str():
            return (value,)
        case "string[]", tuple() if all(isinstance(item, str) for item in value):
            return value
        case "bool" | "boolean", None | bool() | int() | float() | str():
            return bool(value)
        case "int" | "int32" | "long" | "int64", bool() | int():
            return int(value) if abs(value) < 1 << 31 else Unread("")
        case "int" | "int32", str() if _DIGITS.fullmatch(value):
            return int(value)
        case "timespan", timedelta():
            return value
        case "timespan", str() if _SPAN.fullmatch(value):
            return value
        case "ordered" | "hashtable", Map():
            return value
        case "object" | "object[]" | "array", tuple():
            return value
        case "object" | "psobject", bool() | int() | str() | timedelta() | Decimal():
            return value
    return Unread("")
