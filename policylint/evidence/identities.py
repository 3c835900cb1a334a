r"""What stands in the identity of a device: whose it is, its type and its id; and names of the directory.

A device's object lies in a container below its user's:

- canonical name: `contoso.example/Staff/Nia Okafor/ExchangeActiveSyncDevices/iPhone§ID`;
- distinguished name: `CN=iPhone§ID,CN=ExchangeActiveSyncDevices,CN=Nia Okafor,OU=Staff,DC=contoso,DC=example`;
- online: `Nia Okafor\ExchangeActiveSyncDevices\iPhone§ID`.
"""

import re
from typing import NamedTuple

CONTAINER = "exchangeactivesyncdevices"
_PATH = re.compile(rf"[\\/]{CONTAINER}[\\/]", re.IGNORECASE)
_MARKS = re.compile("\u00c2?\u00a7|\ufffd+|\\?")
"""The sign § between the parts of a device's name, and what ASCII and other code pages make of it."""

_PAIR = re.compile(r"\\([0-9A-Fa-f]{2})|\\(.)", re.DOTALL)
_ATTRIBUTE = re.compile(r"\s*([A-Za-z][\w.-]*|\d+(?:\.\d+)+)\s*=\s*")
_VALUE = re.compile(r'"(?P<quoted>(?:[^"\\]|\\.)*)"\s*|(?P<bare>(?:[^,+\\]|\\.)*)', re.DOTALL)


class DeviceIdentity(NamedTuple):
    """The parts of a device's identity; `user` is a path (a canonical name), or what an online identity begins with."""

    user: str | None
    type: str | None
    id: str | None
    is_path: bool = False


def device_identity(text: str) -> DeviceIdentity | None:
    """Take the identity of a device apart; None where a text is none."""
    if CONTAINER not in text.casefold():
        return None
    parts = _PATH.split(text)
    if len(parts) > 1:
        # a container may be named in a folder above: the last one is the device's
        name = parts[-1]
        user = text[: len(text) - len(name) - len(CONTAINER) - 2]
        return DeviceIdentity(user.strip("\\/") or None, *device_name(name), text[len(user)] == "/" and "/" in user)
    components = distinguished(text)
    for number, (_, value) in enumerate(components or ()):
        if value.casefold() == CONTAINER and components:
            name = components[0][1] if number else ""
            return DeviceIdentity(_canonical(components[number + 1 :]), *device_name(name), True)
    return None


def device_name(text: str) -> tuple[str | None, str | None]:
    """Split the name of a device, `type§id` or `client§type§id`, into its type and its id."""
    found = list(_MARKS.finditer(text))
    if not found:
        return None, None
    start = found[-2].end() if len(found) > 1 else 0
    return text[start : found[-1].start()].strip() or None, text[found[-1].end() :].strip() or None


def distinguished(text: str) -> list[tuple[str, str]] | None:
    """Return the attributes and values of a distinguished name, without their escapes; None for another text."""
    found: list[tuple[str, str]] = []
    offset = 0
    while True:
        attribute = _ATTRIBUTE.match(text, offset)
        if not attribute:
            return None
        value = _VALUE.match(text, attribute.end())
        assert value  # the pattern also matches nothing at all
        found.append((attribute[1].casefold(), _unescaped(value["quoted"] or value["bare"] or "").strip()))
        offset = value.end()
        if offset >= len(text):
            return found
        if text[offset] not in ",+":
            return None
        offset += 1


def canonical_name(text: str) -> str | None:
    """Return the canonical name that a distinguished name stands for; None for another text."""
    components = distinguished(text)
    return _canonical(components) if components and len(components) > 1 else None


def _canonical(components: list[tuple[str, str]]) -> str | None:
    domain = ".".join(value for attribute, value in components if attribute == "dc")
    path = [value for attribute, value in components if attribute != "dc"]
    return "/".join([*([domain] if domain else []), *reversed(path)]) or None


def _unescaped(written: str) -> str:
    if "\\" not in written:
        return written
    out: list[str] = []
    pending = bytearray()
    offset = 0
    for pair in _PAIR.finditer(written):
        if pair.start() > offset or pair[2]:
            out.append(pending.decode("utf-8", "replace"))
            pending.clear()
        out.append(written[offset : pair.start()])
        if pair[1]:
            pending.append(int(pair[1], 16))
        else:
            out.append(pair[2])
        offset = pair.end()
    return "".join([*out, pending.decode("utf-8", "replace"), written[offset:]])
