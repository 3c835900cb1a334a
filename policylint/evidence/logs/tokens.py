"""The value of `Log=`: what the server wrote of a request, token by token.

Tokens are separated by `_`; a `_` of their own is escaped, so splitting comes before decoding. A token is `key:value`,
or letters with a number glued on (`S142`). Of a key that comes twice the first counts. Exchange 2003 writes one token
of fixed letters, in which nothing is looked for.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from policylint.evidence.logs.protocol import CODES
from policylint.evidence.logs.query import text


class Tokens(NamedTuple):
    """What counts of a `Log=`: status, name and code of the error, access state, proxying, address, system."""

    status: int | None = None
    error: str = ""
    code: int | None = None
    access: str = ""
    proxied_to: bool = False
    proxied_from: bool = False
    address: str = ""
    system: str = ""


NOTHING = Tokens()

# `S` (2007 to 2013) and `SC1` (2016 and later) are one and the same; `_Sk:144` and `_Srv:1a` are neither
_TOKEN = re.compile(rb"(?:\A|_)(?:S(?:C1:|:|)(\d{1,9})(?![^_])|(Error|As|PrxTo|PrxFrom|SmtpAdrs|DevOS):([^_]*))")
_NAME = re.compile(r"\w*")
_CODE = re.compile("[0-9]{1,9}")


def tokens(log: bytes) -> Tokens:
    """Read the tokens of the value of `Log=`."""
    status: int | None = None
    said: dict[bytes, bytes] = {}
    for number, key, value in _TOKEN.findall(log):
        if key:
            said.setdefault(key, value)
        elif status is None:
            status = int(number)
    error, code = _error(said.get(b"Error", b""))
    return Tokens(
        status,
        error,
        code,
        text(said.get(b"As", b"")),
        b"PrxTo" in said,
        b"PrxFrom" in said,
        text(said.get(b"SmtpAdrs", b"")),
        text(said.get(b"DevOS", b"")),
    )


@lru_cache(maxsize=4096)
def _error(value: bytes) -> tuple[str, int | None]:
    """Return name and code of an error. An exception stands there with its text: only the first word is the name."""
    whole = text(value)
    name = _NAME.findall(whole)[0] or whole
    return name, int(name) if _CODE.fullmatch(name) else CODES.get(name.lower())
