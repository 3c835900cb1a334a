"""The targets of a run, and sets of them."""

import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence

from policylint.knowledge.families import Target
from policylint.knowledge.query import fold


class TargetSet:
    """The targets of a run. A set of them is an integer, a *mask*, with one bit for each in the order of the run."""

    def __init__(self, targets: tuple[Target, ...]):
        self.targets = targets
        self.everything = (1 << len(targets)) - 1
        self._members: dict[int, tuple[Target, ...]] = {}
        self._bits: dict[int, tuple[int, ...]] = {}
        self._lanes: dict[int, int] = {}
        self._folded: dict[int, str] = {}
        self._spread: dict[tuple[tuple[str, int], ...], tuple[str, ...]] = {}

    def mask(self, chosen: Iterable[Target]) -> int:
        """Return the mask of some targets; those that are not of the run are left out."""
        wanted = set(chosen)
        return sum(1 << bit for bit, target in enumerate(self.targets) if target in wanted)

    def members(self, mask: int) -> tuple[Target, ...]:
        """List the targets in a mask."""
        found = self._members.get(mask)
        if found is None:
            found = self._members[mask] = tuple(self.targets[bit] for bit in self.bits(mask))
        return found

    def bits(self, mask: int) -> tuple[int, ...]:
        """List the positions of the targets in a mask."""
        found = self._bits.get(mask)
        if found is None:
            found = self._bits[mask] = tuple(bit for bit in range(len(self.targets)) if mask >> bit & 1)
        return found

    def spread(self, masks: Mapping[str, int]) -> Sequence[str]:
        """Return for each target the word whose mask it is in, of words whose masks have no target in common."""
        key = tuple(masks.items())
        found = self._spread.get(key)
        if found is None:
            words = [""] * len(self.targets)
            for word, mask in key:
                for bit in self.bits(mask):
                    words[bit] = word
            found = self._spread[key] = tuple(words)
        return found

    def tally(self, masks: Iterable[int]) -> Sequence[int]:
        """Count for each target how many of the masks it is in.

        A mask becomes an integer with a lane of 16 bits for each target, so that one addition counts for all of them.
        """
        total = 0
        for mask in masks:
            lanes = self._lanes.get(mask)
            if lanes is None:
                lanes = self._lanes[mask] = sum(1 << 16 * bit for bit in self.bits(mask))
            total += lanes
        counts = array("H", total.to_bytes(2 * len(self.targets), "little"))
        if sys.byteorder == "big":
            counts.byteswap()
        return counts

    def fold(self, mask: int) -> str:
        """Print a mask in short, as `query.fold` does."""
        found = self._folded.get(mask)
        if found is None:
            found = self._folded[mask] = fold(self.members(mask))
        return found
