"""How much is known: for each family, how its cells divide into documented, inferred and unknown."""

from dataclasses import dataclass

from policylint.knowledge import Knowledge
from policylint.knowledge.families import Family


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of cells of one family: one for each device setting and each release that can provision at all.

    `observed` are those of the unknown ones of which something was observed in one's own organisation.
    """

    family: Family
    documented: int
    inferred: int
    unknown: int
    observed: int = 0

    @property
    def share(self) -> float | None:
        """The part that is known, 0 to 1; None where there is nothing to know."""
        total = self.documented + self.inferred + self.unknown
        return (self.documented + self.inferred) / total if total else None


def coverage(knowledge: Knowledge) -> list[Coverage]:
    """Count the cells of every family."""
    settings = [known.key for known in knowledge.catalogue.properties if known.kind == "device"]
    found = []
    for family in knowledge.families.values():
        cells = [
            target.cell(key) for target in family.targets if target.provisioning.ability != "none" for key in settings
        ]
        grades = [cell.evidence for cell in cells]
        observed = sum(cell.evidence is None and bool(cell.observed) for cell in cells)
        documented, inferred, unknown = (grades.count(grade) for grade in ("documented", "inferred", None))
        found.append(Coverage(family, documented, inferred, unknown, observed))
    return found
