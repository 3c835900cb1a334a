"""Places as SARIF describes them: a region of a file, and the setting of a policy that stands there."""

from typing import Any

from policylint.exports.record import Place
from policylint.report.services import STDIN, is_absolute, uri

ROOT = "%SRCROOT%"
"""What relative addresses start from: the directory in which the program was run."""


def location(place: Place, policy: str, name: str | None) -> dict[str, Any]:
    """Return the `location` of a policy, or of what it calls `name`."""
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    logical = (
        {"name": policy, "kind": "object"}
        if name is None
        else {"name": name, "fullyQualifiedName": f"{policy}/{name}", "kind": "property"}
    )
    return {
        "physicalLocation": {"artifactLocation": _artifact_location(place.path), "region": region},
        "logicalLocations": [logical],
    }


def artifact(path: str) -> dict[str, Any]:
    """Return the `artifact` that an input is."""
    roles = ["analysisTarget", "standardStream"] if path == STDIN else ["analysisTarget"]
    return {"location": _artifact_location(path), "roles": roles}


def _artifact_location(path: str) -> dict[str, str]:
    reference = {"uri": uri(path)}
    return reference if is_absolute(path) or path == STDIN else {**reference, "uriBaseId": ROOT}
