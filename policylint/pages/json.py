"""Lists of what is known as JSON, for other programs: devices and rules."""

from collections.abc import Iterable, Mapping, Sequence

from policylint.knowledge import Knowledge
from policylint.knowledge.families import Target
from policylint.writing.json import dumps


def devices_json(targets: Iterable[Target], knowledge: Knowledge) -> str:
    """Return `policylint/devices/1`: a row for each release, with the sources of what is known of its provisioning."""
    rows = [
        {
            "target": target.label,
            "family": target.family.id,
            "version": target.version,
            "name": target.family.name,
            "date": target.date,
            "current": target.current,
            "provisioning": target.provisioning.ability,
            "aliases": list(target.family.aliases),
            "sources": _sources(target.provisioning.sources, knowledge),
        }
        for target in targets
    ]
    return document("policylint/devices/1", "devices", rows)


def rules_json(knowledge: Knowledge) -> str:
    """Return `policylint/rules/1`: a row for each rule."""
    rows = [
        {
            "id": rule.id,
            "name": rule.name,
            "severity": rule.severity,
            "effect": rule.effect,
            **{key: rule.entry[key] for key in ("meaning", "why", "fix")},
            "sources": _sources(rule.sources, knowledge),
        }
        for rule in knowledge.rulebook.rules
    ]
    return document("policylint/rules/1", "rules", rows)


def _sources(ids: Iterable[str], knowledge: Knowledge) -> list[dict[str, str | None]]:
    return [knowledge.sources[name]._asdict() for name in ids]


def document(schema: str, kind: str, rows: Sequence[Mapping[str, object]]) -> str:
    """Return a list of one kind, a line for each."""
    listed = ",\n".join(f"    {dumps(row)}" for row in rows)
    return f'{{\n  "schema": {dumps(schema)},\n  "{kind}": [\n{listed}\n  ]\n}}\n'
