"""Fits what is written to the encoding of standard output, which on Windows holds a few hundred letters only.

Documents stay what they are: JSON and XML escape what is not ASCII, and a form that cannot is refused with the reason.
Text for people falls back to ASCII signs; of a letter that is lost in it a note tells.
"""

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

from policylint.cli.terminal import fail, note

_JSON = ("json", "sarif", "gitlab")
_STRICT = ("csv", "html")
"""Forms that other programs read and that have no way to escape a letter."""
_SIGNS = {
    "\u2013": "-", "\u2014": "-", "\u2192": "->", "\u00d7": "x", "\u2026": "...", "\u00b7": "-", "\u2022": "-",
    "\u2500": "-", "\u2502": "|", "\u253c": "+", "\u2264": "<=", "\u2265": ">=", "\u2260": "!=", "\u2009": " ",
    "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u2713": "+", "\u2717": "x",
}  # fmt: skip
"""Signs of our own, as an encoding has them that has nothing else."""
_DECLARED = r'(<\?xml [^>]*encoding=")[^"]*"'


def fitted(pieces: Iterable[str], form: str, encoding: str, made: Any = None) -> Iterator[str]:
    """Yield pieces of a form so that the encoding can write them; `made` is what they tell of, with its names.

    A form that cannot be written in it ends the program with exit code 2 before anything is written.
    """
    if _is_unicode(encoding):
        wide = codecs.lookup(encoding).name.startswith(("utf-16", "utf-32"))
        return (_redeclared(piece, encoding) for piece in pieces) if form == "junit" and wide else iter(pieces)
    if form in _JSON:
        return (piece if piece.isascii() else _json_escaped(piece) for piece in pieces)
    if form == "junit":
        return (piece.encode("ascii", "xmlcharrefreplace").decode() for piece in pieces)
    lost = next((name for name in _names(made) if not fits(name, encoding)), None)
    if form == "html":
        _refuse(form, encoding, "a page in UTF-8")
    if form in _STRICT:
        whole = in_signs("".join(pieces), encoding)
        unfit = next((each for each in whole if not fits(each, encoding)), None)
        if lost is not None or unfit is not None:
            _refuse(form, encoding, repr(lost or unfit))
        return iter((whole,))
    _name_by_guid(made, encoding)
    return _for_people(pieces, form, encoding, lost)


def fits(text: str, encoding: str) -> bool:
    """Tell whether an encoding can write a text."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _is_unicode(encoding: str) -> bool:
    return codecs.lookup(encoding).name.startswith("utf")


def _refuse(form: str, encoding: str, what: str) -> NoReturn:
    fail(f"standard output is in {encoding}, which cannot hold {what}: write -o {form}=FILE, which is in UTF-8")


def _for_people(pieces: Iterable[str], form: str, encoding: str, lost: str | None) -> Iterator[str]:
    told = lost is not None
    if told:
        _tell_of(form, encoding)
    for piece in pieces:
        shown = in_signs(piece, encoding)
        if not told and not fits(shown, encoding):
            told = True
            _tell_of(form, encoding)
        yield shown


def _name_by_guid(made: Any, encoding: str) -> None:
    """Let commands name policies by their Guids whose names cannot be written."""
    from policylint.policies.policy import Policy  # felt when a shell asks for completions

    about = [each.about for each in getattr(made, "verdicts", None) or ()]
    pairs = [each.pair for each in getattr(made, "policies", None) or () if hasattr(each, "pair")]
    for policy in (*about, *(each for pair in pairs for each in (pair.old, pair.new))):
        if isinstance(policy, Policy):
            policy.is_name_lost = not fits(policy.own_name or "", encoding)


def _tell_of(form: str, encoding: str) -> None:
    note(
        f"standard output is in {encoding}, which lacks letters of what is told: they are written another way, such as "
        f"\\u0142; -o {form}=FILE writes UTF-8"
    )


def in_signs(text: str, encoding: str) -> str:
    """Put ASCII in place of signs that an encoding lacks."""
    if text.isascii() or fits(text, encoding):
        return text
    return "".join(_SIGNS.get(each, each) if not fits(each, encoding) else each for each in text)


def _json_escaped(text: str) -> str:
    return "".join(each if each.isascii() else json.dumps(each)[1:-1] for each in text)


def _redeclared(piece: str, encoding: str) -> str:
    return re.sub(_DECLARED, rf'\g<1>{codecs.lookup(encoding).name.upper()}"', piece, count=1)


def _names(made: Any) -> Iterator[str]:
    """Yield what policies, accounts and files are called in a report of any kind."""
    for each in getattr(made, "verdicts", None) or ():
        yield from (each.about.name, each.about.document.path)
    for each in getattr(made, "policies", None) or ():
        policy = getattr(each, "policy", each)
        yield from (policy.name, policy.document.path)
    for each in getattr(made, "accounts", None) or ():
        yield from (each.name, each.policy.name)
