"""What every reader produces: the objects of an export, undecided about their meaning.

A reader knows its format and nothing of mailbox policies. It hands over each object as a `Record`, whose
values are plain and hashable, and keeps for each value a *mark*: an integer from which `Document.place`
finds the file position on demand. Positions are computed only for the values a report speaks of.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from policylint.exports.error import ExportError


class Place(NamedTuple):
    """A stretch of a file: 1-based lines and columns, the end column just past the last character."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def at(self) -> str:
        """The beginning as editors and terminals take it: `path:line:column`."""
        return f"{self.path}:{self.line}:{self.column}"


class Enum(NamedTuple):
    """An enum member as serialized: its name where the file has one, its integer where the file has one."""

    name: str | None
    number: int | None


class Nested(NamedTuple):
    """An object inside a value that no reader reduces to something simpler.

    `text` is its ToString form, if the file has one; `properties` are (name, value) pairs.
    """

    type_name: str | None
    text: str | None
    properties: "tuple[tuple[str, Raw], ...]"


@dataclass(frozen=True, slots=True)
class Unread:
    """A value that a script works out, so that the file does not hold it; `text` is how it is written there."""

    text: str


_Scalar = None | bool | int | float | Decimal | str | bytes | timedelta | datetime
Raw = _Scalar | Enum | Nested | Unread | tuple["Raw", ...]


@dataclass(slots=True)
class Record:
    """One object of an export: property names as written, their values, and a mark for each value."""

    type_name: str | None
    text: str | None
    names: tuple[str, ...]
    values: tuple[Raw, ...]
    marks: Sequence[int]
    mark: int


@dataclass(slots=True)
class Document(ABC):
    """One export file as read: its format, its records, and notes on how it had to be read.

    `misfits` are the rows that do not fit their header; whoever reads a file decides whether the others can be used.
    Where its code page is a guess, letters beyond ASCII may be others (`is_guess`).
    """

    path: str
    format: str
    records: list[Record] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    misfits: list[ExportError] = field(default_factory=list)
    is_guess: bool = False

    @abstractmethod
    def place(self, mark: int) -> Place:
        """Find where the value (or object) with this mark stands in the file."""

    @abstractmethod
    def line(self, number: int) -> str:
        """Return the text of one line, 1-based, without its line break."""
