"""The characters of PowerShell: what parts its words, and what it takes for a quote or a dash."""

import re

BLANK = " \t\f\v\u00a0\u0085\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""White space inside a line, for a class of a pattern; PowerShell ends no line at U+2028 or U+0085."""
DASH = "-\u2013\u2014\u2015"
"""Dashes, for `in` and for the beginning of a class: the first of them would make a range elsewhere."""
SINGLE = "'\u2018\u2019\u201a\u201b"
DOUBLE = '"\u201c\u201d\u201e'
BREAK = r"(?:\r\n?|\n)"
STOP = BLANK + r"\r\n&(),;{}|"
"""What ends a bare word, wherever it stands."""

_SKIPPED = rf"[{BLANK}]|`(?:\r\n?|\n|[{BLANK}])|<\#(?:[^#]|\#(?!>))*+\#>|\#[^\r\n]*+"
BLANKS = re.compile(rf"(?:{_SKIPPED})*+")
"""What parts words: white space, comments, and lines that go on after a backtick."""
LINES = re.compile(rf"(?:{_SKIPPED}|[\r\n])*+")
SEPARATORS = re.compile(rf"(?:{_SKIPPED}|[\r\n;])*+")
PIPE_BELOW = re.compile(rf"(?:{_SKIPPED}|[\r\n])*+\|(?!\|)")

ESCAPES = {"0": "\0", "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
