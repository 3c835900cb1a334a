"""What a reader looks for: the names that tell the objects it is read for from whatever else a file holds."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policylint.exports.mentions import Mention

_COLON = re.compile(r'(?:[^\w\n:"]|\[[0-9;]+m){0,500}:')


class Wanted:
    """Objects that are told by the names of their properties, in any case.

    `known` are all the names they may have, `marks` those that no other object has, `types` their .NET types.
    """

    def __init__(self, known: Iterable[str], marks: Iterable[str], types: Iterable[str] = ()):
        self.marks = frozenset(name.casefold() for name in marks)
        self.known = self.marks.union(name.casefold() for name in known)
        self._words = sorted(mark.encode() for mark in self.marks)
        self._types = sorted(name.casefold().encode() for name in types)
        self._held: dict[tuple[str, ...], bool] = {}
        self._pattern: re.Pattern[str] | None = None

    def __contains__(self, names: tuple[str, ...]) -> bool:
        """Tell whether an object with these names is one of them."""
        found = self._held.get(names)
        if found is None:
            found = self._held[names] = any(name.casefold() in self.marks for name in names)
        return found

    def is_known(self, name: str) -> bool:
        """Tell whether one of them may have a property of this name."""
        return name.casefold() in self.known

    def speaks(self, text: str) -> bool:
        """Tell whether a text holds a name that only they have."""
        lowered = text.lower()
        return any(mark in lowered for mark in self.marks)

    def places(self, text: str, start: int) -> Iterator[int]:
        """Yield the offsets from `start` on at which a name stands that only they have."""
        if self._pattern is None:
            words = sorted(map(re.escape, self.marks), key=len, reverse=True)
            self._pattern = re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
        return (found.start() for found in self._pattern.finditer(text, start))

    def is_listed(self, text: str) -> bool:
        """Tell whether a colon stands behind such a name, with nothing but blanks, marks and colours between."""
        lowered = text.lower()
        for mark in self.marks:
            start = lowered.find(mark)
            while start >= 0:
                end = start + len(mark)
                if _COLON.match(lowered, end):
                    return True
                start = lowered.find(mark, end)
        return False

    def spoken_of(self, data: bytes) -> "Mention | None":
        """Find one of them in bytes that could not be read."""
        from policylint.exports.mentions import mention

        return mention(data, self._words, self._types)

    def left_in(self, text: str) -> "Mention | None":
        """Find a value of one of them in a text that was not read."""
        if not text.strip():
            return None
        from policylint.exports.mentions import Standing, mention

        found = mention(text.encode("utf-8", "replace"), self._words)
        return found if found is not None and found.standing is Standing.DATA else None
