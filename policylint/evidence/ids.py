"""Which text is the id of a device, and what is wrong with one that is none."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from policylint.evidence.cells import is_type_name, text
from policylint.evidence.identities import device_identity
from policylint.exports.record import Enum, Nested, Raw

_POWERS_OF_TEN = re.compile(r"[0-9]+[.,][0-9]+E[+-]?[0-9]+|[0-9]+E\+[0-9]+", re.IGNORECASE)
_SEVERAL = re.compile(r"[,;|\s]")
_CUT = ("...", "…")


class DeviceId(NamedTuple):
    """The id in a cell, or what is wrong with it; `type` where an identity stands in the cell."""

    id: str | None
    problem: str | None = None
    type: str | None = None
    user: str | None = None
    user_is_path: bool = False


def device_id(raw: Raw, none: Mapping[str, str], no_id: Mapping[str, str]) -> DeviceId:
    """Read a cell that should hold an id.

    `none` are words for nothing, `no_id` those that are no id, in lower case. An empty cell has neither an id nor a
    problem.
    """
    match raw:
        case None:
            return DeviceId(None)
        case float():
            return DeviceId(None, "a number in powers of ten")
        case Nested() | Enum():
            shown = text(raw)
            return DeviceId(None, "an object in place of an id") if shown is None else _of_text(shown, none, no_id)
        case tuple() if len(raw) != 1:
            return DeviceId(None, "several ids in one cell" if raw else None)
        case tuple():
            return device_id(raw[0], none, no_id)
        case _:
            return _of_text(str(raw), none, no_id)


def _of_text(written: str, none: Mapping[str, str], no_id: Mapping[str, str]) -> DeviceId:
    # ="0123" and '0123 keep a spreadsheet from taking an id for a number
    found = written.strip().removeprefix("=").strip('"').removeprefix("'")
    identity = device_identity(found)
    if identity is not None:
        inner = _of_text(identity.id or "", none, no_id)
        return DeviceId(inner.id, inner.problem, identity.type, identity.user, identity.is_path)
    if not found or found.casefold() in none:
        return DeviceId(None)
    problem = _problem(found, no_id)
    return DeviceId(None, problem) if problem else DeviceId(found)


def _problem(found: str, no_id: Mapping[str, str]) -> str | None:
    if found.casefold() in no_id:
        return f"{no_id[found.casefold()]!r} in place of an id"
    if is_type_name(found):
        return f"the type name {found[:60]} in place of an id: the list behind it is lost"
    if _POWERS_OF_TEN.fullmatch(found):
        return "a number in powers of ten, as Excel writes it"
    if found.endswith(_CUT):
        return "an id that is cut off"
    if _SEVERAL.search(found) or found.startswith("{"):
        return "several ids in one cell"
    return None
