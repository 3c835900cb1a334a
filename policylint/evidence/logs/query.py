"""The query of an ActiveSync request: who asks for what, in pairs or as one base64 word."""

import base64
import binascii
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from policylint.evidence.logs.protocol import BASE64_VERSIONS, COMMANDS, NO_DEVICE_ID


class Query(NamedTuple):
    """What a query says; an empty string is not said. `log` is the value of `Log=` as it stands, None without one."""

    device: str = ""
    user: str = ""
    type: str = ""
    command: str = ""
    log: bytes | None = None


def decode(query: bytes) -> Query:
    """Decode the column `cs-uri-query`. Of a parameter that comes twice the first counts; names in any case.

    The base64 form is that of [MS-ASHTTP] 2.2.1.1.1.1; which of the forms Exchange writes is not documented,
    so both are read.
    """
    said: dict[bytes, bytes] = {}
    first = b""
    for part in query.split(b"&"):
        name, equals, value = part.partition(b"=")
        if equals:
            said.setdefault(name.lower(), value)
        first = first or part
    user, log = text(said.get(b"user", b"")), said.get(b"log")
    if b"deviceid" not in said:
        device, kind, command = _unpacked(first) or ("", "", "")
    else:
        device, kind = text(said[b"deviceid"]), text(said.get(b"devicetype", b""))
        command = text(said.get(b"cmd", b"")).lower()
    return Query("" if device.lower() in NO_DEVICE_ID else device, user, kind, command, log)


@lru_cache(maxsize=16_384)
def text(value: bytes) -> str:
    """Undo what a log does to a value: `+` is a blank, `%5C` a character. Broken escapes stay as they are."""
    if b"%" in value:
        value = unquote_to_bytes(value.replace(b"+", b" "))
    elif b"+" in value:
        value = value.replace(b"+", b" ")
    return value.decode("utf-8", "replace").strip()


def _unpacked(word: bytes) -> tuple[str, str, str] | None:
    """Unpack a base64 query: version, command, locale, then device id, policy key and device type, each by length."""
    try:
        packed = unquote_to_bytes(word).rstrip(b"=")
        data = base64.b64decode(packed + b"=" * (-len(packed) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(data) < 7 or data[0] not in BASE64_VERSIONS:
        return None
    parts, at = [], 4
    for _ in range(3):
        if at >= len(data) or at + 1 + data[at] > len(data):
            return None
        parts.append(data[at + 1 : at + 1 + data[at]])
        at += 1 + data[at]
    device, _, kind = (_printable(part) for part in parts)
    return device, kind, COMMANDS.get(data[1], "")


def _printable(data: bytes) -> str:
    """Return text where every byte is printable ASCII, else hexadecimal, as device lists show the same id."""
    return data.decode("ascii") if all(32 <= byte < 127 for byte in data) else data.hex().upper()
