"""Sessions whose reports bear no version: what a golden file holds must not change with each release."""

from typing import Any

from policylint.judging.stamp import Stamp
from policylint.knowledge import Knowledge
from policylint.session import Session


def undated(stamp: Stamp) -> Stamp:
    """Take the versions and the date out of a stamp."""
    return stamp._replace(program="0", knowledge="0", as_of="2026-11-22")


def undated_session(knowledge: Knowledge, devices: str | tuple[str, ...], **options: Any) -> Session:
    """Make a session without versions and date."""
    session = Session(devices, knowledge=knowledge, **options)
    session.stamp = undated(session.stamp)
    return session
