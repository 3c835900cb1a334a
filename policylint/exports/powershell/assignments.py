"""Follows assignments: what a variable, or a part of what it holds, is from there on."""

from policylint.exports.powershell.effects import Effects
from policylint.exports.powershell.scopes import Known, Map, spoil
from policylint.exports.powershell.tree import (
    Access,
    Assignment,
    Cast,
    Chain,
    Command,
    Compound,
    Group,
    Index,
    Literal,
    Node,
    Pipeline,
    Sequence,
    Variable,
)
from policylint.exports.powershell.values import LONGEST, converted
from policylint.exports.powershell.within import targets
from policylint.exports.record import Unread

_RUNS = (Command, Pipeline, Chain, Compound, Assignment, Group, Access, Cast)
_MANY = 1000
"""Entries beyond which no array is joined: hostile scripts double theirs."""


class Assignments(Effects):
    """Follows what is assigned to what."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._types: dict[str, str] = {}

    def assign(self, node: Assignment) -> None:
        """Follow an assignment."""
        if isinstance(node.value, _RUNS):
            self.run(node.value)
        else:
            self.pass_over(node.value, tracked=True)
        value = Unread("") if isinstance(node.value, Assignment) else self.values.of(node.value)
        target, kinds = node.target, []
        while isinstance(target, Cast) and target.operand is not None:
            kinds.append(target.type)
            target = target.operand
        if isinstance(target, Variable):
            self._set(target, kinds, node, value)
        elif isinstance(target, Sequence):
            spoil(value)
            for item in targets(target):
                self._change(item, Unread(""), node)
        else:
            self._change(target, value if node.operator == "=" else Unread(""), node)

    def _set(self, target: Variable, kinds: list[str], node: Assignment, value: Known) -> None:
        name = target.name
        self.preference(name, value)
        if node.operator != "=":
            value = self._added(self.scopes.get(name), value) if node.operator == "+=" else Unread("")
        if kinds:
            self._types[name] = kinds[-1] if len(kinds) == 1 else "?"
        if name in self._types:
            # a variable of a type takes less than a cast: no text is a Boolean to it
            strict = self._types[name].startswith("bool") and not isinstance(value, bool | int)
            value = Unread("") if strict else converted(self._types[name], value)
        if target.shared and self.in_function:
            self.scopes.lose(name)
        self.scopes.set(name, value)

    def _added(self, before: Known, value: Known) -> Known:
        match before, value:
            case str(), str() if len(before) + len(value) <= LONGEST:
                return before + value
            case tuple(), tuple() | str() if len(before) < _MANY:
                return (*before, *(value if isinstance(value, tuple) else (value,)))
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
        if isinstance(held, Map) and key is not None and not self.in_function:
            self.scopes.change(held, key, value, node.value.start, node.value.end)
            return
        spoil(value)
        while isinstance(inner, Access | Index):
            inner = inner.target
        if isinstance(inner, Variable):
            if self.in_function:
                self.scopes.share(inner.name)
            if isinstance(self.scopes.get(inner.name), tuple):
                self.scopes.forget_all()  # an array may go by other names as well
            spoil(self.scopes.get(inner.name))

    def _key(self, target: Node) -> str | None:
        if isinstance(target, Access) and target.arguments is None and isinstance(target.member, Literal):
            return str(target.member.value)
        key = self.values.of(target.index) if isinstance(target, Index) else None
        return key if isinstance(key, str) else None
