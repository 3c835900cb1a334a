"""What a script is made of: the nodes that reading it yields, each with the offsets where it begins and ends.

Only what can be literal is kept apart; operators, for instance, are held as a flat list, since none is ever worked out.
"""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(slots=True)
class Node:
    """A stretch of a script, by offsets: the first character and the one past the last."""

    start: int
    end: int


@dataclass(slots=True)
class Literal(Node):
    """A text or a number; `bare` if it is a word of a command without quotes, which binds as it is written."""

    value: str | int | float | Decimal
    bare: bool = False


@dataclass(slots=True)
class Opaque(Node):
    """Something whose value is not read; `why` says what it is."""

    why: str


@dataclass(slots=True)
class Expandable(Node):
    """A text with variables or expressions in it."""

    parts: list["str | Node"]


@dataclass(slots=True)
class Variable(Node):
    """A variable by its name in lower case, without a scope that means the script's own.

    `splat` tells that it is spread over a command, `shared` that its scope was named and reaches beyond a function.
    """

    name: str
    splat: bool = False
    shared: bool = False


@dataclass(slots=True)
class Sequence(Node):
    """Values between commas."""

    items: list[Node]


@dataclass(slots=True)
class Group(Node):
    """Statements in `(…)`, `$(…)` or `@(…)`, told apart by `kind`."""

    kind: str
    statements: list[Node]


@dataclass(slots=True)
class Table(Node):
    """A hashtable: pairs of a key and the statement that gives its value."""

    entries: list[tuple[Node, Node]]


@dataclass(slots=True)
class Cast(Node):
    """An operand with a type or an attribute before it; None for a type that stands by itself."""

    type: str
    operand: Node | None


@dataclass(slots=True)
class Access(Node):
    """A member of a value; `arguments` are those of a call."""

    target: Node
    member: Node
    arguments: list[Node] | None = None


@dataclass(slots=True)
class Index(Node):
    """An entry of a value."""

    target: Node
    index: Node


@dataclass(slots=True)
class Operation(Node):
    """Operands with operators between, before or after them."""

    operators: list[str]
    operands: list[Node]


@dataclass(slots=True)
class Parameter(Node):
    """A parameter of a command; `argument` is what a colon ties to it."""

    name: str
    argument: Node | None


@dataclass(slots=True)
class Redirection(Node):
    """Where a stream of a command, by its number or `*`, goes."""

    stream: str
    target: Node | None


@dataclass(slots=True)
class Command(Node):
    """A command: its name and what follows it; `operator` is `&` or `.` where one calls it."""

    name: Node
    operator: str
    elements: list[Node]


@dataclass(slots=True)
class Pipeline(Node):
    """Commands or an expression, each handing on to the next; in the background after `&`."""

    elements: list[Node]
    background: bool = False


@dataclass(slots=True)
class Chain(Node):
    """Pipelines of which each runs only if the one before it did well, or ill."""

    pipelines: list[Node]


@dataclass(slots=True)
class Assignment(Node):
    """A value for a variable or a part of one; `value` is the statement that makes it."""

    target: Node
    operator: str
    value: Node


@dataclass(slots=True)
class Body(Node):
    """Statements in braces, with what they declare: names of parameters, and named blocks (`begin`, `end`, …)."""

    statements: list[Node]
    parameters: list[Node] = field(default_factory=list)
    named: list[tuple[str, "Body"]] = field(default_factory=list)


@dataclass(slots=True)
class Block(Node):
    """A script block as a value."""

    body: Body


@dataclass(slots=True)
class Compound(Node):
    """A statement that holds others: `kind` is its word, `heads` what it asks first, `bodies` what may run."""

    kind: str
    heads: list[Node]
    bodies: list[Body]


@dataclass(slots=True)
class Definition(Node):
    """A function or another thing that has a name; a `Body` is None where it is not read."""

    name: str
    body: Body | None


@dataclass(slots=True)
class Leaving(Node):
    """A statement that ends what runs: return, throw, exit, break or continue."""

    word: str
    value: Node | None


@dataclass(slots=True)
class Resource(Node):
    """A block of a desired state configuration: `kind` names its resource, `name` itself."""

    kind: str
    name: Node | None
    table: Table
