"""The value of `Log=`: what the server wrote of a request, token by token.

Tokens are separated by `_`; a `_` of their own is escaped, so splitting comes before decoding. A token is `key:value`,
or letters with a number glued on (`S142`). Of a key that comes twice the first counts. Exchange 2003 writes one token
of fixed letters, in which nothing is looked for.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from policylint.evidence.logs.protocol import CODES
from policylint.evidence.logs.query import text


class Tokens(NamedTuple):
    """What counts of a `Log=`: status, name and code of the error, access state, proxying, system."""

    status: int | None = None
    error: str = ""
    code: int | None = None
    access: str = ""
    proxied_to: bool = False
    proxied_from: bool = False
    system: str = ""


NOTHING = Tokens()

# `S` (2007 to 2013) and `SC1` (2016 and later) are one and the same; `_Sk:144` and `_Srv:1a` are neither
_TOKEN = re.compile(rb"_(?:S(?:C1:|:|)\d{1,9}(?![^_])|(?:Error|As|DevOS):[^_]*|Prx(?:To|From):)")
_ADDRESS = re.compile(rb"_SmtpAdrs:([^_]*)")
_NAME = re.compile(r"\w*")
_CODE = re.compile("[0-9]{1,9}")

_LONGEST: Final = 10_000
"""Bytes of a `Log=` whose tokens are kept at hand."""


def tokens(log: bytes) -> Tokens:
    """Read the tokens of the value of `Log=`."""
    # a pattern that begins with a certain byte is looked for several times as quickly
    found = tuple(_TOKEN.findall(b"_" + log))
    return _tokens(found) if len(log) <= _LONGEST else _tokens.__wrapped__(found)


@lru_cache(maxsize=4096)
def _tokens(found: tuple[bytes, ...]) -> Tokens:
    status: int | None = None
    said: dict[bytes, bytes] = {}
    for token in found:
        key, colon, value = token[1:].partition(b":")
        if not key.startswith(b"S"):
            said.setdefault(key, value)
        elif status is None:
            status = int(value if colon else key[1:])
    error, code = _error(said.get(b"Error", b""))
    return Tokens(
        status,
        error,
        code,
        text(said.get(b"As", b"")),
        b"PrxTo" in said,
        b"PrxFrom" in said,
        text(said.get(b"DevOS", b"")),
    )


def address(log: bytes) -> str:
    """Return the mail address in the value of `Log=`, empty without one."""
    found = _ADDRESS.search(b"_" + log)
    return text(found[1]) if found else ""


@lru_cache(maxsize=4096)
def _error(value: bytes) -> tuple[str, int | None]:
    """Return name and code of an error. An exception stands there with its text: only the first word is the name."""
    whole = text(value)
    name = _NAME.findall(whole)[0] or whole
    return name, int(name) if _CODE.fullmatch(name) else CODES.get(name.lower())
