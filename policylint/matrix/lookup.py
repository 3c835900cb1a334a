"""Finds the property that a reader names."""

import difflib

from policylint.knowledge.catalogue import Catalogue, Property


class UnknownPropertyError(Exception):
    """A name that no property has, or that of one no device is concerned with; the message is one line."""


def property_named(name: str, catalogue: Catalogue) -> Property:
    """Return a property by its key, either spelling or the phone's own name, in any case.

    Raises `UnknownPropertyError`, with the nearest names.
    """
    known = catalogue.searched(name)
    if known is None:
        raise UnknownPropertyError(f"unknown property {name!r}{_hint(name, catalogue)}")
    if known.neutral is None:
        raise UnknownPropertyError(f"{known.key} asks nothing of a device: only Exchange reads it")
    return known


def _hint(name: str, catalogue: Catalogue) -> str:
    wanted = name.casefold()
    names = {
        each.casefold(): each
        for known in catalogue.properties
        if known.neutral is not None
        for each in (*known.spellings, known.phone_name)
        if each
    }
    # half a name (`camera`) is nearer than any misspelling of another
    near = [each for each in names if wanted and wanted in each] or difflib.get_close_matches(wanted, names, cutoff=0.5)
    return f"; did you mean {' or '.join(names[each] for each in near[:3])}?" if near else ""
