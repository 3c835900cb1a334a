"""Data inside a page: the report as JSON, and the policies, so that the page can be read again as an export.

What is long is packed (xz, then base64), or a page on a thousand policies would be several times as large.
"""

import base64
import json
import lzma
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from policylint import values
from policylint.policies.policy import Policy
from policylint.report.formats import rendered

_PLAIN = 96_000
"""Characters of JSON that are embedded as they are; more are packed."""

_ACTS = re.compile(r"<|[^\x20-\x7e\n]")
"""What might end the element, or control or reorder a line of the source of the page."""

POLICIES = "policylint-policies"
REPORT = "policylint-report"


class Embedded(NamedTuple):
    """A script element that holds data: its id, its type, its text, which holds no character that ends it."""

    id: str
    type: str
    text: str


def report(made: Any, kind: str | None = None) -> Embedded:
    """Embed a report as its own JSON."""
    return _embedded(REPORT, "".join(rendered(made, "json", kind=kind)))


def policies(found: Iterable[Policy]) -> Embedded:
    """Embed policies as ConvertTo-Json would write them: every property of the catalogue that could be read."""
    lines = ",\n".join(json.dumps(dict(_settings(policy)), ensure_ascii=False) for policy in found)
    return _embedded(POLICIES, f"[\n{lines}\n]")


def _settings(policy: Policy) -> Iterator[tuple[str, Any]]:
    for column, name in zip(policy.layout.columns, policy.layout.names, strict=True):
        setting = policy.get(column.key) if column is not None else None
        if column is not None and setting is not None:
            yield name, values.to_json(setting.value)
    if policy.own_name is not None and policy.get("Name") is None:
        yield "Name", policy.own_name


def _embedded(name: str, text: str) -> Embedded:
    if len(text) <= _PLAIN:
        return Embedded(name, "application/json", _ACTS.sub(_escaped, text))
    packed = lzma.compress(text.encode(), preset=3)
    return Embedded(name, "application/x-xz", base64.b64encode(packed).decode())


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    if character == "<":
        return "\\u003c"
    return character if character.isprintable() else json.dumps(character)[1:-1]
