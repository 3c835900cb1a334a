"""Reads what `Export-Clixml` writes: objects with their .NET types and properties, references between them."""

from policylint.exports.clixml_objects import ObjectReader
from policylint.exports.record import Document
from policylint.exports.wanted import Wanted
from policylint.exports.xml_places import ClixmlDocument
from policylint.exports.xml_tree import xml_root

LARGE = 1 << 18
"""Characters from which on it pays to look for what was read before: some fifty policies."""


def read(text: str, path: str, wanted: Wanted | None = None) -> Document:
    """Read the text of a CLIXML file; each object at the top becomes a record, and so do those in a list at the top.

    Of a dictionary at the top the objects among its values become records, alone or in lists; one whose values are all
    simpler is itself a record, with its keys as names.

    A record's properties are those of Props, then those of MS (notes that PowerShell added); both are
    kept where a name is in both. Values are reduced as `PRIMITIVES` and `reduced` tell, collections to
    tuples, dictionaries to tuples of (key, value). A primitive value at the top becomes a record without
    properties whose text is the value. Raises `ExportError` with the line.
    """
    if len(text) >= LARGE:
        from policylint.exports import clixml_again  # no small export waits for it

        document = clixml_again.read(text, path)
        if document is not None:
            return document
    document = ClixmlDocument(path, "clixml", text)
    root = xml_root(text)
    ObjectReader(root, document).read_all(root)
    return document
