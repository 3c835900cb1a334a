"""Lists as PowerShell prints them on a line: `{a, b}`, with dots at the end where it cut them."""

CUT = "..."
_CUTS = (CUT, "\u2026")


def listed(text: str) -> tuple[str, ...] | None:
    """Return the entries of a list in braces, `CUT` the last where the text ends in dots; None for any other text."""
    if not text.startswith("{"):
        return None
    is_cut = text.removesuffix("}").endswith(_CUTS)
    if not text.endswith("}") and not is_cut:
        return None
    inner = text[1:].removesuffix("}")
    for mark in _CUTS:
        inner = inner.removesuffix(mark)
    entries = tuple(entry.strip() for entry in inner.split(",") if entry.strip())
    return (*entries, CUT) if is_cut else entries


def closes(text: str) -> bool:
    """Tell whether a list can end where a text ends."""
    return text.endswith(("}", *_CUTS))
