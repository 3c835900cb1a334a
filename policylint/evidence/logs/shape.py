"""The shape of plain values, so that what somebody saved, or spoilt, is known to be what it says."""

from typing import Any

Shape = Any
"""A type; `[shape]` for a list of it; `{str: shape}` for names to it; else names, each with its shape."""


def has_shape(value: Any, shape: Shape) -> bool:
    """Tell whether a value that was read from JSON has a shape. Names beyond those of the shape do no harm."""
    if isinstance(shape, list):
        return isinstance(value, list) and all(has_shape(one, shape[0]) for one in value)
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return False
        if str in shape:
            return all(has_shape(one, shape[str]) for one in value.values())
        return all(name in value and has_shape(value[name], inner) for name, inner in shape.items())
    if isinstance(shape, tuple):
        return any(has_shape(value, one) for one in shape)
    return type(value) is shape
