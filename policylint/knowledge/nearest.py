"""What a reader may have meant who wrote a name that nothing has."""

from collections.abc import Collection

_SHORT = 2
"""A word of no more letters may be the beginning of anything."""
_MOST = 3


def nearest(name: str, known: Collection[str], *, cutoff: float = 0.5) -> list[str]:
    """List up to three known names that are near to one, the nearest first; case does not count.

    Where names begin with it, they are what was meant, and others that look like it are not.
    """
    import difflib  # only where something is misspelt

    folded = {each.casefold(): each for each in known}
    longer = [each for each in folded if each.startswith(name.casefold())] if len(name) > _SHORT else []
    if 0 < len(longer) <= _MOST:
        return [folded[each] for each in sorted(longer)]
    return [folded[each] for each in difflib.get_close_matches(name.casefold(), folded, cutoff=cutoff)]


def did_you_mean(near: Collection[str]) -> str:
    """Say it, to follow what is wrong; nothing where nothing is near."""
    return f"; did you mean {' or '.join(near)}?" if near else ""
