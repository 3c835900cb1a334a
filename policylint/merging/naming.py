"""Names for accounts: no two alike in one merge."""

from collections import Counter
from collections.abc import Sequence


def unique(names: Sequence[str], details: Sequence[str] | None = None) -> list[str]:
    """Return the names, each that repeats with its detail behind it, and with a number where that does not help."""
    counts = Counter(names)
    if details is not None:
        names = [
            f"{name}#{detail}" if detail and counts[name] > 1 else name
            for name, detail in zip(names, details, strict=True)
        ]
    found: dict[str, None] = {}
    for name in names:
        made, number = name, 1
        while made in found:
            number += 1
            made = f"{name} #{number}"
        found[made] = None
    return list(found)
