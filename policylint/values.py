"""The value types of the catalogue: from what a reader found to a typed value, and back to text.

A typed value is one of

- `bool`, `int`, `str` (the canonical name of an enum member, or free text), `timedelta`, a tuple of `str`;
- `None` for a value that is not set, and the string `"Unlimited"` where the type allows it.

Byte sizes are integers. Nothing is ever guessed: what does not fit its type raises `Unreadable`.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from policylint.exports.braces import CUT, listed
from policylint.exports.record import Enum, Nested, Raw, Unread

Value = None | bool | int | str | timedelta | tuple[str, ...]

UNLIMITED = "Unlimited"

# No number of a policy comes near it, and every smaller one fits a 64-bit integer.
_TOO_LARGE = 10**18

# The name of a .NET type, as a collection prints itself when it is asked for one line of text: of a namespace that
# Exchange uses, generic, or an array. `calc.exe` is none.
_TYPE_NAME = (
    r"^(?:(?:Deserialized\.)?(?:System|Microsoft)(?:\.[A-Za-z_]\w*)+|(?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*(?=`|\[\]$))"
    r"(?:`\d+(?:\[.*\])?|\[\])?$"
)
# As .NET prints it. Hours end at 23 because .NET reads 24:00:00 as 24 days; its longest time span has 8 digits of days.
_TIME_SPAN = r"^(-)?(?:([0-9]{1,8})\.)?([01]?[0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])(?:\.([0-9]{1,7}))?$"
_BYTES_EXACT = r"(?i)\(([0-9.,\s'\u2019]+)bytes?\)"
_BYTES_UNIT = r"(?i)^([0-9]+)\s*(B|KB|MB|GB|TB)?$"
# Names of programs end in one of these, and a blank or the end of the list follows.
_PROGRAM_ENDS = r"(?i)\.(?:exe|dll|cab|cpl|com|bat|cmd|lnk|msi|app|xap|appx|apk|ipa)(?=\s|$)"
_BOOLEANS = ("true", "false")
_UNITS = {"B": 0, "KB": 10, "MB": 20, "GB": 30, "TB": 40}


class Unreadable(ValueError):
    """A value that does not fit its type; the message completes "… cannot be read: "."""


class Lost(Unreadable):
    """A list of which the export kept only the name of its type."""


class NotWritten(Unreadable):
    """A value that a script works out when it runs."""


class Truncated(Unreadable):
    """A value of which the export kept only a part, or only the name of its type."""


def read(kind: str, raw: Raw, *, members: Sequence[str] = (), codes: dict[int, str] | None = None) -> Value:
    """Read a raw value as `kind` (the `type` of a property in the catalogue).

    Nothing, or blank text, reads as None; a list without entries as an empty tuple. `members` are the names an enum
    may take, `codes` its integers, for exports that print those.
    Raises `Unreadable`, `Lost`, `Truncated` or `NotWritten`.
    """
    if isinstance(raw, Unread):
        raise NotWritten(f"{shorten(raw.text)} is worked out when the script runs")
    if isinstance(raw, Nested) and raw.text is not None and kind not in ("string", "string-list"):
        raw = raw.text
    if kind == "string-list":
        return _string_list(raw)
    if isinstance(raw, str) and re.match(_TYPE_NAME, raw) and kind not in ("string", "datetime", "guid", "enum"):
        raise Truncated(f"the export holds only the type name {raw}, not the value")
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    match kind:
        case "bool":
            return _bool(raw)
        case "int":
            return _integer(raw)
        case "unlimited-int":
            return _unlimited(raw) or _integer(raw)
        case "unlimited-timespan":
            return _unlimited(raw) or _time_span(raw)
        case "unlimited-bytes":
            return _unlimited(raw) or _bytes(raw)
        case "enum":
            return _enum(raw, members, codes or {})
        case _:
            return _text(raw)


def _unlimited(raw: Raw) -> str | None:
    return UNLIMITED if isinstance(raw, str) and raw.strip().casefold() == "unlimited" else None


def _bool(raw: Raw) -> bool:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str):
        match raw.strip().lstrip("$").casefold():
            case "true":
                return True
            case "false":
                return False
    foreign = foreign_boolean(raw)
    if foreign is not None:
        return foreign[0]
    raise Unreadable(f"{_shown(raw)} is neither True nor False")


def foreign_boolean(raw: Raw) -> tuple[bool, str] | None:
    """Return what another program than PowerShell wrote for True or False, and who writes it so; None for the rest."""
    if isinstance(raw, bool) or not isinstance(raw, str | int) or str(raw).strip().lstrip("$").casefold() in _BOOLEANS:
        return None
    from policylint.exports.boolean_words import meaning

    return meaning(str(raw))


def _integer(raw: Raw) -> int:
    if isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) < _TOO_LARGE and raw == int(raw):
        return int(raw)
    if isinstance(raw, str) and re.fullmatch(r"-?[0-9]{1,18}", raw.strip()):
        return int(raw)
    raise Unreadable(f"{_shown(raw)} is not a whole number")


def _time_span(raw: Raw) -> timedelta:
    if isinstance(raw, timedelta):
        return raw
    if isinstance(raw, str):
        found = re.match(_TIME_SPAN, raw.strip())
        if found:
            sign, days, hours, minutes, seconds, fraction = found.groups()
            span = timedelta(
                days=int(days or 0),
                hours=int(hours),
                minutes=int(minutes),
                seconds=int(seconds),
                microseconds=int((fraction or "0").ljust(7, "0")) // 10,
            )
            return -span if sign else span
    raise Unreadable(f"{_shown(raw)} is not a time span (d.hh:mm:ss or hh:mm:ss)")


def _bytes(raw: Raw) -> int:
    if isinstance(raw, str):
        exact = re.search(_BYTES_EXACT, raw)
        # The group separator of the byte count follows the administrator's culture; only the digits count.
        digits = re.sub("[^0-9]", "", exact[1]) if exact else ""
        if digits and len(digits) <= 18:
            return int(digits)
        unit = re.match(_BYTES_UNIT, raw.strip())
        if unit and len(unit[1]) <= 18:
            return int(unit[1]) << _UNITS[(unit[2] or "B").upper()]
        raise Unreadable(f"{_shown(raw)} is not a size in bytes")
    return _integer(raw)


def _enum(raw: Raw, members: Sequence[str], codes: dict[int, str]) -> str:
    number: int | None = None
    if isinstance(raw, Enum):
        name, number = raw
    elif isinstance(raw, str):
        name = raw.strip()
    elif isinstance(raw, int) and not isinstance(raw, bool):
        name, number = None, raw
    else:
        name = None
    if name is not None:
        for member in members:
            if member.casefold() == name.casefold():
                return member
        if re.fullmatch("[0-9]{1,18}", name):
            number = int(name)
    if number is not None and name in (None, str(number)) and number in codes:
        return codes[number]
    known = ", ".join(members)
    raise Unreadable(f"{_shown(raw)} is none of {known}")


def _string_list(raw: Raw) -> tuple[str, ...]:
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return ()
    if isinstance(raw, tuple) and not isinstance(raw, Enum | Nested):
        return _whole(tuple(entry for item in raw for entry in _entries(_text(item) or "")))
    text = _text(raw)
    if text is None:
        raise Unreadable("an object without a text is no list")
    if re.match(_TYPE_NAME, text):
        raise Lost(f"the export holds only the type name {text}, not the entries of the list")
    entries = listed(text.strip())
    if entries is not None:
        return _whole(entries)
    return _on_one_line(text.strip())


def _entries(item: str) -> tuple[str, ...]:
    """Return what an entry of a list is; a list inside it, at the end of the depth of an export, stands in braces."""
    inner = listed(item)
    return (item,) if inner is None else inner


def _whole(entries: tuple[str, ...]) -> tuple[str, ...]:
    if entries and entries[-1] in (CUT, "\u2026"):
        raise Truncated("the list is cut short; the export shows only its first entries")
    return entries


def _on_one_line(text: str) -> tuple[str, ...]:
    """Tell the entries of a list apart that prints itself with blanks between them, as one from a session does."""
    if not re.search(r"\s", text):
        return (text,)
    ends = [found.end() for found in re.finditer(_PROGRAM_ENDS, text)]
    if ends and ends[-1] == len(text):
        return tuple(text[begin:end].strip() for begin, end in pairwise([0, *ends]))
    raise Truncated("where one entry of the list ends and the next begins cannot be told")


def _text(raw: Raw) -> str | None:
    match raw:
        case None:
            return None
        case Nested(_, text, properties):
            return text if text is not None else (str(dict(properties).get("Name") or "") or None)
        case Unread(text):
            return text
        case Enum(name, number):
            return name if name is not None else str(number)
        case datetime():
            return raw.isoformat()
        case timedelta():
            return time_span_text(raw)
        case tuple():
            return raw_text(raw)
        case _:
            return str(raw)


def _shown(raw: Raw) -> str:
    text = raw_text(raw)
    return repr(shorten(text)) if text else "an empty value"


def raw_text(raw: Raw) -> str:
    """Show a value as the file has it; nothing for no value."""
    if isinstance(raw, tuple) and not isinstance(raw, Enum | Nested):
        return "{" + ", ".join(raw_text(item) for item in raw) + "}"
    return _text(raw) or ""


def shorten(text: str) -> str:
    """Cut a text that is too long for a message."""
    return text if len(text) <= 60 else text[:57] + "…"


def time_span_text(span: timedelta) -> str:
    """Print a time span the way .NET does: `hh:mm:ss`, `d.hh:mm:ss`, with a fraction only where there is one."""
    sign, span = ("-", -span) if span < timedelta(0) else ("", span)
    minutes, seconds = divmod(span.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days = f"{span.days}." if span.days else ""
    fraction = f".{span.microseconds:06d}0" if span.microseconds else ""
    return f"{sign}{days}{hours:02d}:{minutes:02d}:{seconds:02d}{fraction}"


def to_json(value: Value) -> None | bool | int | str | list[str]:
    """Give a value the form it has in JSON output."""
    if isinstance(value, timedelta):
        return time_span_text(value)
    if isinstance(value, tuple):
        return list(value)
    return value


def to_text(value: Value) -> str:
    """Print a value as the Exchange Management Shell shows it, `$null` and `{…}` included."""
    match value:
        case None:
            return "$null"
        case tuple():
            return "{" + ", ".join(value) + "}"
        case timedelta():
            return time_span_text(value)
        case _:
            return str(value)


def magnitude(value: Value) -> float | None:
    """Return the size of a number, a byte size or a time span (in seconds); None for anything else."""
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return None
