"""What the browser searches: names of everything there is a page of, and the answers to every setting."""

from collections.abc import Iterable, Iterator
from typing import Any

from policylint.handbook.places import IDENTITY
from policylint.knowledge import Knowledge
from policylint.knowledge.query import fold
from policylint.site.answers import Answer, Answers
from policylint.site.frame import Frame
from policylint.site.places import ROOT, client_place, place_of, setting_place, title_of
from policylint.writing.json import dumps
from policylint.writing.style import printable


def search_data(knowledge: Knowledge, answers: Answers, frame: Frame) -> str:
    """Return a script that holds it: a page that was opened as a file may load a script, and nothing else."""
    data = {
        "entries": list(_entries(knowledge, frame)),
        "families": {family.id: printable(family.name) for family in knowledge.families.values()},
        "answers": {known.key: rows(answers.of(known)) for known in knowledge.catalogue if known.neutral is not None},
    }
    return f"window.policylint = {dumps(data)};\n"


def rows(found: Iterable[Answer]) -> dict[str, list[list[Any]]]:
    """Return answers by family, each as a row that answers.js takes apart.

    Releases, the two accesses, how it is met, support, evidence, condition, look, the id of its row,
    and whether the newest release is among them.
    """
    made: dict[str, list[list[Any]]] = {}
    for each in found:
        releases = fold(each.targets).removeprefix(each.family.id).strip()
        told = [releases, each.closed, each.opened, each.does, each.cell.support, each.cell.evidence or ""]
        newest = each.targets[-1] is each.family.targets[-1]
        made.setdefault(each.family.id, []).append([*told, printable(each.condition), each.grade, each.id, newest])
    return made


def _entries(knowledge: Knowledge, frame: Frame) -> Iterator[dict[str, Any]]:
    for known in knowledge.catalogue:
        names = [*known.spellings, *filter(None, [known.phone_name])]
        place = place_of(f"docs/reference/{IDENTITY}") if known.kind == "identity" else setting_place(known.key)
        about = known.entry.get("summary") or ""
        yield _entry("setting", known.key, known.key, place, names, known.topics, about)
    for family in knowledge.families.values():
        hardware = (name for entry in family.entry["hardware"] for name in entry["names"])
        names = [family.id, *family.aliases, *family.sold_as, *hardware, *filter(None, [family.product])]
        yield _entry(
            "client", family.id, family.name, client_place(family.id), names, family.tags, common=family.common
        )
    for rule in knowledge.rulebook.rules:
        place = place_of(f"docs/reference/rules/{rule.id}-{rule.name}.md")
        yield _entry("rule", rule.id, f"{rule.id} {rule.name}", place, (rule.id, rule.name), ())
    for server in knowledge.servers:
        names = [server.id, *server.aliases]
        yield _entry("server", server.id, server.name, frame.places.servers[server.id], names, ())
    for name, source in knowledge.sources.items():
        yield _entry("source", name, source.title, frame.places.sources[name], (name,), ())
    for document in frame.places.documents:
        title, _ = title_of((ROOT / document).read_text(encoding="utf-8"))
        yield _entry("document", document, title, place_of(document), (), ())


def _entry(
    kind: str,
    name: str,
    title: str,
    place: str,
    names: Iterable[str],
    topics: Iterable[str],
    about: str = "",
    *,
    common: bool = False,
) -> dict[str, Any]:
    entry: dict[str, Any] = {"kind": kind, "id": name, "title": printable(title), "place": place}
    entry["names"] = list(dict.fromkeys(printable(each).casefold() for each in names))
    entry["topics"] = [printable(topic).casefold() for topic in topics]
    if about:
        entry["about"] = printable(about)
    if common:
        entry["common"] = True
    return entry
