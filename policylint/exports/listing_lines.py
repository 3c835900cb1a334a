"""The lines of a list in text as a person reads them: without colours, quote marks and the blanks of other programs."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from policylint.exports.window import PROMPT, PROPERTY

_TIGHT = re.compile(
    r"[ \t]*(?:[-*\u2022][ \t]+)?[*_`]*(?P<name>[A-Za-z_]\w*?)[*_`]*[ \t]*"
    r"(?P<colon>:)[*_`]*(?:[ \t]+(?P<value>.*))?$"
)
"""A name without blanks before the colon, as people type it, with the bullets and the emphasis of Markdown."""
_EMPHASIS = re.compile(r"([*_`]{1,3})(.*)\1")

_COLOUR = re.compile(
    r"[\x1b\u241b]?\[[0-9;]+m"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
    r"|\x1b[@-Z\\-_]"
)
"""What a terminal takes for colours; where a paste loses the escape character, the rest of it stays."""
_BLANKS = "\u00a0\u1680\u180e\u202f\u205f\u2060\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200C)))
_SPACES = str.maketrans(dict.fromkeys(_BLANKS, " "))
_ODD = re.compile(rf"[\x1b\x9b\u241b{_BLANKS}]|\[[0-9;]+m")
_QUOTED = re.compile(r"[ \t]*(?:[>|][ \t]?)+(?=[ \t]*[*_`]*[A-Za-z_]\w*[*_`]*[ \t]*:|[ \t]+\S|[ \t]*$)")
"""The marks that mail programs put before each line of a mail that is answered, and Markdown before a quote."""
_TOLD = re.compile(r"\s*(?:[A-Z\u00c0-\u00de]{4,}:|\+ |At line:|[\w-]+ : The term )")
"""A line that PowerShell itself says: VERBOSE, WARNING, an error."""
_COMMAND = re.compile(r"\s*(?:\$\w+\s*=\s*|\|\s*)?[A-Z][a-z]+-[A-Z]\w+(?:\s|$)")
"""A cmdlet at the beginning of a line, of which the prompt was not copied."""
_SHOUTED = 3
"""Longer names in capitals are those of messages, in languages that put a blank before a colon."""
_RULE = re.compile(r"[\s`~=*_#|+-]*")


class Kind(Enum):
    """What a line is: a property, nothing (or a rule), what PowerShell was told or says, or anything else."""

    PROPERTY = "property"
    EMPTY = "empty"
    COMMAND = "command"
    MESSAGE = "message"
    OTHER = "other"


@dataclass(slots=True)
class Line:
    """One line: its number, what it is, how it reads, and where it ends in the text.

    Of a property: its name and where that begins, its value and where that begins (the colon, if it has none), and
    the column behind the colon, where other lines of the value may begin; none where people typed it.
    """

    number: int
    kind: Kind
    text: str
    end: int
    name: str = ""
    name_at: int = 0
    value: str = ""
    start: int = 0
    column: int | None = None

    @property
    def indent(self) -> int:
        """How many blanks the line begins with."""
        return len(self.text) - len(self.text.lstrip())


def lines(text: str, is_known: Callable[[str], bool]) -> Iterator[Line]:
    """Yield the lines of a text; a name that is known is one without a blank before its colon, too."""
    is_odd = _ODD.search(text) is not None
    offset = 0
    for number, written in enumerate(text.split("\n"), 1):
        read = _read(written, offset) if is_odd else _Read(written.rstrip(), offset, None)
        yield _line(number, read, is_known)
        offset += len(written) + 1


class _Read(NamedTuple):
    """How a line reads, where it begins in the text, and how it is written if colours were taken out of it."""

    text: str
    offset: int
    coloured: str | None

    def at(self, column: int) -> int:
        """Return where in the text the character stands that reads in a column (from 0)."""
        if self.coloured is not None:
            for colour in _COLOUR.finditer(self.coloured):
                if colour.start() > column:
                    break
                column += len(colour[0])
        return self.offset + column

    def end(self, column: int) -> int:
        """Return where in the text the character before a column ends."""
        return self.at(column - 1) + 1 if column else self.offset


def _read(written: str, offset: int) -> _Read:
    plain = _COLOUR.sub("", written)
    text = plain.translate(_SPACES).rstrip()
    return _Read(text, offset, written if len(plain) != len(written) else None)


def _line(number: int, read: _Read, is_known: Callable[[str], bool]) -> Line:
    text = read.text
    if text.lstrip()[:1] in (">", "|"):
        quoted = _QUOTED.match(text)
        if quoted:
            text = " " * quoted.end() + text[quoted.end() :].removesuffix("|").rstrip()
    end = read.end(len(text))
    if not text.strip():
        return Line(number, Kind.EMPTY, "", end)
    found = PROPERTY.match(text)
    if found and not (found["name"].isupper() and len(found["name"]) > _SHOUTED and not is_known(found["name"])):
        return _property(number, read, text, found, found.end("colon"))
    typed = _TIGHT.match(text)
    if typed and is_known(typed["name"]):
        return _property(number, read, text, typed, None)
    prompt = PROMPT.match(text)
    if prompt:
        said = (prompt["command"] or "").strip()
        return Line(number, Kind.COMMAND if said else Kind.EMPTY, text, end)
    if found or _TOLD.match(text):
        return Line(number, Kind.MESSAGE, text, end)
    if _COMMAND.match(text):
        return Line(number, Kind.COMMAND, text, end)
    return Line(number, Kind.EMPTY if _RULE.fullmatch(text) else Kind.OTHER, text, end)


def _property(number: int, read: _Read, text: str, found: re.Match[str], column: int | None) -> Line:
    start, end = found.span("value" if found["value"] else "colon")
    value = found["value"] or ""
    emphasis = _EMPHASIS.fullmatch(value) if column is None else None
    if emphasis:
        start, end, value = start + emphasis.start(2), start + emphasis.end(2), emphasis[2]
    name_at = read.at(found.start("name"))
    return Line(number, Kind.PROPERTY, text, read.end(end), found["name"], name_at, value, read.at(start), column)
