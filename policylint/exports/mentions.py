"""Whether bytes that were not read speak of what is looked for: what holds it must not be passed over in silence."""

import re
from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

_VALUE = rb"""(?:["'{\[(@]|[-+]?[0-9]|\$?(?:true|false|null)\b|unlimited\b)"""
_QUOTES = (b'"', b"'")
_EDGES = (b"", b"\n", b",", b";", b"\t", *_QUOTES)
_CELL_ENDS = re.compile(rb"""["']?(?:[,;\t](?! )|\r?(?:\n|\Z))""")
_HEADS = re.compile(rb":?[ \t]*</th\b")
_IN_CELL = re.compile(rb":?[ \t]*(?:</?t[dr]\b[^<>]*>\s*){1,4}" + _VALUE)
_RULED = re.compile(rb"\n[ \t]*-+(?:[ \t]+-+)+[ \t]*\r?(?:\n|\Z)")
_WIDEST = 10_000
"""How many characters a line of such a table may have."""
_TAG_ENDS = re.compile(rb"""["'][^<>]*>|[\s/]*>""")
_HAS_VALUE = re.compile(rb"""["'`*\])]*[ \t]*(?:[:=]|\|[ \t*`]*)[ \t]*""" + _VALUE)
_GETS_VALUE = re.compile(rb"(?:[ \t]+|:)[ \t]*" + _VALUE)
_BREAKS_OFF = re.compile(rb"[ \t]*:?[ \t]*\Z")

_ABOUT = re.compile(rb"\beas[0-9]{3}\b")
"""The id of a rule: what bears one is a report, a baseline or a configuration, which quotes policies and is none."""


class Standing(IntEnum):
    """How a word stands there: in running text, where it is named (in quotes, in a command), or with a value."""

    SPOKEN = 0
    NAMED = 1
    DATA = 2


class Mention(NamedTuple):
    """A word that was looked for, the line it is on, and how it stands there."""

    word: str
    line: int
    standing: Standing


def mention(data: bytes, words: Iterable[bytes], types: Iterable[bytes] = ()) -> Mention | None:
    """Find one of the words, which are names of values, or of the types, in bytes of UTF-8 or UTF-16, in any case.

    Of several, the one that stands there most like data. What bears the id of a rule only speaks of them.
    """
    # UTF-16 writes an ASCII character with a NUL on one side or the other
    plain = data.replace(b"\0", b"")
    text = plain.lower()
    # finding a word is many times as fast as matching words, and most files hold none
    found = [(word, word in types) for word in (*words, *types) if word in text]
    most = Standing.SPOKEN if found and _ABOUT.search(text) else Standing.DATA
    best: tuple[Standing, int, int] | None = None
    rules = _Rules(text)
    for word, is_type in found:
        for match in re.finditer(re.escape(word), text):
            start, end = match.span()
            if not _is_whole(text, start, end):
                continue
            standing = min(most, Standing.DATA if is_type else _standing(text, start, end, rules))
            if best is None or standing > best[0]:
                best = standing, start, end
            if standing is most:
                break
    if best is None:
        return None
    standing, start, end = best
    return Mention(plain[start:end].decode(), text.count(b"\n", 0, start) + 1, standing)


def _is_whole(text: bytes, start: int, end: int) -> bool:
    before, after = text[start - 1 : start] if start else b"", text[end : end + 1]
    return not (before.isalnum() or before == b"_" or after.isalnum() or after == b"_")


def _standing(text: bytes, start: int, end: int, rules: "_Rules") -> Standing:
    before, after = text[start - 1 : start] if start else b"", text[end : end + 1]
    if (
        _HAS_VALUE.match(text, end)
        or (before in _EDGES and _CELL_ENDS.match(text, end))
        or (before in (b"<", b":", *_QUOTES) and _TAG_ENDS.match(text, end))
        or (before == b">" and (_HEADS.match(text, end) or _IN_CELL.match(text, end)))
        or rules.follow(end)
    ):
        return Standing.DATA
    if (
        (before in _QUOTES and after in _QUOTES)
        or (before == b"-" and _GETS_VALUE.match(text, end))
        or _BREAKS_OFF.match(text, end)
    ):
        return Standing.NAMED
    return Standing.SPOKEN


class _Rules:
    """The lines of dashes below the names of a table that Format-Table prints; each is looked at once."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._found: dict[int, bool] = {}

    def follow(self, end: int) -> bool:
        """Tell whether one is below the line of a word that ends here."""
        below = self._text.find(b"\n", end, end + _WIDEST)
        if below not in self._found:
            self._found[below] = below >= 0 and _RULED.match(self._text, below, below + _WIDEST) is not None
        return self._found[below]
