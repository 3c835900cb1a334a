"""What changed in the facts since a version of the knowledge, or since a day."""

from typing import Any

from policylint.knowledge import Knowledge


class UnknownVersionError(Exception):
    """What is neither a version of the knowledge nor a day."""


def since(knowledge: Knowledge, version: str | None) -> list[dict[str, Any]]:
    """Return the changes after a version such as 2026.11.22, or after that day (2026-11-22), the newest first.

    Raises `UnknownVersionError`.
    """
    if version is None:
        return knowledge.changes
    after = _numbers(version)
    return [each for each in knowledge.changes if _numbers(each["version"]) > after]


def _numbers(version: str) -> tuple[int, ...]:
    parts = version.replace("-", ".").split(".")
    if not all(part.isascii() and part.isdecimal() and len(part) < 9 for part in parts):
        raise UnknownVersionError(
            f"{version!r} is no version of the knowledge, such as 2026.11.22, and no day, such as 2026-11-22"
        )
    return tuple(map(int, parts))
