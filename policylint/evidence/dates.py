"""Dates as exports hold them: ISO 8601, CLIXML, JSON, and as the server's culture prints them."""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

from policylint.exports.record import Nested, Raw


class Moment(NamedTuple):
    """A time in UTC. It is not `exact` where the export does not tell the zone: then it may be off by 14 hours."""

    at: datetime
    exact: bool

    def later_than(self, other: "Moment") -> bool:
        """Tell whether this is later for certain: by more than a day where a zone is not known."""
        return self.at - other.at > (timedelta() if self.exact and other.exact else timedelta(days=1))


class Dated(NamedTuple):
    """What a text says as a date: read with the day first, and with the month first.

    Both are equal where there is only one way, and then there is no `style`; both are None for a text that is no date.
    Texts of one `style` are printed by one culture, or by some that look alike.
    """

    day_first: Moment | None
    month_first: Moment | None
    style: str | None = None

    @property
    def certain(self) -> Moment | None:
        """The time, if there is only one way to read it."""
        return self.day_first if self.day_first == self.month_first else None


UNREADABLE = Dated(None, None)
_FIRST_YEAR, _LAST_YEAR = 1995, 2100
_EMPTY_YEARS = (1, 1601)
"""Years that .NET and Windows write for no date at all."""

_JSON_DATE = re.compile(r"\\*/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\\*/")
_NUMBERS = re.compile(r"(\d{1,4})\. ?(\d{1,2})\. ?(\d{1,4})\.?|(\d{1,4})([/-])(\d{1,2})\5(\d{1,4})", re.ASCII)
_NAMED = re.compile(
    r"(?:(?P<day>\d{1,2})[ -])?(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[ -]"
    r"(?:(?P<late>\d{1,2}),? )?(?P<year>\d{4}),?",
    re.IGNORECASE | re.ASCII,
)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? ", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?", re.ASCII)
_PLAIN_CLOCK = re.compile(r"[ T](\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_ZONE = re.compile(r"(Z|GMT|UTC)|([+-])(\d{2}):?(\d{2})", re.ASCII)
_MORNING = {"am", "上午", "午前", "오전", "πμ", "de", "ص", "sa", "dop", "прдоб"}
_EVENING = {"pm", "下午", "午後", "오후", "μμ", "du", "م", "ch", "odp", "слоб"}
_FILLERS = {"", "г", "ч", "u", "kl", "klo", "at", "um"}
"""Words that some cultures put beside the numbers, and that say nothing."""

_SIGNS = re.compile("[.,\\s\u00a0\u200e\u200f\u202f]+")


def read_date(raw: Raw, *, utc: bool = False) -> Dated | None:
    """Read a value as a date, None where it says that there is none; `utc` if it is known to be in UTC."""
    match raw:
        case datetime():
            return _once(raw, utc)
        case Nested():
            # Windows PowerShell's JSON of a date that went through Add-Member: value, DisplayHint, DateTime
            inner = next((value for name, value in raw.properties if name.casefold() == "value"), raw.text)
            return None if inner is None else read_date(inner, utc=utc) if not isinstance(inner, Nested) else UNREADABLE
        case str():
            return _of_text(" ".join(raw.split()), utc)
        case _:
            return None if raw is None else UNREADABLE


def _of_text(text: str, utc: bool) -> Dated | None:
    if not any(character.isdecimal() for character in text):
        return None  # a word for none, whatever the language
    milliseconds = _JSON_DATE.fullmatch(text)
    if milliseconds:
        try:
            return _once(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(milliseconds[1])), utc)
        except OverflowError:
            return UNREADABLE
    text = _WEEKDAY.sub("", text, count=1)
    if found := _NUMBERS.match(text):
        return _numeric(found, text[found.end() :], utc)
    named = _NAMED.match(text)
    if named and (day := named["day"] or named["late"]):
        month = _MONTHS.index(named["month"].casefold()) + 1
        return _single(int(named["year"]), month, int(day), text[named.end() :], utc)
    return UNREADABLE


def _numeric(found: re.Match[str], rest: str, utc: bool) -> Dated | None:
    dotted = found[1] is not None
    first, second, third = (found[1], found[2], found[3]) if dotted else (found[4], found[6], found[7])
    sign = "." if dotted else found[5]
    if len(first) == 4:
        return _single(int(first), int(second), int(third), rest, utc)
    if len(third) not in (2, 4) or len(first) > 2 or (len(third) == 2 and sign == "-"):
        return UNREADABLE
    year = int(third) + (2000 if len(third) == 2 else 0)
    day_first = _single(year, int(second), int(first), rest, utc)
    if sign == ".":
        return day_first  # no culture puts the month first between full stops
    month_first = _single(year, int(first), int(second), rest, utc)
    if day_first is None or month_first is None:
        return None
    clock = _clock(rest)
    style = f"{sign}{'' if clock is None else clock.style}"
    both = Dated(day_first.certain, month_first.certain, style)
    return both if both.day_first != both.month_first else Dated(both.day_first, both.month_first)


class _Clock(NamedTuple):
    hour: int
    minute: int
    second: int
    zone: timezone | None
    style: str


def _single(year: int, month: int, day: int, rest: str, utc: bool) -> Dated | None:
    if year in _EMPTY_YEARS:
        return None
    clock = _clock(rest)
    if clock is None:
        return UNREADABLE
    try:
        return _once(datetime(year, month, day, clock.hour, clock.minute, clock.second, tzinfo=clock.zone), utc)
    except ValueError:
        return UNREADABLE


def _clock(rest: str) -> _Clock | None:
    """Read what follows a date: a time, perhaps with half of the day and a zone; None where it is something else."""
    if plain := _PLAIN_CLOCK.fullmatch(rest):
        return _Clock(int(plain[1]), int(plain[2]), int(plain[3] or 0), None, "24")
    rest = rest.removeprefix("T")
    found = _CLOCK.search(rest)
    before, after = (rest[: found.start()], rest[found.end() :]) if found else (rest, "")
    zone = None
    zoned = _ZONE.search(after)
    if zoned:
        offset = 0 if zoned[1] else int(f"{zoned[2]}1") * (int(zoned[3]) * 60 + int(zoned[4]))
        if abs(offset) > 14 * 60:
            return None
        zone = timezone(timedelta(minutes=offset))
        after = after[: zoned.start()] + after[zoned.end() :]
    words = {_SIGNS.sub("", part).casefold() for part in (before, after)} - _FILLERS
    if not found:
        return None if words else _Clock(0, 0, 0, zone, "date")
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if not words:
        return _Clock(hour, minute, second, zone, "24")
    if len(words) > 1 or not words <= _MORNING | _EVENING or hour > 12:
        return None
    return _Clock(hour % 12 + (12 if words <= _EVENING else 0), minute, second, zone, "12")


def _once(at: datetime, utc: bool) -> Dated | None:
    if at.year in _EMPTY_YEARS:
        return None
    if not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        return UNREADABLE
    exact = utc or at.tzinfo is not None
    moment = Moment(at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC), exact)
    return Dated(moment, moment)
