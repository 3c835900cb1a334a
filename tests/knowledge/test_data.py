"""The shipped data says what the research behind it says, cell by cell, in words of its own.

The research came twice: a first account of all, and updates to it, which `updates.py` reads and `test_updates.py` holds
the data against. Without the research at hand these tests are skipped.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from conftest import SHARED
from packaging.specifiers import SpecifierSet
from updates import CHANGED_PROVISIONING, NEW_FAMILIES, NEW_RELEASES, NO_LONGER_CURRENT, updated_cells

from policylint.knowledge import load, pack_directory
from policylint.knowledge.catalogue import NULL
from policylint.knowledge.pack.reading import read_pack

KNOWLEDGE = load()


def research(name: str) -> Any:
    path = SHARED / "knowledge" / name
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


FOUND_FAMILIES = {entry["family"]: entry for entry in (research("families.json") or {"families": []})["families"]}
FOUND_PROPERTIES = {entry["key"]: entry for entry in (research("properties.json") or {"properties": []})["properties"]}

pytestmark = pytest.mark.skipif(not (FOUND_FAMILIES and FOUND_PROPERTIES), reason="the research is not at hand")


def written(value: Any) -> Any:
    """A value as the pack writes it."""
    return NULL if value is None else value


# --- families


def cells_found(family: str) -> dict[tuple[str, str], dict[str, Any]]:
    """What the research says of each release and property."""
    first = {
        (release["version"], key): {
            "support": cell["support"],
            "evidence": cell.get("evidence"),
            "sources": sorted(set(cell["sources"])),
            **{name: cell[name] for name in ("blocks", "limits", "ungated", "scope") if name in cell},
            **({"value": written(cell["value"])} if "value" in cell else {}),
        }
        for span in FOUND_FAMILIES[family]["spans"]
        for release in span["releases"]
        for key, cell in span["settings"].items()
    }
    entry = KNOWLEDGE.families[family].entry
    for release in entry["releases"]:
        if (family, release["version"]) in NEW_RELEASES:  # it behaves as the others of its span
            versions = [each["version"] for each in entry["releases"] if each["span"] == release["span"]]
            for (version, key), cell in list(first.items()):
                if version == versions[0]:
                    first[release["version"], key] = cell
    return updated_cells(family, [each["version"] for each in entry["releases"]], first)


def cells_shipped(family: str) -> dict[tuple[str, str], dict[str, Any]]:
    entry = KNOWLEDGE.families[family].entry
    shipped = {}
    for key, row in entry["support"].items():
        for release, index in zip(entry["releases"], row, strict=True):
            if index < 0:
                continue
            cell = entry["cells"][index]
            shipped[release["version"], key] = {
                "support": cell["support"],
                "evidence": cell.get("evidence"),
                "sources": sorted(set(cell["sources"])),
                **{name: cell[name] for name in ("blocks", "limits", "ungated", "scope", "value") if name in cell},
            }
    return shipped


def test_the_families_are_those_of_the_research():
    assert set(KNOWLEDGE.families) == set(FOUND_FAMILIES) | NEW_FAMILIES


@pytest.mark.parametrize("family", FOUND_FAMILIES)
def test_a_family_has_the_cells_of_the_research(family: str):
    found, shipped = cells_found(family), cells_shipped(family)
    differing = {cell for cell in found.keys() | shipped.keys() if found.get(cell) != shipped.get(cell)}
    shown = {cell: (found.get(cell), shipped.get(cell)) for cell in sorted(differing)[:5]}
    assert not differing, f"{len(differing)} cells differ, found and shipped: {shown}"


@pytest.mark.parametrize("family", FOUND_FAMILIES)
def test_a_family_has_the_spans_and_releases_of_the_research(family: str):
    spans = FOUND_FAMILIES[family]["spans"]
    entry = KNOWLEDGE.families[family].entry
    assert [span["versions"] for span in entry["spans"]] == [span["versions"] for span in spans]
    assert [
        (each["span"], each["version"], each["current"])
        for each in entry["releases"]
        if (family, each["version"]) not in NEW_RELEASES
    ] == [
        (number, each["version"], each["current"] and (family, each["version"]) not in NO_LONGER_CURRENT)
        for number, span in enumerate(spans)
        for each in span["releases"]
    ]
    dates = {each["version"]: each["date"] for span in spans for each in span["releases"] if each["date"]}
    assert dates.items() <= {each["version"]: each["date"] for each in entry["releases"]}.items()


@pytest.mark.parametrize("family", FOUND_FAMILIES)
def test_a_family_has_the_aliases_and_tags_of_the_research(family: str):
    found, shipped = FOUND_FAMILIES[family], KNOWLEDGE.families[family]
    versions = [target.version for target in shipped.targets]
    assert {name: [versions[at] for at in positions] for name, positions in shipped.aliases.items()} == {
        name: list(SpecifierSet(wanted).filter(versions)) for name, wanted in found["aliases"].items()
    }
    assert list(shipped.tags) == found["tags"]


@pytest.mark.parametrize("family", FOUND_FAMILIES)
def test_a_family_provisions_as_the_research_says(family: str):
    found = {
        release["version"]: provisioning(**span["provisioning"])
        for span in FOUND_FAMILIES[family]["spans"]
        for release in span["releases"]
        if (family, release["version"]) not in CHANGED_PROVISIONING
    }
    assert {
        target.version: provisioning(**target.provisioning._asdict())
        for target in KNOWLEDGE.families[family].targets
        if (family, target.version) not in NEW_RELEASES | CHANGED_PROVISIONING
    } == found


def provisioning(
    ability: str, gate_open: str, sources: Sequence[str] = (), evidence: str | None = None, **_: Any
) -> Any:
    return ability, gate_open, evidence, sorted(set(sources))


# --- properties


def property_found(key: str) -> dict[str, Any]:
    entry = FOUND_PROPERTIES[key]
    neutral, gate = entry["neutral"], entry["gate"]
    return {
        "spellings": (entry["spellings"].get("activesync"), entry["spellings"].get("mobiledevice")),
        "kind": entry["kind"],
        "scope": entry["scope"],
        "type": entry["type"]["kind"],
        "members": entry["type"]["members"] or [],
        "odd_members": entry["type"].get("odd_members") or [],
        "nullable": entry["type"]["nullable"],
        "ranges": ranges(entry["range"], (entry["range"] or {}).get("also", [])),
        "neutral": None if neutral is None else [written(each) for each in (neutral["value"], *neutral["also"])],
        "stricter": (entry["stricter"]["direction"], entry["stricter"]["order"] or []),
        "gate": gate and (gate["property"], gate["equals"], gate["basis"]),
        "sources": sorted(set(entry["sources"])),
    }


def property_shipped(key: str) -> dict[str, Any]:
    entry = KNOWLEDGE.catalogue[key].entry
    gate = entry.get("gate")
    return {
        "spellings": (entry.get("activesync"), entry.get("mobiledevice")),
        "kind": entry["kind"],
        "scope": entry["scope"],
        "type": entry["type"],
        "members": entry.get("members", []),
        "odd_members": entry.get("odd_members", []),
        "nullable": entry.get("nullable", False),
        "ranges": ranges(entry.get("range"), entry.get("also_range", [])),
        "neutral": entry.get("neutral"),
        "stricter": (entry["stricter"], entry.get("order", [])),
        "gate": gate and (gate["property"], gate["equals"], gate["basis"]),
        "sources": sorted(set(entry["sources"])),
    }


def ranges(newest: dict[str, Any] | None, also: list[dict[str, Any]]) -> list[tuple[Any, Any]]:
    return [(each["min"], each["max"]) for each in ([newest] if newest else []) + also]


def test_the_properties_are_those_of_the_research():
    assert [known.key for known in KNOWLEDGE.catalogue] == list(FOUND_PROPERTIES)


@pytest.mark.parametrize("key", FOUND_PROPERTIES)
def test_a_property_is_as_the_research_says(key: str):
    assert property_shipped(key) == property_found(key)


# --- words


def texts(value: Any) -> Iterator[str]:
    """Every text inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each)


def notes(value: Any) -> Iterator[str]:
    """Every long note inside the research."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from texts(each) if name in ("note", "notes") else notes(each)
    elif isinstance(value, list):
        for each in value:
            yield from notes(each)


def squeezed(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


def test_no_note_is_a_copy():
    copied = {
        squeezed(note)
        for entries in (FOUND_FAMILIES, FOUND_PROPERTIES)
        for note in notes(list(entries.values()))
        if len(note) > 40
    }
    files = read_pack(pack_directory())
    shipped = {
        squeezed(text)
        for entries in (files.properties, files.families, files.rules, files.servers)
        for entry in entries.values()
        for text in texts(entry.model.model_dump(mode="json"))
    }
    assert not copied & shipped
