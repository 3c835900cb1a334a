"""The second maker of trees, for where lxml is not installed: the parser of the standard library, hardened alike.

A browser runs Python without lxml. What comes out has the few parts of an lxml element that the readers use.
"""

import re
from collections.abc import Iterator
from typing import NoReturn
from xml.parsers import expat  # nosec: a DOCTYPE ends it, and without one there are no entities

_DEEPEST = 256
_LONGEST = 10_000_000
"""The limits of libxml2."""

_NAME = re.compile(r"<[^\s/>]+")
_BLANKS = " \t\r\n"

_JUNK, _CHARACTER, _ENTITY, _MARKUP, _END_TAG, _LIMIT = 5, 9, 26, 68, 76, 114
"""Error codes of libxml2, in which both makers tell what is wrong."""

_CODES = {
    expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]: _JUNK,
    expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]: _ENTITY,
    expat.errors.codes[expat.errors.XML_ERROR_TAG_MISMATCH]: _END_TAG,
    expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]: _MARKUP,
    expat.errors.codes[expat.errors.XML_ERROR_BAD_CHAR_REF]: _CHARACTER,
}
_CUT_OFF = {
    expat.errors.codes[name]
    for name in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
}


_ENDS = {_ENTITY: ";", _END_TAG: ">"}
"""libxml2 tells the place behind what it found wrong."""


class Damage(Exception):
    """XML that is not well-formed, or too deep or too long: an error code of libxml2, and where, in characters."""

    def __init__(self, code: int, offset: int):
        super().__init__(code, offset)
        self.code = code
        self.offset = offset


class Element:
    """An element: its name with its namespace in braces, the text before its first child, its line, its children."""

    __slots__ = ("_attributes", "_children", "_pieces", "sourceline", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], line: int):
        self.tag = tag
        self.sourceline = line
        self._attributes = attributes
        self._children: list[Element] = []
        self._pieces: list[str] = []

    @property
    def text(self) -> str | None:
        """The text before the first child; blanks before a child are not text."""
        text = "".join(self._pieces)
        return None if not text or (self._children and not text.strip(_BLANKS)) else text

    def get(self, name: str) -> str | None:
        """Return an attribute."""
        return self._attributes.get(name)

    def __iter__(self) -> Iterator["Element"]:
        return iter(self._children)

    def __len__(self) -> int:
        return len(self._children)

    def __getitem__(self, index: int) -> "Element":
        return self._children[index]


def parsed(text: str) -> Element:
    """Parse a text and return its root. Raises `Damage`."""
    data = text.encode("utf-8")
    builder = _Builder()
    try:
        builder.parser.Parse(data, True)
    except expat.ExpatError as error:
        offset = len(data[: max(0, builder.parser.ErrorByteIndex)].decode("utf-8", "ignore"))
        if error.code in _CUT_OFF:
            raise Damage(0, len(text)) from None
        code = _CODES.get(error.code, 0)
        if code == _MARKUP and not _is_allowed(text[offset : offset + 1]):
            code = _CHARACTER
        raise Damage(code, _behind(text, offset, _ENDS.get(code))) from None
    except _Limit as limit:
        start = len(data[: limit.at].decode("utf-8", "ignore"))
        name = _NAME.match(text, start)
        raise Damage(_LIMIT, name.end() if name else start) from None
    assert builder.root is not None  # or the parser had found no element
    return builder.root


class _Limit(Exception):
    """Elements too deep, or a text too long; `at` counts bytes."""

    def __init__(self, at: int):
        super().__init__(at)
        self.at = at


class _Builder:
    """Puts a tree together from what the parser tells."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self.parser = parser = expat.ParserCreate("utf-8", "}")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = parser.ProcessingInstructionHandler = self._interrupted
        parser.StartCdataSectionHandler = self._interrupted
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = self._refuse
        self._open: list[Element] = []
        self._length = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = Element(_named(name), {_named(key): value for key, value in attributes.items()}, self._line)
        if self._open:
            self._open[-1]._children.append(element)
        else:
            self.root = element
        self._open.append(element)
        self._length = 0
        if len(self._open) > _DEEPEST or any(len(value) > _LONGEST for value in attributes.values()):
            raise _Limit(self.parser.CurrentByteIndex)

    @property
    def _line(self) -> int:
        return self.parser.CurrentLineNumber

    def _end(self, _name: str) -> None:
        self._open.pop()
        self._length = 0

    def _text(self, text: str) -> None:
        self._length += len(text)
        if self._length > _LONGEST:
            raise _Limit(self.parser.CurrentByteIndex)
        if not self._open[-1]._children:
            self._open[-1]._pieces.append(text)

    def _interrupted(self, *_: object) -> None:
        """Leave out blanks in front of a comment, an instruction or a CDATA section, as libxml2 does."""
        pieces = self._open[-1]._pieces if self._open else []
        if not "".join(pieces).strip(_BLANKS):
            pieces.clear()

    @staticmethod
    def _refuse(*_: object) -> NoReturn:
        raise _Limit(0)  # never reached: a DOCTYPE is refused before anything is parsed


def _behind(text: str, offset: int, end: str | None) -> int:
    found = text.find(end, offset) if end else -1
    return offset if found < 0 else found + 1


def _named(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def _is_allowed(character: str) -> bool:
    return not character or character in "\t\n\r" or (character >= " " and character not in "\ufffe\uffff")
