"""The baseline as a file: `policylint/baseline/1`, JSON with an entry a line."""

import json
from typing import Any

from policylint.acceptance.baseline import Baseline, Entry

SCHEMA = "policylint/baseline/1"


class BaselineError(Exception):
    """A text that holds no baseline; the message says what to do."""


def written(baseline: Baseline) -> str:
    """Write a baseline, in an order that keeps differences small."""
    lines = ",\n    ".join(
        json.dumps(_plain(entry, labels, baseline.names.get(entry.identity, "")), ensure_ascii=False)
        for entry, labels in sorted(baseline.entries.items())
    )
    return f'{{\n  "schema": "{SCHEMA}",\n  "findings": [' + (f"\n    {lines}\n  ]\n}}\n" if lines else "]\n}\n")


def _plain(entry: Entry, labels: frozenset[str], name: str) -> dict[str, Any]:
    plain = {"rule": entry.rule, "policy": name, "identity": entry.identity, "property": entry.property}
    return {**plain, **({"key": entry.key} if entry.key else {}), "targets": sorted(labels)}


def read(text: str) -> Baseline:
    """Read what `written` wrote. Raises `BaselineError`."""
    try:
        document: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BaselineError(f"is not JSON: {error}") from None
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise BaselineError(f"is no baseline: its schema is not {SCHEMA} (policylint baseline create makes one)")
    baseline = Baseline()
    for number, found in enumerate(document.get("findings") or (), 1):
        try:
            entry = Entry(found["rule"], found["identity"], found["property"], found.get("key", ""))
            labels, name = list(found["targets"]), found.get("policy", "")
            if not all(isinstance(each, str) for each in (*entry, *labels, name)):
                raise TypeError
        except (KeyError, TypeError, AttributeError):
            raise BaselineError(f"finding {number} is damaged (policylint baseline create makes it anew)") from None
        baseline.add(entry, labels, name)
    return baseline
