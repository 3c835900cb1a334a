"""Whether bytes that nobody could read speak of policies: what holds one must not be passed over in silence."""

import re
from typing import NamedTuple

from policylint.knowledge.catalogue import Catalogue

_TYPES = (b"systemconfiguration.mobilemailboxpolicy", b"systemconfiguration.activesyncmailboxpolicy")
"""The .NET types of a policy, which stand before its properties: an export that was cut off early may hold no more."""

_QUOTES = (b'"', b"'")
_EDGES = (b"", b"\n", b",", b";", b"\t")
_CELL_ENDS = re.compile(rb"[,;\t](?! )|\r?(?:\n|\Z)")
_VALUE = rb"""(?:["'{\[(@]|[-+]?[0-9]|\$?(?:true|false|null)\b|unlimited\b)"""
_HAS_VALUE = re.compile(rb"[`*\])]*[ \t]*(?:[:=]|\|[ \t*`]*)[ \t]*" + _VALUE)
_GETS_VALUE = re.compile(rb"(?:[ \t]+|:)[ \t]*" + _VALUE)
_BREAKS_OFF = re.compile(rb"[ \t]*:?[ \t]*\Z")

_ABOUT = re.compile(rb"\beas[0-9]{3}\b")
"""The id of a rule: what bears one is a report, a baseline or a configuration, which quotes policies and is none."""


class Mention(NamedTuple):
    """A word that only policies have, and whether it stands where a value belongs to it, or in running text."""

    word: str
    line: int
    holds_a_value: bool


def mention(data: bytes, catalogue: Catalogue) -> Mention | None:
    """Find a property that makes an object a policy, or the type of one, in bytes of UTF-8 or UTF-16.

    A place where it has a value, or is the name of a column, comes before one in running text.
    """
    # UTF-16 writes an ASCII character with a NUL on one side or the other
    plain = data.replace(b"\0", b"")
    text = plain.lower()
    names = [name.lower().encode() for known in catalogue if known.makes_a_policy for name in known.spellings]
    # finding a word is many times as fast as matching words, and most files hold none
    found = [word for word in (*names, *_TYPES) if word in text]
    for holds in (False,) if found and _ABOUT.search(text) else (True, False):
        for word in found:
            for match in re.finditer(re.escape(word), text):
                start, end = match.span()
                if _is_whole(text, start, end) and (not holds or word in _TYPES or _holds(text, start, end)):
                    return Mention(plain[start:end].decode(), text.count(b"\n", 0, start) + 1, holds)
    return None


def _is_whole(text: bytes, start: int, end: int) -> bool:
    before, after = text[start - 1 : start] if start else b"", text[end : end + 1]
    return not (before.isalnum() or before == b"_" or after.isalnum() or after == b"_")


def _holds(text: bytes, start: int, end: int) -> bool:
    """Tell whether a name stands where a value belongs to it, or a column or an element is called so."""
    before, after = text[start - 1 : start] if start else b"", text[end : end + 1]
    return bool(
        (before in _QUOTES and after in _QUOTES)
        or (before == b"<" and (after == b">" or after.isspace()))
        or (before in _EDGES and _CELL_ENDS.match(text, end))
        or _HAS_VALUE.match(text, end)
        or (before == b"-" and _GETS_VALUE.match(text, end))
        or _BREAKS_OFF.match(text, end)
    )
