"""One setting's answers as a script of its own, for `<policylint-property>` on other people's pages."""

from collections.abc import Iterator

from policylint.knowledge import Knowledge
from policylint.site.answers import Answers
from policylint.site.places import setting_place
from policylint.site.search import rows
from policylint.writing.json import dumps
from policylint.writing.style import printable


def embedded(knowledge: Knowledge, answers: Answers) -> Iterator[tuple[str, str]]:
    """Yield the script of each setting that concerns devices, by its place."""
    families = {family.id: printable(family.name) for family in knowledge.families.values()}
    for known in knowledge.catalogue:
        if known.neutral is None:
            continue
        data = {
            "key": known.key,
            "about": printable(known.entry.get("summary") or ""),
            "place": setting_place(known.key),
            "as_of": knowledge.as_of,
            "families": families,
            "answers": rows(answers.of(known)),
        }
        yield f"embed/{known.key}.js", f"window.policylintProperty({dumps(data)});\n"
