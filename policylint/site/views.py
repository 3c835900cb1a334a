"""The pages that are made for the site alone: the search, two clients side by side, what is known, how to embed."""

from collections.abc import Iterator
from dataclasses import dataclass

from policylint.knowledge import Knowledge
from policylint.knowledge.coverage import coverage
from policylint.knowledge.families import Family
from policylint.site.answers import Answers
from policylint.site.frame import Frame
from policylint.site.places import client_place, setting_place
from policylint.site.settings import HELP


@dataclass(frozen=True, slots=True)
class Score:
    """How many cells of a client or a setting are documented, inferred and unknown."""

    name: str
    place: str
    documented: int
    inferred: int
    unknown: int

    @property
    def total(self) -> int:
        """All cells."""
        return self.documented + self.inferred + self.unknown

    def share(self, count: int) -> float:
        """Return a count in percent of all."""
        return round(100 * count / self.total, 2) if self.total else 0.0


def views(knowledge: Knowledge, answers: Answers, frame: Frame) -> Iterator[tuple[str, str]]:
    """Yield these pages by their places."""
    families = list(knowledge.families.values())
    settings = [known for known in knowledge.catalogue if known.neutral is not None]
    counts = {"settings": len(settings), "clients": len(families), "sources": len(knowledge.sources)}
    yield frame.page(
        "front", "index.html", "Can I set this?", settings=settings, setting_place=setting_place, counts=counts
    )
    yield frame.page("compare", "compare.html", "Two clients side by side", families=families)
    yield frame.page(
        "scoreboard",
        "scoreboard.html",
        "What is known",
        clients=_by_client(knowledge),
        settings=_by_setting(knowledge),
        help_us=HELP,
    )
    yield frame.page("embed", "embed.html", "A table on your own page", sample=settings[0].key)


def _by_client(knowledge: Knowledge) -> list[Score]:
    return [
        Score(each.family.name, client_place(each.family.id), each.documented, each.inferred, each.unknown)
        for each in coverage(knowledge)
    ]


def _by_setting(knowledge: Knowledge) -> list[Score]:
    families: list[Family] = list(knowledge.families.values())
    asked = [target for family in families for target in family.targets if target.provisioning.ability != "none"]
    scores = []
    for known in knowledge.catalogue:
        if known.kind == "device":
            grades = [target.cell(known.key).evidence for target in asked]
            counted = (grades.count(grade) for grade in ("documented", "inferred", None))
            scores.append(Score(known.key, setting_place(known.key), *counted))
    return scores
