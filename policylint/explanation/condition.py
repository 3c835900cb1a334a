"""The condition of a support cell in words."""

from policylint.knowledge.families import Condition


def in_words(condition: Condition) -> str:
    """Say when a cell refuses: `at DES`, `above 8 on hardware (a PC with a Microsoft account)`."""
    parts = []
    if condition.equals is not None:
        parts.append("at " + " or ".join(map(str, condition.equals)))
    if condition.above is not None:
        parts.append(f"above {condition.above}")
    if condition.below is not None:
        parts.append(f"below {condition.below}")
    if condition.hardware:
        parts.append(f"on hardware ({condition.hardware})")
    return " ".join(parts)
