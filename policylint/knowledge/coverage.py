"""How much is known: for each family, how its cells divide into documented, inferred and unknown."""

from dataclasses import dataclass

from policylint.knowledge import Knowledge
from policylint.knowledge.families import Family


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of cells of one family: one for each device setting and each release that can provision at all."""

    family: Family
    documented: int
    inferred: int
    unknown: int

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
        grades = [
            target.cell(key).evidence
            for target in family.targets
            if target.provisioning.ability != "none"
            for key in settings
        ]
        found.append(Coverage(family, grades.count("documented"), grades.count("inferred"), grades.count(None)))
    return found
