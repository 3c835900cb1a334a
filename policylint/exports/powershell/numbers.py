"""Reads numbers as PowerShell writes them: in hexadecimal, with an exponent, a type (`l`, `d`) or a unit (`kb`, …)."""

import re
from decimal import Decimal

from policylint.exports.powershell.characters import DASH, STOP

NUMBER = re.compile(
    r"(?:0[xX](?P<hex>[0-9a-fA-F]+)|0[bB](?P<binary>[01]+)"
    rf"|(?P<decimal>(?:[0-9]+(?:\.(?!\.)[0-9]*)?|\.[0-9]+)(?:[eE][{DASH}+]?[0-9]+)?))"
    r"(?P<type>u?[lsy]|[udn])?(?:(?P<unit>[kmgtp])b)?",
    re.IGNORECASE,
)
END_OF_WORD = re.compile(rf"[{STOP}]|\Z")
END_OF_OPERAND = re.compile(rf"[{DASH}{STOP}!\#%*+./<=>\]?:]|\Z")
"""What may follow a number in an expression."""

_SHIFTS = {"k": 10, "m": 20, "g": 30, "t": 40, "p": 50}
_LARGEST = 1 << 63


def number(found: re.Match[str]) -> int | float | Decimal | None:
    """Return the value of a match of `NUMBER`; None for one that the versions of PowerShell read differently."""
    kind = (found["type"] or "").lower()
    shift = _SHIFTS[found["unit"].lower()] if found["unit"] else 0
    if kind not in ("", "l", "d") or found["binary"]:
        return None
    if found["hex"]:
        # eight digits are a signed number already; a `d` would have been one of them
        return int(found["hex"], 16) << shift if len(found["hex"]) < 8 else None
    written = found["decimal"]
    for dash in DASH:
        written = written.replace(dash, "-")
    if len(written) > 30:
        return None
    whole = written.isdigit()
    if kind == "d":
        return Decimal(written) * (1 << shift)
    if whole:
        value = int(written) << shift
        return value if value < _LARGEST else None
    return float(written) * (1 << shift) if kind == "" else None
