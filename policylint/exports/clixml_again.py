"""Reads a large export: what stands in it again and again is parsed once.

`Export-Clixml` begins each property of an object on a line of its own, and the same value of the same property is the
same text, but for the number of the object. Of thousands of policies, most properties have been read before. So only
what is new about each of them is parsed, in an object that holds nothing else. How the text is laid out is a guess that
costs little where it is wrong: then all of the export is read in the ordinary way.
"""

import re
from array import array
from itertools import accumulate
from typing import NamedTuple

from policylint.exports.clixml_objects import ObjectReader
from policylint.exports.error import ExportError
from policylint.exports.record import Raw
from policylint.exports.xml_markup import TAG, is_one_element, outline
from policylint.exports.xml_places import BLOB, ClixmlDocument
from policylint.exports.xml_tree import Element, root_offset, xml_part, xml_root

_OBJECT = re.compile(r"\n  <(?!/)")
_INDENT = "\n      "
_PROPERTY = re.compile(rf"{_INDENT}<(?!/)")
_PROPERTIES, _END_OF_PROPERTIES = "\n    <Props>", "\n    </Props>"
_END = "\n</Objs>"

_DEPENDS = ("<!", "<?", "xmlns", "xml:")
"""What makes the meaning of a text depend on what is around it, or tags out of what are none."""
_TYPE = "<TN "
"""The beginning of what says which type a number stands for, in all that follows."""

_MOST = 1 << 12
"""Texts of properties that are kept; of the names of many thousands of policies none comes again."""


class _Unlike(Exception):
    """The text is not laid out as it has to be."""


def read(text: str, path: str) -> ClixmlDocument | None:
    """Read the text of a CLIXML file; None for one that is to be read in the ordinary way, which may fail."""
    tag = TAG.match(text, root_offset(text))
    begin, end = tag.end() if tag else 0, text.rfind(_END)
    starts = [found.end() - 1 for found in _OBJECT.finditer(text, begin, end)]
    if not starts or text[begin : starts[0]].strip():
        return None
    document = ClixmlDocument(path, "clixml", text)
    document.layout = layout = _Layout(text, starts, [])
    try:
        reader = _Reader(xml_root(text[:begin] + text[end:]), document)
        for number, (start, stop) in enumerate(zip(starts, [*starts[1:], end], strict=True)):
            parts = _apart(text[start:stop])
            layout.ends.append(array("I", accumulate(map(len, parts.properties), initial=start + len(parts.head))))
            reader.read(parts, number)
    except (ExportError, _Unlike):
        return None
    return document


class _Object(NamedTuple):
    """The text of an object: what is before its properties, these without the first character, what is behind."""

    head: str
    properties: list[str]
    tail: str
    has_types: bool


def _apart(text: str) -> _Object:
    head, begin, rest = text.partition(_PROPERTIES)
    body, end, tail = rest.partition(_END_OF_PROPERTIES)
    blanks, *properties = _PROPERTY.split(body)
    return _Object(head + begin + blanks, properties, end + tail, _TYPE in text)


class _Layout(NamedTuple):
    """Where the objects at the top begin, and in each of them where its properties end, after where they begin.

    These are counted as if nothing stood between the properties.
    """

    text: str
    starts: list[int]
    ends: list["array[int]"]

    def values(self, number: int) -> list[int]:
        """Return where an object begins, and where each of its properties does."""
        # what stands between them is cut out of the text before they are counted
        between = len(_INDENT) + 1
        ends = enumerate(self.ends[number][:-1])
        return [self.starts[number], *[end + between * place + len(_INDENT) for place, end in ends]]

    def rest(self, number: int) -> tuple[list[tuple[int, list[int]]], int]:
        """Return the outline of what is behind the properties of an object."""
        ends = self.ends[number]
        behind = ends[-1] + (len(_INDENT) + 1) * (len(ends) - 1)
        return outline(self.text, behind + len(_END_OF_PROPERTIES))


class _Reader:
    """Reads the objects at the top one by one, and keeps what their properties say: the name and the value of each."""

    def __init__(self, root: Element, document: ClixmlDocument) -> None:
        self._document = document
        self._objects = ObjectReader(root, document)
        self._known: dict[str, tuple[str | None, Raw]] = {}

    def read(self, text: _Object, number: int) -> None:
        """Read the text of one object into a record. Raises `_Unlike`, and `ExportError` for what is damaged."""
        head, properties, tail, has_types = text
        if has_types or len(self._known) > _MOST:
            self._known.clear()
        found = [self._known.get(each) for each in properties]
        new: dict[int, str] = {}
        for place, known in enumerate(found):
            if known is None:
                key = self._numberless(properties[place])
                found[place] = known = self._known.get(key)
                if known is None:
                    new[place] = key
        part = "".join([head, *[f"<{properties[place]}" for place in new], tail])
        if any(word in part for word in _DEPENDS):
            raise _Unlike
        element = xml_part(part)
        type_name, name, read = self._read(element, len(new))
        for (place, key), known in zip(new.items(), read, strict=False):
            if not is_one_element(f"<{properties[place]}"):
                raise _Unlike
            found[place] = known
            if not has_types and _refers_to_nothing(properties[place]):
                self._known[key] = known
        told = [known for known in (*found, *read[len(new) :]) if known is not None]
        names, values = zip(*told, strict=True) if told else ((), ())
        self._document.add(type_name, name, self._objects.names(names), values, (), number)
        self._objects.end(element, type_name, name)

    def _read(self, element: Element, count: int) -> tuple[str | None, str | None, list[tuple[str | None, Raw]]]:
        """Return the type and text of an object, and what its properties say: so many of Props, then those of MS."""
        objects = self._objects
        held = [part for part in element if part.tag in (objects.props, objects.notes)]
        kind, text, members, wraps, _ = objects.begin(element)
        is_like = [part.tag for part in held] in ([objects.props], [objects.props, objects.notes])
        if element.tag != objects.obj or wraps or not is_like or len(held[0]) != count:
            raise _Unlike
        members, notes = members[:count], [note for note in members[count:] if note.get("N") != BLOB]
        names = [member.get("N") for member in (*members, *notes)]
        if BLOB in names:
            raise _Unlike
        return kind.name, text, list(zip(names, objects.values((*members, *notes)), strict=True))

    def _numberless(self, piece: str) -> str:
        """Leave out the number of an object, which is another one each time.

        What that number stood for so far is forgotten: whatever refers to a text that is not read again is not found.
        """
        before, _, rest = piece.partition(' RefId="')
        number, _, after = rest.partition('"')
        if not piece.startswith("Obj ") or ">" in before or not number.isdecimal():
            return piece
        self._objects.finished.pop(number, None)
        return before + after


def _refers_to_nothing(piece: str) -> bool:
    """Tell whether a property means the same wherever it stands: no other object is in it, and none is referred to."""
    return not piece.startswith("Ref") and "<Obj" not in piece and "<Ref" not in piece
