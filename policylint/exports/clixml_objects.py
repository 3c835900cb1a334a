"""Reads the elements of CLIXML into records: objects with their types and properties, references between them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from policylint.exports.clixml_primitives import PRIMITIVES
from policylint.exports.dotnet import enum, reduced, type_name
from policylint.exports.error import ExportError
from policylint.exports.escapes import unescaped
from policylint.exports.record import Nested, Raw, Record
from policylint.exports.xml_places import BLOB, CONTAINERS, ClixmlDocument, Path
from policylint.exports.xml_tree import DEEPEST, Element, local_name, too_deep


class _Type(NamedTuple):
    """What a list of type names comes to: the most derived name, and whether it is an enum."""

    name: str | None
    is_enum: bool


Parts = tuple[_Type, str | None, list[Element], bool, Raw]
"""An object taken apart: its type, its ToString text, the elements of its properties, whether it wraps a
collection or a primitive value, and what it wraps. A plain tuple, because there are dozens for every record."""

_DICTIONARY = 3
"""How long the path to a value of a dictionary at the top is: the object, the dictionary in it, the entry."""

_UNTYPED = _Type(None, False)
_UNFINISHED = Nested(None, None, ())
_UNREADABLE = (ValueError, LookupError, ArithmeticError)


class ObjectReader:
    """Reads one tree into a document. `root` tells in which namespace its elements are.

    References neither recurse nor repeat work: a finished object is kept, and a reference to it gets the
    kept value. A reference to an unfinished object (a cycle), to a whole record, or from deeper than the
    properties of a record gets an outline without properties: no chain of references can blow up.
    """

    def __init__(self, root: Element, document: ClixmlDocument) -> None:
        space = str(root.tag).removesuffix("Objs")
        self._document = document
        self._primitives = {space + tag: convert for tag, convert in PRIMITIVES.items()}
        self._containers = frozenset(space + tag for tag in CONTAINERS)
        self.obj, self._ref, self._dct = space + "Obj", space + "Ref", space + "DCT"
        self._tn, self._tn_ref, self._to_string = space + "TN", space + "TNRef", space + "ToString"
        self.props, self.notes = space + "Props", space + "MS"
        self._types: dict[str | None, _Type] = {}
        self._names: dict[tuple[str | None, ...], tuple[str, ...]] = {}
        self.finished: dict[str | None, Raw] = {}
        self._records: dict[str | None, Record] = {}
        self._depth = 1

    def read_all(self, root: Element) -> None:
        """Read everything at the top."""
        for number, element in enumerate(root):
            self._read_top(element, (), number)

    def _read_top(self, element: Element, parent: Path, number: int) -> None:
        """Read one object of the pipeline; a list there (`Export-Clixml -InputObject`) stands for its items.

        So does a list in a dictionary, and a dictionary for its values if these are objects.
        """
        tag = element.tag
        if tag == self.obj:
            for part_number, part in enumerate(element):
                path = (*parent, number, part_number)
                if part.tag in self._containers and len(parent) in (0, _DICTIONARY):
                    self._enter(element)
                    for item_number, item in enumerate(part):
                        self._read_top(item, path, item_number)
                    return
                if part.tag == self._dct and len(parent) <= _DICTIONARY and self._holds_objects(part):
                    self._enter(element)
                    for entry_number, entry in enumerate(part):
                        value_number, inner = _value_of(entry)
                        if inner is not None and local_name(inner) != "Nil":
                            self._read_top(inner, (*path, entry_number), value_number)
                    return
            self._read_record(element, parent, number)
        elif tag == self._ref:
            self._repeat_record(element, parent, number)
        else:
            (value,) = self.values((element,))
            text = None if value is None else value if isinstance(value, str) else element.text
            self._document.add(None, text, (), (), parent, number)

    def _enter(self, element: Element) -> None:
        """Keep what others may refer to of an object that stands for what is inside it."""
        self.finished[element.get("RefId")] = _UNFINISHED
        for part in element:
            if part.tag == self._tn:
                self._new_type(part)

    def _holds_objects(self, dictionary: Element) -> bool:
        """Tell whether all values of a dictionary are objects, or lists and dictionaries of them."""
        values = [value for _, value in map(_value_of, dictionary) if value is not None and local_name(value) != "Nil"]
        return bool(values) and all(value.tag == self._ref or self._is_object(value) for value in values)

    def _is_object(self, value: Element) -> bool:
        if value.tag != self.obj:
            return False
        for part in value:
            if part.tag in (self.props, self._dct):
                return True
            if part.tag in self._containers:
                return len(part) > 0 and any(inner.tag in (self.props, self.notes, self._dct) for inner in part[0])
        return any(part.tag == self.notes for part in value)

    def _read_record(self, element: Element, parent: Path, number: int) -> None:
        kind, text, members, _, content = self.begin(element)
        if text is None and isinstance(content, str):
            text = content
        names, values = self._properties(members)
        if not names and isinstance(content, tuple) and any(part.tag == self._dct for part in element):
            names, values = _pairs(content)
        self._records[element.get("RefId")] = self._document.add(kind.name, text, names, values, parent, number)
        self.end(element, kind.name, text)

    def _repeat_record(self, element: Element, parent: Path, number: int) -> None:
        """Read an object that went through the pipeline before, alone or inside another."""
        record = self._records.get(element.get("RefId"))
        if record:
            self._document.add(record.type_name, record.text, record.names, record.values, parent, number)
            return
        value = self._reference(element)
        if isinstance(value, Nested):
            names = tuple(name for name, _ in value.properties)
            values = tuple(value for _, value in value.properties)
            self._document.add(value.type_name, value.text, names, values, parent, number)
        else:
            self._document.add(None, None if value is None else str(value), (), (), parent, number)

    def values(self, elements: Iterable[Element]) -> tuple[Raw, ...]:
        """Return what elements say that are values."""
        primitives, obj = self._primitives, self.obj
        values: list[Raw] = []
        for element in elements:
            tag = element.tag
            convert = primitives.get(tag)  # type: ignore[arg-type]
            if convert is not None:
                try:
                    values.append(convert(element.text or ""))
                except _UNREADABLE:
                    # It does not fit its type: for the judge of values to tell, at its place.
                    values.append(unescaped(element.text or ""))
            elif tag == obj:
                values.append(self._object(element))
            elif tag == self._ref:
                values.append(self._reference(element))
            else:
                message = f"<{local_name(element)}> is not a value of CLIXML"
                raise ExportError(message, line=element.sourceline)
        return tuple(values)

    def _object(self, element: Element) -> Raw:
        self._depth += 2  # the object, and the Props or list inside it
        if self._depth > DEEPEST:
            raise too_deep(element.sourceline)
        reference = element.get("RefId")
        self.finished[reference] = _UNFINISHED
        kind, text, members, wraps, value = self._parts(element)
        if not wraps:
            value = reduced(kind.name, text, *self._properties(members))
        elif isinstance(value, int) and (kind.is_enum or text not in (None, str(value))):
            value = enum(text, value)
        self.finished[reference] = value
        self._depth -= 2
        return value

    def begin(self, element: Element) -> Parts:
        """Take the object of a record apart; the values of its properties are read later."""
        self.finished[element.get("RefId")] = _UNFINISHED
        return self._parts(element)

    def end(self, element: Element, type_name: str | None, text: str | None) -> None:
        """Have what refers to the object of a record get an outline from here on."""
        self.finished[element.get("RefId")] = Nested(type_name, text, ())

    def _parts(self, element: Element) -> Parts:
        kind = _UNTYPED
        text: str | None = None
        members: list[Element] = []
        notes: list[Element] = []
        wraps = False
        content: Raw = None
        for part in element:
            tag = part.tag
            if tag == self._tn_ref:
                try:
                    kind = self._types[part.get("RefId")]
                except KeyError:
                    raise _dangling(part, "the type of this object is given as number {} (TNRef)") from None
            elif tag == self._to_string:
                text = unescaped(part.text or "")
            elif tag == self.props:
                members += part
            elif tag == self.notes:
                notes += part
            elif tag == self._tn:
                kind = self._new_type(part)
            else:
                wraps = True
                content = self._content(part)
        return kind, text, members + notes, wraps, content

    def _content(self, element: Element) -> Raw:
        """Read what an object wraps: a collection, a dictionary or a primitive."""
        tag = element.tag
        if tag in self._containers:
            return self.values(element)
        if tag == self._dct:
            return tuple([self._entry(entry) for entry in element])
        (value,) = self.values((element,))
        return value

    def _properties(self, members: list[Element]) -> tuple[tuple[str, ...], tuple[Raw, ...]]:
        """Return the names and values of property elements."""
        written = tuple([member.get("N") for member in members])
        if BLOB in written:
            members = [member for member in members if member.get("N") != BLOB]
            written = tuple([member.get("N") for member in members])
        return self.names(written, members), self.values(members)

    def names(self, written: tuple[str | None, ...], members: Sequence[Element] = ()) -> tuple[str, ...]:
        """Return names as they read; equal ones are one shared tuple. Raises `ExportError` for one that is missing."""
        names = self._names.get(written)
        if names is None:
            if None in written:
                line = members[written.index(None)].sourceline if members else None
                raise ExportError("a property has no name (attribute N)", line=line)
            names = self._names[written] = tuple(unescaped(name or "") for name in written)
        return names

    def _entry(self, element: Element) -> Raw:
        """Read one entry of a dictionary as (key, value)."""
        by_name = dict(zip((part.get("N") for part in element), self.values(element), strict=True))
        return by_name.get("Key"), by_name.get("Value")

    def _new_type(self, element: Element) -> _Type:
        names = [type_name(unescaped(item.text or "")) for item in element]
        kind = self._types[element.get("RefId")] = _Type(names[0] if names else None, "System.Enum" in names)
        return kind

    def _reference(self, element: Element) -> Raw:
        reference = element.get("RefId")
        if reference not in self.finished:
            raise _dangling(element, "this is given as object number {} again (Ref)")
        value = self.finished[reference]
        if self._depth > 1 and type(value) in (Nested, tuple):
            return Nested(value.type_name, value.text, ()) if isinstance(value, Nested) else _UNFINISHED
        return value


def _value_of(entry: Element) -> tuple[int, Element | None]:
    """Return the value of an entry of a dictionary, and its number among the parts of the entry."""
    for number, part in enumerate(entry):
        if part.get("N") == "Value":
            return number, part
    return 0, None


def _pairs(content: tuple[Raw, ...]) -> tuple[tuple[str, ...], tuple[Raw, ...]]:
    """Return the keys and values of a dictionary; nothing where the keys are no texts."""
    pairs = [(each[0], each[1]) for each in content if isinstance(each, tuple)]
    if not all(isinstance(key, str) for key, _ in pairs):
        return (), ()
    return tuple(str(key) for key, _ in pairs), tuple(value for _, value in pairs)


def _dangling(element: Element, words: str) -> ExportError:
    message = words.format(repr(element.get("RefId"))[:40])
    return ExportError(f"{message}, which does not come before it", line=element.sourceline)
