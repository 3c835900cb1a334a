"""Looks through all that stands inside a node."""

from collections.abc import Iterator
from dataclasses import fields

from policylint.exports.powershell.tree import Assignment, Cast, Compound, Node, Operation, Sequence, Variable


def assigned(node: Node) -> Iterator[str]:
    """Yield the names of the variables that something inside a node may set."""
    for each in within(node):
        if isinstance(each, Assignment):
            yield from (target.name for target in targets(each.target) if isinstance(target, Variable))
        elif isinstance(each, Operation) and each.operators == ["++"]:
            yield from (operand.name for operand in each.operands if isinstance(operand, Variable))
        elif isinstance(each, Compound) and each.kind == "foreach" and isinstance(each.heads[0], Variable):
            yield each.heads[0].name


def within(node: Node) -> Iterator[Node]:
    """Yield a node and all nodes inside it."""
    waiting: list[object] = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Node):
            yield each
            waiting += [getattr(each, name) for name in _children(type(each))]
        elif isinstance(each, list | tuple):
            waiting += each


def targets(node: Node) -> list[Node]:
    """Return what an assignment sets, without the types before it."""
    while isinstance(node, Cast) and node.operand is not None:
        node = node.operand
    return [part for item in node.items for part in targets(item)] if isinstance(node, Sequence) else [node]


_CHILDREN: dict[type, tuple[str, ...]] = {}


def _children(kind: type) -> tuple[str, ...]:
    found = _CHILDREN.get(kind)
    if found is None:
        names = tuple(field.name for field in fields(kind) if field.name not in ("start", "end"))
        found = _CHILDREN[kind] = names
    return found
