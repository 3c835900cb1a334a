"""Reads text copied from a PowerShell window: what `Format-List` prints, `Name : value` on each line."""

from policylint.exports.braces import listed
from policylint.exports.error import ExportError
from policylint.exports.listing_objects import Entry, Listed, listed_objects
from policylint.exports.record import Document, Raw, Record
from policylint.exports.text_document import TextDocument
from policylint.exports.wanted import Wanted

_NOTE = "this is Format-List text, which can lack the ends of long lists and values; Export-Clixml keeps them"
_FEW = 4
"""An object without a name of its own and with fewer properties that are known than these is a fragment of one."""
_NAMING = ("name", "identity", "guid", "id", "distinguishedname")
_MANY = 5


def read(text: str, path: str, wanted: Wanted | None = None) -> Document:
    """Read Format-List text; the properties between two blank lines become a record.

    Values are text; an empty one is None, and one in braces a tuple of texts, with "..." as the last where
    PowerShell cut it. A line indented as far as the values goes on with the value above. Prompts and
    other lines between objects are skipped. Raises `ExportError` for any other line inside an object.

    Where objects are `wanted`, they are found in any text: an object ends where a name comes again, where other
    output of PowerShell begins, and never merely at a blank line; lines that are no part of one are skipped with a
    note. Raises `ExportError` for a few properties without a name, which are a fragment, and for a value of what is
    wanted that stands there in another form.
    """
    document = _ListingDocument(path, text)
    document.notes.append(_NOTE)
    found = listed_objects(text, wanted)
    width = max((len(line) for each in found.objects for entry in each.entries for line in entry.lines), default=0)
    shared_names: dict[tuple[str, ...], tuple[str, ...]] = {}
    for each in found.objects:
        names = tuple([entry.name for entry in each.entries])
        names = shared_names.setdefault(names, names)
        values = tuple([_value(entry.joined(width)) for entry in each.entries])
        if wanted is None or names not in wanted or _is_whole(each, names, values, wanted):
            document.add(each.entries, names, values)
    if wanted is not None and any(record.names in wanted for record in document.records):
        left = wanted.left_in(found.others)
        if left is not None:
            message = f"{left.word} stands here in another form than in the lists; keep one form in a file"
            raise ExportError(message, line=left.line)
        document.notes += _skipped(found.skipped)
    return document


def _value(text: str) -> Raw:
    entries = listed(text)
    return (text or None) if entries is None else entries


def _is_whole(each: Listed, names: tuple[str, ...], values: tuple[Raw, ...], wanted: Wanted) -> bool:
    """Tell an object from prose that names one property; raise `ExportError` for a fragment of an object."""
    lowered = {name.casefold() for name in names}
    if not lowered.isdisjoint(_NAMING) or sum(map(wanted.is_known, names)) >= _FEW:
        return True
    for entry, value in zip(each.entries, values, strict=True):
        if entry.name.casefold() in wanted.marks and _is_plausible(value):
            message = "these properties belong to an object whose other ones, its name among them, are not here"
            raise ExportError(message, line=entry.number)
    return False


def _is_plausible(value: Raw) -> bool:
    """Tell a value, which is one word, a number with its unit or a list, from a sentence."""
    return not isinstance(value, str) or len(value.split()) <= 1 or value[0].isdigit()


def _skipped(numbers: list[int]) -> list[str]:
    if not numbers:
        return []
    shown = ", ".join(map(str, numbers[:_MANY])) + (", …" if len(numbers) > _MANY else "")
    one = len(numbers) == 1
    return [f"{'line' if one else 'lines'} {shown} between the properties {'is' if one else 'are'} left out"]


class _ListingDocument(TextDocument):
    """A document read from Format-List text. Marks are offsets: of a value, and for a record of its first name."""

    __slots__ = ("_ends",)

    def __init__(self, path: str, text: str) -> None:
        super().__init__(path, "list", text)
        self._ends: dict[int, int] = {}

    def add(self, entries: list[Entry], names: tuple[str, ...], values: tuple[Raw, ...]) -> None:
        """Append the record of one object."""
        first = entries[0]
        self._ends[first.name_at] = first.name_at + len(first.name)
        for entry in entries:
            self._ends[entry.start] = entry.end
        marks = tuple([entry.start for entry in entries])
        self.records.append(Record(None, None, names, values, marks, first.name_at))

    def _span(self, mark: int) -> tuple[int, int]:
        return mark, self._ends[mark]
