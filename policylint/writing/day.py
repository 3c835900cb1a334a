"""The day of a run: today, or that of SOURCE_DATE_EPOCH, so that a run can be repeated."""

import datetime
import os


def today() -> datetime.date:
    """Return the day in UTC. A SOURCE_DATE_EPOCH that is no number of seconds is passed over."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        return datetime.datetime.now(datetime.UTC).date()
