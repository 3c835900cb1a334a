"""How old what is known is: releases in service, sources, and the knowledge as a whole. Pure: today is given."""

import datetime
import re
from collections.abc import Iterable
from typing import NamedTuple

from policylint.knowledge import Knowledge, Source
from policylint.knowledge.families import Family, Target

OLD = 183
"""Days after which knowledge is old: half a year brings new releases of every phone."""

_DATE = r"\b((?:19|20)[0-9]{2})(?:-([0-9]{2}))?(?:-([0-9]{2}))?\b"


class Dated(NamedTuple):
    """A release or a source with its date, to the day or as the first day of a month or year; None if undated.

    `shown` is the date as precise as it is known.
    """

    thing: Source | Target
    date: datetime.date | None
    shown: str

    def days(self, today: datetime.date) -> int | None:
        """Return the age in days, 0 for what is dated later than today."""
        return None if self.date is None else max((today - self.date).days, 0)


def dated(thing: Source | Target) -> Dated:
    """Read the newest date of a thing, in a text such as `2016-06-16; section removed 2020-06-23` or `c. 2011`."""
    found = []
    for year, month, day in re.findall(_DATE, thing.date or ""):
        try:
            date = datetime.date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            continue
        found.append((date, "-".join(part for part in (year, month, day) if part)))
    return Dated(thing, *max(found)) if found else Dated(thing, None, "-")


def in_service(knowledge: Knowledge) -> list[Dated]:
    """List the newest release of each line that is still sold or serviced, the oldest first, undated ones last."""
    newest: dict[Family, Target] = {target.family: target for target in knowledge.targets if target.current}
    return _by_age(map(dated, newest.values()))


def sources(knowledge: Knowledge) -> list[Dated]:
    """List all sources, the oldest first, undated ones last."""
    return _by_age(map(dated, knowledge.sources.values()))


def _by_age(dated: Iterable[Dated]) -> list[Dated]:
    return sorted(dated, key=lambda each: each.date or datetime.date.max)


def age_of(as_of: str, today: datetime.date) -> int:
    """Return the age of knowledge in days, 0 where it is of a later day."""
    return max((today - datetime.date.fromisoformat(as_of)).days, 0)


def complaint(as_of: str, today: datetime.date) -> str | None:
    """Say that knowledge is old, or nothing while it is not."""
    days = age_of(as_of, today)
    if days <= OLD:
        return None
    return f"what is known is of {as_of}, {in_words(days)} old: newer clients may behave differently; update policylint"


def in_words(days: int) -> str:
    """Say a number of days: `12 days`, `7 months`, `3 years`."""
    for unit, length in (("year", 365), ("month", 30)):
        if days >= 2 * length:
            return f"{days // length} {unit}s"
    return f"{days} day{'' if days == 1 else 's'}"
