"""Names for new policies: such as a directory takes, and unlike every name that was read.

The name of a policy is the common name of an object in the directory, which holds 64 characters at most (attribute `cn`
of the Active Directory schema, rangeUpper 64). Names that differ in case alone are one name; to be on the safe side, so
are those that differ in accents.
"""

import unicodedata
from collections.abc import Iterable

_LONGEST = 64


class Names:
    """Hands out names, each once. Only the names of the policies that were read are known to be taken."""

    def __init__(self, taken: Iterable[str]):
        self._taken = {_compared(name) for name in taken}

    def beside(self, name: str, query: str) -> str:
        """Return a name for a policy beside the one called `name`, for the devices of a query, and take it."""
        base, suffix, number = _one_line(name), f" ({_one_line(query)})", 1
        while True:
            again = f" {number}" if number > 1 else ""
            found = _shortened(base, suffix[: _LONGEST // 2] + again)
            if _compared(found) not in self._taken:
                self._taken.add(_compared(found))
                return found
            number += 1


def _compared(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.strip().casefold())
    return "".join(each for each in decomposed if not unicodedata.combining(each))


def _one_line(text: str) -> str:
    """Leave out what no name can hold: line breaks, and characters that are not seen."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _shortened(text: str, suffix: str) -> str:
    """Join both, and shorten the text so that the directory takes it: it counts in UTF-16."""
    while _units(text) + _units(suffix) > _LONGEST:
        text = text[:-1]
    return f"{text.rstrip()}{suffix}".strip()


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
