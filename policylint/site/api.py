"""What is known as JSON, for other programs: one file a kind."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from policylint import values
from policylint.knowledge import Knowledge
from policylint.knowledge.catalogue import Property
from policylint.knowledge.families import Family
from policylint.knowledge.servers import Server, ServerFact
from policylint.pages.json import document, rules_json
from policylint.site.answers import Answer, Answers

_FOLDER = "api/v1"


def api(knowledge: Knowledge, answers: Answers) -> Iterator[tuple[str, str]]:
    """Yield each file by its place. Sources are ids of sources.json in all but rules.json, which holds them."""
    yield _file("properties", map(_property, knowledge.catalogue))
    yield _file("clients", map(_client, knowledge.families.values()))
    yield f"{_FOLDER}/rules.json", rules_json(knowledge)
    yield _file("servers", map(_server, knowledge.servers))
    yield _file("sources", (source._asdict() for source in knowledge.sources.values()))
    yield _file("cells", (_cell(known, each) for known in knowledge.catalogue for each in answers.of(known)))


def _file(kind: str, rows: Iterable[Mapping[str, Any]]) -> tuple[str, str]:
    return f"{_FOLDER}/{kind}.json", document(f"policylint/{kind}/1", kind, list(rows))


def _property(known: Property) -> dict[str, Any]:
    neutral = None if known.neutral is None else [values.to_json(value) for value in known.neutral]
    return {
        "key": known.key,
        "kind": known.kind,
        "scope": known.scope,
        "activesync": known.activesync,
        "mobiledevice": known.mobiledevice,
        "phone_name": known.phone_name,
        "type": known.type,
        "members": list(known.members),
        "neutral": neutral,
        "stricter": known.stricter,
        "summary": known.entry.get("summary"),
        "topics": list(known.topics),
        "sources": list(known.sources),
    }


def _client(family: Family) -> dict[str, Any]:
    return {
        "family": family.id,
        "name": family.name,
        "product": family.product,
        "aliases": list(family.aliases),
        "tags": list(family.tags),
        "common": family.common,
        "releases": [
            {
                "version": target.version,
                "date": target.date,
                "current": target.current,
                "provisioning": target.provisioning.ability,
                "gate_open": target.provisioning.gate_open,
                "evidence": target.provisioning.evidence,
                "sources": list(target.provisioning.sources),
            }
            for target in family.targets
        ],
    }


def _server(server: Server) -> dict[str, Any]:
    minimum = server.minimum_eas
    return {
        "id": server.id,
        "name": server.name,
        "aliases": list(server.aliases),
        "on_premises": server.on_premises,
        "minimum_eas": {"version": minimum.version, **_fact(minimum.fact)} if minimum else None,
        "refused_answer": _fact(server.refused_answer) if server.refused_answer else None,
        "no_policy_key": _fact(server.no_policy_key) if server.no_policy_key else None,
        "notes": list(map(_fact, server.notes)),
        "facts": list(map(_fact, server.facts)),
    }


def _fact(fact: ServerFact) -> dict[str, Any]:
    return {"text": fact.text, "evidence": fact.evidence, "sources": list(fact.sources)}


def _cell(known: Property, each: Answer) -> dict[str, Any]:
    cell = each.cell
    return {
        "property": known.key,
        "family": each.family.id,
        "releases": [target.version for target in each.targets],
        "support": cell.support,
        "evidence": cell.evidence,
        "condition": each.condition or None,
        "limits": cell.limits,
        "note": cell.note,
        "access_closed": each.closed,
        "access_open": each.opened,
        "demand": each.does or None,
        "says": each.says,
        "sources": list(each.sources),
    }
