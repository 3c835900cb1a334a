"""The updates to the research: what they change in the cells of the first account, and in its releases."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from conftest import SHARED
from packaging.specifiers import SpecifierSet

UPDATES = SHARED / "knowledge" / "updates-2026-11-26"
NAMES = ("apple-google", "android-legacy", "releases")
FILES: dict[str, dict[str, Any]] = {
    name: json.loads((UPDATES / f"{name}.json").read_text(encoding="utf-8"))
    for name in NAMES
    if (UPDATES / f"{name}.json").is_file()
}

NEW_FAMILIES = {
    "sailfish", "notifysync", "firefox-os", "bluemail", "roadsync", "secure-mail", "preside",
    "outlook-mac", "outlook-new", "k9", "thunderbird-exchange",
}  # fmt: skip
"""Families with a sourced statement, and those people ask for that use no mailbox policy."""

NEW_RELEASES = {("ios", "27.0"), ("macos-mail", "27"), ("gmail", "17"), ("samsung-email", "17")}
NO_LONGER_CURRENT = {("ios", "17.0")}
CHANGED_PROVISIONING = {("htc-mail", "2.1"), ("teams-rooms", "2026")}

EXCLUDED = {
    ("ios", ">=4.0"): (
        "AllowWiFi", "AllowBluetooth", "AllowTextMessaging", "AllowPOPIMAPEmail", "AllowConsumerEmail",
        "AllowInternetSharing",
    ),
    ("ios", ">=7.0"): ("AllowDesktopSync",),
    ("windows-mail", ">=8,<10"): ("AllowCamera", "AllowBrowser"),
    ("windows-mail", ">=8.1,<9"): (
        "AllowCamera", "AllowBrowser", "AllowWiFi", "AllowInternetSharing", "AllowBluetooth", "AllowStorageCard",
        "AllowPOPIMAPEmail", "AllowConsumerEmail",
    ),
}  # fmt: skip
"""The properties that a fact of the kind "enforcement excluded, answer unknown" names in its text."""


def every(part: str) -> list[dict[str, Any]]:
    """List the entries of one part over all files."""
    return [entry for file in FILES.values() for entry in file.get(part, [])]


def changes() -> Iterator[dict[str, Any]]:
    """Yield every cell the updates state, the excluded ones as `unmet`."""
    yield from every("cells")
    yield from every("cells_optional")
    for fact in every("facts"):
        if fact.get("kind") == "enforcement excluded, answer unknown":
            for name in EXCLUDED[fact["family"], fact["versions"]]:
                yield {**fact, "property": name, "support": "unmet"}


def updated_cells(
    family: str, versions: Sequence[str], first: dict[tuple[str, str], dict[str, Any]]
) -> dict[tuple[str, str], dict[str, Any]]:
    """Lay the updates over the cells of a family: the newer support holds, sources of both stay.

    Where two updates state one cell, the surer evidence holds.
    """
    cells = dict(first)
    mine: set[tuple[str, str]] = set()
    for change in changes():
        if change["family"] != family:
            continue
        for version in SpecifierSet(change["versions"]).filter(versions):
            key = (version, change["property"])
            before = cells.get(key, {})
            kept = before.get("sources", []) if key in mine or before.get("support") != "unknown" else []
            sure = key in mine and before.get("evidence") == "documented"
            if before.get("support") == "unknown" and change["support"] == "partial":
                kept = before["sources"]  # the old sources say why it was unclear, and still do
            cells[key] = {
                **{name: before[name] for name in ("blocks", "limits", "ungated", "scope") if name in before},
                "support": change["support"],
                "evidence": "documented" if sure else change["evidence"],
                "sources": sorted({*kept, *change["sources"]}),
                **({"limits": change["limits"]} if "limits" in change else {}),
            }
            mine.add(key)
    return cells
