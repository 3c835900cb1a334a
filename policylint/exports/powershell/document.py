"""The commands of a script as a document: each is a record, with what stands in the way of taking it at its word."""

from dataclasses import dataclass

from policylint.exports.record import Raw, Record
from policylint.exports.text_document import TextDocument


@dataclass(frozen=True, slots=True)
class Element:
    """A word of a command: a parameter, a value, or both tied together by a colon or by a table that was spread.

    `name` is None for a value, `has_value` False for a parameter alone. `mark` finds the value, else the parameter.
    `bare` is the text of a number that was written without quotes, `spread` tells that it came out of a table.
    """

    name: str | None
    value: Raw
    mark: int
    has_value: bool = True
    bare: str | None = None
    spread: bool = False


@dataclass(slots=True)
class Command(Record):
    """A command that sets a policy. `type_name` is its cmdlet, in lower case, or the resource of a configuration.

    `doubt` says why it is not certain that it runs, or on which policy; `fault` why it cannot be read, and
    `fault_mark` where that stands.
    """

    elements: tuple[Element, ...] = ()
    doubt: str | None = None
    fault: str | None = None
    fault_mark: int = 0
    from_pipeline: bool = False


class ScriptDocument(TextDocument):
    """A text in which commands stand. Marks are offsets; `stops` tells that a command that fails may end the script."""

    __slots__ = ("_ends", "commands", "stops")

    def __init__(self, path: str, format: str, text: str) -> None:  # noqa: A002 - the field of Document
        super().__init__(path, format, text)
        self.commands: list[Command] = []
        self.stops = False
        self._ends: dict[int, int] = {}

    def mark(self, start: int, end: int) -> int:
        """Make a mark of a stretch of the text."""
        self._ends.setdefault(start, end)
        return start

    def written(self, mark: int) -> str:
        """Return what stands at a mark, its first line, shortened if it is long."""
        start, end = self._span(mark)
        return self._text[start : min(end, start + 200)].split("\n", 1)[0].rstrip()

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and column of an offset."""
        return self._lines.position(offset)

    def _span(self, mark: int) -> tuple[int, int]:
        return mark, self._ends[mark]
