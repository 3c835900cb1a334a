"""Finds the property that a reader names."""

from policylint.knowledge.catalogue import Catalogue, Property
from policylint.knowledge.nearest import did_you_mean


class UnknownPropertyError(Exception):
    """A name that no property has, or that of one no device is concerned with; the message is one line."""


def property_named(name: str, catalogue: Catalogue) -> Property:
    """Return a property by its key, either spelling or the phone's own name, in any case.

    Raises `UnknownPropertyError`, with the nearest names.
    """
    known = catalogue.searched(name)
    if known is None:
        near = catalogue.nearest(name, of_devices=True)
        raise UnknownPropertyError(f"unknown property {name!r}{did_you_mean(near)}")
    if known.neutral is None:
        raise UnknownPropertyError(f"{known.key} asks nothing of a device: only Exchange reads it")
    return known
