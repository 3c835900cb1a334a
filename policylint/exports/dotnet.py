"""What a reader knows of .NET: type names, and how an object's properties show a simpler value."""

from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache

from policylint.exports.record import Enum, Nested, Raw

_TICKS_PER_MICROSECOND = 10
_APPLICATION = ("AppHash", "AppName")
_ENUM = "value__"
"""The field of .NET that holds the number of an enum."""
_PARTS = ("Days", "Hours", "Minutes", "Seconds", "Milliseconds")


def type_name(written: str) -> str:
    """Strip what PowerShell puts before the type name of an object it rebuilt or selected from."""
    name = written.strip()
    while name.startswith(("Deserialized.", "Selected.")):
        name = name.partition(".")[2]
    return name


def from_ticks(ticks: int) -> timedelta:
    """Turn .NET ticks (100 nanoseconds) into a time span, dropping what is below a microsecond.

    Raises `OverflowError` beyond 999,999,999 days, far above the longest time span of .NET.
    """
    microseconds = abs(ticks) // _TICKS_PER_MICROSECOND
    return timedelta(microseconds=microseconds if ticks >= 0 else -microseconds)


def reduced(type_name: str | None, text: str | None, names: tuple[str, ...], values: Sequence[Raw]) -> Raw:
    """Reduce an object inside a value to the simpler value its properties show; else keep it as `Nested`.

    - an `Unlimited` (IsUnlimited, Value): "Unlimited", or the value (its text where the value was cut);
    - an enum whose number is all that is left (value__): an `Enum` without a name;
    - an approved application (AppHash, AppName): its text, which is both with a colon between them;
    - a time span (Ticks, TotalSeconds, or Days to Milliseconds): a `timedelta`, or its text where they
      make no sense;
    - a byte size (a text and no properties): its text, such as `256 KB (262,144 bytes)`.

    The properties decide, not the type name: an object that went through remoting may have lost it.
    """
    if names == (_ENUM,) and isinstance(values[0], int):
        return enum(None, values[0])
    if set(_APPLICATION).issubset(names):
        own = dict(zip(names, values, strict=True))
        return text or ":".join(str(own[name] or "") for name in _APPLICATION)
    if "IsUnlimited" in names:
        unlimited = values[names.index("IsUnlimited")]
        if unlimited is True or unlimited == "True":
            return "Unlimited"
        value = values[names.index("Value")] if "Value" in names else None
        if value is None and text is None:
            return Nested(type_name, None, tuple(zip(names, values, strict=True)))  # there is one, but it is lost
        return text if value is None else value
    if "Hours" in names or "TotalSeconds" in names:
        span = _time_span(dict(zip(names, values, strict=True)))
        if span is not None:
            return span
        if text:
            return text
    if not names and text and type_name and type_name.endswith(".ByteQuantifiedSize"):
        return text
    return Nested(type_name, text, tuple(zip(names, values, strict=True)))


@lru_cache(maxsize=1024)
def enum(name: str | None, number: int | None) -> Enum:
    """Build an enum member; an undefined member, which prints itself as its number, has no name.

    Thousands of policies share the same few members, so equal ones are one object.
    """
    return Enum(None if name is not None and name == str(number) else name or None, number)


def _time_span(properties: dict[str, Raw]) -> timedelta | None:
    """Return the time span that properties tell, by the most exact of them; None if they tell none."""
    try:
        if isinstance(ticks := properties.get("Ticks"), int):
            return from_ticks(ticks)
        if isinstance(seconds := properties.get("TotalSeconds"), int | float):
            return timedelta(seconds=seconds)
        parts = {name.lower(): part for name in _PARTS if isinstance(part := properties.get(name), int)}
        return timedelta(**parts) if parts else None
    except (OverflowError, ValueError):
        return None
