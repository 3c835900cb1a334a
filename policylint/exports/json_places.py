"""Places in JSON: from the mark of a value to where it stands in the text."""

from array import array

from policylint.exports.json_values import Top, members, objects
from policylint.exports.record import Raw, Record
from policylint.exports.text_document import TextDocument

NO_OBJECT = -1
"""Stands for the number of an object where a record is of a value that is none."""


class JsonDocument(TextDocument):
    """A document read from JSON.

    Marks are consecutive: a record's own mark, then one for each member of its object. Reading only counts the
    objects; where they begin is found at the first question, and where the members of one are at the first about it.
    """

    __slots__ = ("_begins", "_last", "_next_mark", "_numbers", "_tops")

    def __init__(self, path: str, text: str, tops: list[Top]) -> None:
        super().__init__(path, "json", text)
        self._tops = tops
        self._numbers: list[int] = []
        self._next_mark = 0
        self._begins: array[int] | None = None
        # the record asked for last, and where its members are
        self._last: tuple[int, list[tuple[int, int]]] | None = None

    def add(
        self,
        type_name: str | None,
        text: str | None,
        names: tuple[str, ...],
        values: tuple[Raw, ...],
        number: int,
        kept: tuple[int, ...] | None = None,
    ) -> None:
        """Append the record of an object (or of `NO_OBJECT`); `kept` are the numbers of its members, if not all."""
        mark = self._next_mark
        members = kept or range(len(names))
        self._next_mark = mark + 2 + (members[-1] if members else -1)
        counted = range(mark + 1, self._next_mark)
        marks = counted if kept is None else tuple([counted[member] for member in kept])
        self.records.append(Record(type_name, text, names, values, marks, mark))
        self._numbers.append(number)

    def _span(self, mark: int) -> tuple[int, int]:
        """Return the stretch of a value, without the quotes of a text; of an object that is a record, its bracket."""
        index = self._number(mark)
        number = self._numbers[index]
        member = mark - self.records[index].mark - 1
        if number == NO_OBJECT:
            return self._tops[0].start, self._tops[0].start + 1
        begin = self._begin(number)
        if member < 0:
            return begin, begin + 1
        if self._last is None or self._last[0] != index:
            self._last = index, members(self._text, begin)
        start, end = self._last[1][member]
        return (start + 1, end - 1) if self._text[start] == '"' else (start, end)

    def _begin(self, number: int) -> int:
        """Return the offset at which an object begins."""
        if self._begins is None:
            self._begins = array("I")
            for top in self._tops:
                self._begins.extend(objects(self._text, top.start, top.end))
        return self._begins[number]
