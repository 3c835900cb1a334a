"""Places in CLIXML: which elements are the properties of an object, and which one shows a value."""

from collections.abc import Iterator
from itertools import repeat

from policylint.exports.xml_places import XmlDocument
from policylint.exports.xml_text import Markup, children, property_name

BLOB = "SerializationData"
"""A .NET object in a dangerous binary form, which Exchange puts beside every value: never read, never decoded."""

CONTAINERS = ("LST", "IE", "STK", "QUE")
"""The elements that hold the items of a collection."""

_SHOWN_LATER = ("TN", "TNRef", "Props", "MS", "ToString")


class ClixmlDocument(XmlDocument):
    """A document read from CLIXML."""

    __slots__ = ()

    def _properties(self, record: Markup) -> Iterator[Markup]:
        if record.name == "Ref":
            # The object came before; here only the reference shows its values.
            yield from repeat(record)
        has_blob = self._text.find(BLOB, record.start, record.end) >= 0
        parts = list(children(self._text, record))
        for holder in ("Props", "MS"):
            for part in parts:
                if part.name == holder:
                    for element in children(self._text, part):
                        # the search is cheap and rules out nearly all; only the name itself decides
                        found = has_blob and self._text.find(BLOB, element.start, element.inner_start) >= 0
                        if not (found and property_name(self._text, element) == BLOB):
                            yield element

    def _shown(self, element: Markup) -> Markup:
        """Return the ToString text of an object, else its value, else its items, else the object itself."""
        if element.is_leaf:
            return element
        parts = list(children(self._text, element))
        for part in parts:
            if part.name == "ToString" and not part.is_empty:
                return part
        return next((part for part in parts if part.name not in _SHOWN_LATER), element)
