"""How much is known of a family, in percent."""

from policylint.knowledge import Knowledge
from policylint.knowledge.coverage import coverage
from policylint.knowledge.families import Family

NONE = "–"


def shares(family: Family, knowledge: Knowledge) -> dict[str, str]:
    """Return which parts of the cells of a family are documented, inferred and unknown, as they are printed."""
    (found,) = (each for each in coverage(knowledge) if each.family is family)
    counts = {"documented": found.documented, "inferred": found.inferred, "unknown": found.unknown}
    whole = sum(counts.values())
    return {grade: _percent(count, whole) for grade, count in counts.items()}


def _percent(count: int, whole: int) -> str:
    """Print a part; what is neither nothing nor all never reads as if it were."""
    if count in (0, whole):
        return "100 %" if count else NONE
    return f"{min(99, max(1, round(100 * count / whole)))} %"
