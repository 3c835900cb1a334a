"""Reads what `ConvertTo-Xml` makes: objects and properties, with or without their .NET types."""

import re
from collections.abc import Callable

from policylint.exports.dotnet import reduced, type_name
from policylint.exports.error import ExportError
from policylint.exports.record import Document, Nested, Raw
from policylint.exports.wanted import Wanted
from policylint.exports.xml_markup import Markup, children, property_name
from policylint.exports.xml_places import XmlDocument
from policylint.exports.xml_tree import DEEPEST, Element, local_name, too_deep, xml_root

_BOOLEANS = {"True": True, "False": False}
_CONVERT: dict[str | None, Callable[[str], Raw]] = {
    "System.Boolean": _BOOLEANS.__getitem__,
    "System.Byte": int,
    "System.Int16": int,
    "System.Int32": int,
    "System.Int64": int,
    "System.UInt16": int,
    "System.UInt32": int,
    "System.UInt64": int,
}
"""The types whose text is the same in every culture; the text of any other type stays text."""


def read(text: str, path: str, wanted: Wanted | None = None) -> Document:
    """Read the text of a ConvertTo-Xml file; each Object becomes a record.

    Booleans and integers are read by their Type attribute; without it (`-NoTypeInformation`) every value is
    text. An empty Property is None, unless its type is System.String. A Property without names inside is a
    list and becomes a tuple; one with names inside is an object, reduced as `reduced` tells. A text that does
    not fit its type stays text. Raises `ExportError` with the line.
    """
    document = _ConvertXmlDocument(path, "convertxml", text)
    shared_names: dict[tuple[str, ...], tuple[str, ...]] = {}
    for number, element in enumerate(xml_root(text)):
        if element.tag != "Object":
            message = f"<{local_name(element)}> stands where ConvertTo-Xml puts <Object>"
            raise ExportError(message, line=element.sourceline)
        members = [member for member in element if member.get("Name")]
        names = tuple([str(member.get("Name")) for member in members])
        names = shared_names.setdefault(names, names)
        values = tuple([_value(member, 2) for member in members])
        document.add(_type(element), _own_text(element), names, values, (), number)
    return document


def _type(element: Element) -> str | None:
    written = element.get("Type")
    return type_name(written) if written else None


def _own_text(element: Element) -> str | None:
    """Return the text of an object: of a primitive its value, of another the nameless Property at its head."""
    if len(element) and not element[0].get("Name"):
        return element[0].text
    return element.text or None


def _value(element: Element, depth: int) -> Raw:
    """Read a Property, `depth` levels below the root."""
    if not len(element):
        return _leaf(element)
    if depth >= DEEPEST:
        raise too_deep(element.sourceline)
    members = [member for member in element if member.get("Name")]
    names = tuple([str(member.get("Name")) for member in members])
    if _is_list(element, names):
        return tuple([_value(item, depth + 1) for item in element if not item.get("Name")])
    if not members:  # an object of which only its text is left
        return Nested(_type(element), element[0].text, ())
    values = [_value(member, depth + 1) for member in members]
    return reduced(_type(element), _own_text(element), names, values)


_COLLECTION = re.compile(r"ArrayList|MultiValuedProperty|Collection|List`|HashSet|\[\]$")
_OF_COLLECTIONS = {"Count", "IsSynchronized", "SyncRoot", "IsFixedSize", "IsReadOnly", "Capacity", "Length", "Rank"}


def _is_list(element: Element, names: tuple[str, ...]) -> bool:
    """Tell a list, which below the depth of the export shows properties of its own, from an object with a text."""
    if names:
        return "Count" in names and _OF_COLLECTIONS.issuperset(names)
    written = element.get("Type")
    return len(element) > 1 or (written is not None and _COLLECTION.search(written) is not None)


def _leaf(element: Element) -> Raw:
    text, written = element.text, element.get("Type")
    if text is None:
        return "" if written == "System.String" else None
    convert = _CONVERT.get(written)
    if convert is None:
        return text
    try:
        return convert(text)
    except (ValueError, LookupError):
        return text  # the value does not fit its type: for the judge of values to tell, at its place


class _ConvertXmlDocument(XmlDocument):
    """A document read from ConvertTo-Xml."""

    __slots__ = ()

    def _properties(self, inside: list[tuple[int, list[int]]], end: int) -> list[int]:
        return [start for start, _ in inside if property_name(self._text, start)]

    def _shown(self, element: Markup) -> Markup:
        """Return the text at the head of an object, else the element itself."""
        head = next(children(self._text, element), None)
        return element if head is None or property_name(self._text, head.start) else head
