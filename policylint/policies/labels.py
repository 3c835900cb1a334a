"""Names for policies in a matrix. Two files may each hold a policy called Default, and a cell must say whose it is."""

from collections import Counter
from collections.abc import Sequence

from policylint.policies.judged import Judged


def labels(policies: Sequence[Judged]) -> list[str]:
    """Return a label for each policy, no two alike: its name, with path or place only where names repeat."""
    names = Counter(policy.name for policy in policies)
    in_file = Counter((policy.name, policy.document.path) for policy in policies)
    taken: Counter[str] = Counter()
    found: dict[str, None] = {}
    for policy in policies:
        label = policy.name
        if names[label] > 1:
            label = f"{policy.name} ({policy.document.path}{_place(policy) if _repeats(policy, in_file) else ''})"
        # a policy may bear the very name that another one's label has
        unique = label
        while unique in found:
            taken[label] += 1
            unique = f"{label} #{taken[label] + 1}"
        found[unique] = None
    return list(found)


def _repeats(policy: Judged, in_file: Counter[tuple[str, str]]) -> bool:
    return in_file[policy.name, policy.document.path] > 1


def _place(policy: Judged) -> str:
    place = policy.place(policy.mark)
    return f":{place.line}:{place.column}"


def unique(names: Sequence[str], details: Sequence[str] | None = None) -> list[str]:
    """Return the names, each that repeats with its detail behind it, and with a number where that does not help."""
    counts = Counter(names)
    if details is not None:
        names = [
            f"{name}#{detail}" if detail and counts[name] > 1 else name
            for name, detail in zip(names, details, strict=True)
        ]
    taken: Counter[str] = Counter()
    found: dict[str, None] = {}
    for name in names:
        made = name
        while made in found:
            taken[name] += 1
            made = f"{name} #{taken[name] + 1}"
        found[made] = None
    return list(found)
