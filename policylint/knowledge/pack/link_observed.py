"""Lay what was observed over the cells of linked families, cell by cell."""

import json
from typing import Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from policylint import values
from policylint.knowledge.catalogue import Property
from policylint.knowledge.observed import Within, settled
from policylint.knowledge.pack import schema
from policylint.knowledge.pack.reading import Entry, PackFiles, ReportError, guarded

Compiled = dict[str, Any]


def lay_observed(
    files: PackFiles, families: list[Compiled], known: dict[str, Property], report: ReportError
) -> dict[str, dict[str, str | None]]:
    """Add the observations of all packs to the compiled families, and return their sources.

    What a documented cell says stays as it is, and so does what an observation only confirms.
    """
    by_name = {family["family"]: family for family in families}
    sources: dict[str, dict[str, str | None]] = {}
    for number, whole in enumerate(files.observed):
        name = f"observed-{number + 1}" if number else "observed"
        model: schema.ObservedFile = whole.model
        dates = [entry.as_of.isoformat() for entry in model.observed]
        sources[name] = {"title": model.source, "url": None, "date": max(dates, default=None)}
        for index, entry in enumerate(model.observed):
            with guarded(report):
                _lay(Entry(whole.path, whole.text, ("observed", index), entry), by_name, known, name)
    for family in families:
        for cell in family["cells"]:
            if "observed" in cell:
                cell["observed"].sort(key=lambda seen: json.dumps(seen, sort_keys=True))
    return sources


def _lay(entry: Entry, families: dict[str, Compiled], known: dict[str, Property], source: str) -> None:
    model: schema.ObservedEntry = entry.model
    family = families.get(model.family)
    if family is None:
        raise entry.error(("family",), f"{model.family} is no family")
    setting = known.get(model.property)
    if setting is None or not setting.makes_a_policy:
        raise entry.error(("property",), f"{model.property} is no setting of a device")
    within = _within(entry, setting)
    made: dict[int, int] = {}
    row = family["support"].setdefault(setting.key, [-1] * len(family["releases"]))
    for position in _covered(entry, family):
        if row[position] not in made:
            made[row[position]] = _observed_cell(family, row[position], model, within, source)
        row[position] = made[row[position]]


def _covered(entry: Entry, family: Compiled) -> list[int]:
    versions = entry.model.versions
    wanted = [versions] if isinstance(versions, str) else versions or [""]
    try:
        specifiers = [SpecifierSet(each) for each in wanted]
    except InvalidSpecifier:
        raise entry.error(("versions",), f"{versions!r} is not a version requirement") from None
    found = [
        position
        for position, release in enumerate(family["releases"])
        if any(release["version"] in each for each in specifiers)
    ]
    if not found:
        raise entry.error(("versions",), f"{versions} holds for no release of {family['family']}")
    return found


def _within(entry: Entry, known: Property) -> Within:
    model = entry.model.within
    ends = [each for each in (model.min, model.max) if each is not None]
    if not ends and not model.equals:
        raise entry.error(("within",), "an observation holds for some values: min, max or equals")
    try:
        for written in (*ends, *(model.equals or ())):
            read = known.written(written)
            if written in ends and values.magnitude(read) is None:
                raise entry.error(("within",), f"{written!r} is no size of {known.key}")
    except values.Unreadable as error:
        raise entry.error(("within",), f"this does not fit {known.key}: {error}") from None
    return Within(model.min, model.max, tuple(model.equals) if model.equals else None)


def _observed_cell(family: Compiled, index: int, model: schema.ObservedEntry, within: Within, source: str) -> int:
    """Return the index of a cell that adds an observation to another one, or of that one where it stays as it was."""
    cell: Compiled = family["cells"][index] if index >= 0 else {"support": "unknown", "sources": []}
    support = settled(cell["support"], cell.get("evidence"), taken=model.support != "blocks")
    if support is None and _is_inferred_condition(cell):
        support = model.support
    if support is None:
        return index
    policies = f"{model.policies} polic{'y' if model.policies == 1 else 'ies'}"
    devices = f"{model.devices} device{'' if model.devices == 1 else 's'}"
    known = "" if cell["support"] in ("unknown", "unmet") else f" The data says {cell['support']} (inferred)."
    seen = {
        "support": support,
        "within": within.entry,
        "devices": model.devices,
        "policies": model.policies,
        "as_of": model.as_of.isoformat(),
        "note": f"Observed on {devices} here, under {policies} ({model.as_of.isoformat()}).{known}",
        "source": source,
    }
    family["cells"].append({**cell, "observed": [*cell.get("observed", ()), seen]})
    return len(family["cells"]) - 1


def _is_inferred_condition(cell: Compiled) -> bool:
    """Tell whether a cell is inferred to refuse some values, so that it depends on the value what it says."""
    condition: Compiled | None = cell.get("blocks")
    return condition is not None and not condition.get("hardware") and cell.get("evidence") == "inferred"
