"""What a reader may have meant who wrote a name that nothing has."""

from collections.abc import Collection


def nearest(name: str, known: Collection[str], *, cutoff: float = 0.5) -> list[str]:
    """List up to three known names that are near to one, the nearest first; case does not count."""
    import difflib  # only where something is misspelt

    folded = {each.casefold(): each for each in known}
    return [folded[each] for each in difflib.get_close_matches(name.casefold(), folded, cutoff=cutoff)]


def did_you_mean(near: Collection[str]) -> str:
    """Say it, to follow what is wrong; nothing where nothing is near."""
    return f"; did you mean {' or '.join(near)}?" if near else ""
