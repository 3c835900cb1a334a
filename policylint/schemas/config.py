"""The JSON Schema of a configuration file, for editors."""

import json
from collections.abc import Iterable
from typing import Any

from policylint.config.keys import KEYS, WAIVER_KEYS, Key, Kind


def schema_text() -> str:
    """Return the JSON Schema as it is published."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "policylint.toml, or the table tool.policylint of pyproject.toml",
        **_table(KEYS),
    }
    return json.dumps(schema, indent=2) + "\n"


def _table(keys: Iterable[Key]) -> dict[str, Any]:
    keys = tuple(keys)
    required = [key.name for key in keys if key.is_required]
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {key.name: {"description": key.means, **_value(key)} for key in keys},
        **({"required": required} if required else {}),
    }


def _value(key: Key) -> dict[str, Any]:
    choices: dict[str, Any] = {"enum": list(key.choices)} if key.choices else {"type": "string"}
    match key.kind:
        case Kind.BOOLEAN:
            return {"type": "boolean"}
        case Kind.DATE:
            return {"type": "string", "format": "date"}
        case Kind.LIST:
            return {"type": "array", "items": {"type": "string"}}
        case Kind.LEVELS:
            return {"type": "object", "additionalProperties": choices}
        case Kind.TABLES:
            return {"type": "array", "items": _table(WAIVER_KEYS)}
        case _:
            return choices
