"""Builds such as 8A293, and the numbers that stand for them in user agents (801.293).

The number is 100 times the leading number plus the position of the letter (A is 1), a point, and the rest of the build;
a small letter at the end becomes 000 and its position in two digits: 5A147p is 501.14700016. Apple publishes the scheme
(source `appleua`) and pads the second part to three digits, which agents do not.
"""

import re
from string import ascii_lowercase, ascii_uppercase

_BUILD = re.compile(r"(?P<leading>[0-9]{1,2})(?P<letter>[A-Z])(?P<count>[0-9]{1,5})(?P<small>[a-z]?)")
_NUMBER = re.compile(r"(?P<leading>[0-9]{1,2})(?P<letter>[0-9]{2})\.(?P<count>[0-9]{1,12})")
_WITH_SMALL = re.compile(r"(?P<count>[0-9]+)000(?P<small>[0-9]{2})")
_SHORTEST_WITH_SMALL = 6


def number_of(build: str) -> str | None:
    """Return the number that stands for a build, or None if the text is no build."""
    parts = _BUILD.fullmatch(build)
    if not parts:
        return None
    line = int(parts["leading"]) * 100 + ascii_uppercase.index(parts["letter"]) + 1
    small = f"000{ascii_lowercase.index(parts['small']) + 1:02d}" if parts["small"] else ""
    return f"{line}.{int(parts['count'])}{small}"


def build_of(number: str) -> str | None:
    """Return the build that a number stands for, or None if it stands for none."""
    parts = _NUMBER.fullmatch(number)
    if not parts:
        return None
    count, small = parts["count"], ""
    split = _WITH_SMALL.fullmatch(count) if len(count) >= _SHORTEST_WITH_SMALL else None
    if split:
        count, small = split["count"], _letter(ascii_lowercase, split["small"])
    letter = _letter(ascii_uppercase, parts["letter"])
    if not letter or (split and not small):
        return None
    return f"{int(parts['leading'])}{letter}{int(count)}{small}"


def leading_of(number: str) -> str:
    """Return the part of a number that a table of major versions is asked for."""
    return number.split(".")[0][:-2]


def _letter(alphabet: str, position: str) -> str:
    """Return the letter at a position that counts from 1, or nothing beyond the ends."""
    return alphabet[int(position) - 1] if 1 <= int(position) <= len(alphabet) else ""
