"""The primitive values of CLIXML: what the text of each leaf element means."""

import binascii
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from policylint.exports.escapes import joined, unescaped
from policylint.exports.record import Raw

_DURATION = r"(?a)(-)?P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?"
_BOOLEANS = {"true": True, "false": False, "1": True, "0": False}


def _character(text: str) -> str:
    return joined(chr(int(text)))


def _time_span(text: str) -> timedelta:
    """Read an ISO 8601 duration of days and smaller units, which is all that .NET writes."""
    found = re.fullmatch(_DURATION, text)
    if not found or text.endswith("P"):
        raise ValueError(text)
    sign, days, hours, minutes, seconds, fraction = found.groups(default="0")
    span = timedelta(
        days=int(days),
        hours=int(hours),
        minutes=int(minutes),
        seconds=int(seconds),
        microseconds=int(fraction[:6].ljust(6, "0")),
    )
    return -span if sign == "-" else span


def _nothing(text: str) -> None:
    return None


PRIMITIVES: dict[str, Callable[[str], Raw]] = {
    "S": unescaped,
    "B": _BOOLEANS.__getitem__,
    "Nil": _nothing,
    "DT": datetime.fromisoformat,
    "TS": _time_span,
    "By": int,
    "SB": int,
    "U16": int,
    "I16": int,
    "U32": int,
    "I32": int,
    "U64": int,
    "I64": int,
    "Sg": float,
    "Db": float,
    "D": Decimal,
    "C": _character,
    "BA": binascii.a2b_base64,
    "G": str,
    "URI": unescaped,
    "Version": unescaped,
    "SemanticVersion": unescaped,
    # An XML document, a script and a secret stay the text they are: nothing is parsed, run or decrypted.
    "XD": unescaped,
    "SBK": unescaped,
    "SS": str,
    # A progress bar, which no cmdlet leaves in an export, says nothing about a policy.
    "PR": _nothing,
}
"""For each tag a function from the element's text to the value.

Bad text raises `ValueError`, `LookupError` or `ArithmeticError`.
"""
