"""A day that an option names, as a moment."""

import datetime

from policylint.cli.terminal import fail


def day(option: str, text: str | None, example: str) -> datetime.datetime | None:
    """Return the beginning of a day in UTC; None where none is named. What is no date ends the program."""
    if text is None:
        return None
    try:
        named = datetime.date.fromisoformat(text)
    except ValueError:
        fail(f"{option} {text!r} is no date: write it like {example}")
    return datetime.datetime.combine(named, datetime.time(), datetime.UTC)
