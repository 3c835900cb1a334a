"""What a cell of a table says: text, a word of an enumeration, a switch, or nothing."""

import re
from collections.abc import Mapping
from datetime import datetime

from policylint.exports.record import Enum, Nested, Raw

_TYPE_NAME = re.compile(
    r"(?:Deserialized\.)?(?:System|Microsoft)(?:\.[A-Za-z_]\w*)+(?:`\d+(?:\[.*\])?)?(?:\[\])?|[A-Za-z_]\w*\[\]"
)
"""What .NET prints for a list or an object that has no text of its own."""

_NAMESPACES = ("System.", "Microsoft.", "Deserialized.")

_SHOWN_BY = ("Name", "DistinguishedName", "Address", "Value", "value", "DateTime")
"""The properties that stand for a nested object, the most telling first."""

_TRUE = {
    "true",
    "$true",
    "1",
    "yes",
    "wahr",
    "vrai",
    "verdadero",
    "verdadeiro",
    "vero",
    "waar",
    "prawda",
    "sant",
    "sand",
}
_FALSE = {"false", "$false", "0", "no", "falsch", "faux", "falso", "onwaar", "fałsz", "falskt", "falsk"}
"""PowerShell writes True and False everywhere; spreadsheets translate them when they save."""


def is_type_name(text: str) -> bool:
    """Tell whether a text is only the name of a .NET type, so that the value itself is lost."""
    # most texts are ruled out by how they begin or end
    return (text.startswith(_NAMESPACES) or text.endswith("]")) and _TYPE_NAME.fullmatch(text) is not None


def text(raw: Raw, none: Mapping[str, str] = {}) -> str | None:
    """Return a value as one line of text; None for nothing, a word for nothing, several values, or a lost value.

    `none` are the words that stand for nothing, in lower case.
    """
    found = raw if isinstance(raw, str) else _shown(raw)
    if found is None:
        return None
    found = " ".join(found.split())
    return None if not found or found.casefold() in none or is_type_name(found) else found


def _shown(raw: Raw) -> str | None:
    match raw:
        case str():
            return raw
        case Enum():
            return raw.name
        case Nested():
            return _of_object(raw)
        case tuple():
            return _shown(raw[0]) if len(raw) == 1 else None
        case datetime():
            return raw.isoformat()
        case None | bytes():
            return None
        case _:
            return str(raw)


def _of_object(raw: Nested) -> str | None:
    properties = dict(raw.properties)
    for name in _SHOWN_BY:
        value = properties.get(name)
        if isinstance(value, str) and value:
            return value
    return raw.text


def member(raw: Raw, name: str) -> Raw:
    """Return a property of a nested object, None where there is none."""
    return dict(raw.properties).get(name) if isinstance(raw, Nested) else None


def word(raw: Raw, words: Mapping[str, str]) -> tuple[str | None, bool]:
    """Read a word of an enumeration, in any case; the second value tells a number in its place, which means nothing.

    `words` maps each word in lower case to its spelling; another word is kept as it is.
    """
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return None, True
    if isinstance(raw, Enum) and raw.name is None:
        return None, raw.number is not None
    if isinstance(raw, Nested) and isinstance(member(raw, "value"), int):
        return None, True
    found = text(raw)
    if found is None:
        return None, False
    if found.lstrip("-").isdecimal():
        return None, True
    return words.get(found.replace(" ", "").casefold(), found), False


def switch(raw: Raw) -> bool | None:
    """Read True or False, however it is written."""
    if isinstance(raw, bool):
        return raw
    found = (text(raw) or "").casefold()
    return True if found in _TRUE else False if found in _FALSE else None


def number(raw: Raw) -> int | None:
    """Read a whole number."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    found = text(raw) or ""
    return int(found) if found.isascii() and found.isdecimal() and len(found) < 10 else None
