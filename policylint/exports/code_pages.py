"""Bytes that are not UTF-8: whether they are text of Windows (1252) or of a console (850), told by the words they make.

Windows PowerShell writes the one from `Set-Content`; the other comes from `cmd /c … > file` and from old programs.
"""

import re

WINDOWS, CONSOLE = "cp1252", "cp850"
_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_MOST = 10_000
"""How many words decide."""

_INSIDE = "\u2019\u00b7\u2013\u2014\u00ad"
_BEFORE = "\u201c\u201d\u201e\u201a\u2018\u00ab\u00bb\u20ac\u00a3\u00a7\u00a0\u2026\u2022\u00bf\u00a1" + _INSIDE
_AFTER = (
    "\u201d\u201c\u2019\u2018\u00bb\u00ab\u20ac\u00b0\u00ae\u2122\u00a0\u2026\u00b2\u00b3\u00aa\u00ba\u2030" + _INSIDE
)
"""The signs that stand inside words, before and behind them."""


def likelier(data: bytes) -> str:
    """Return the code page in which the words of a text are less odd; that of Windows where both do."""
    odd = {WINDOWS: 0, CONSOLE: 0}
    for number, word in enumerate(_WORD.finditer(data)):
        if number == _MOST:
            break
        for page in odd:
            odd[page] += _oddities(word[0][:200].decode(page, "replace"))
    return CONSOLE if odd[CONSOLE] < odd[WINDOWS] else WINDOWS


def _oddities(word: str) -> int:
    """Count the signs that are no part of a word, the capitals behind small letters and the reverse."""
    count, before = 0, ""
    for number, sign in enumerate(word):
        if not sign.isalpha():
            allowed = _BEFORE if not before else _AFTER if not word[number + 1 : number + 2].isalpha() else _INSIDE
            count += sign not in allowed
        elif not sign.isascii():
            after = word[number + 1 : number + 2]
            count += before.islower() if sign.isupper() else before.isupper() and after.isupper()
        before = sign if sign.isalpha() else before
    return count if before else 0
