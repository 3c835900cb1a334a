"""Which of many settings one phone refuses: group testing, many at a time, split on a refusal. Pure.

A trial of some cells is refused if the phone refuses any of them. The next trial follows from the answers so far. Two
things are kept: the worst case, and the mean for phones that refuse a cell in ten. With n cells, d of them refused, no
plan takes more than d·⌈log2 n⌉ + d + 1 trials: the plain way, a trial of all that is left and then halves of it, keeps
within that, and whatever it saves may be spent on smaller trials, which tell more where many cells are refused.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log2

REFUSING = 0.1
"""How likely a cell that nobody knows is refused; the worst case does not depend on it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Where a plan stands, between two trials.

    `open` cells may be refused or not, `suspects` hold at least one that is refused, in the order in which they are
    tried, and both come in the order given at the start. `depth` is how many trials may still be spent on the suspects.
    """

    size: int
    open: tuple[str, ...]
    suspects: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    trials: int = 0
    depth: int = 0

    @property
    def done(self) -> bool:
        """Tell whether every cell is told apart."""
        return not self.open and not self.suspects

    @property
    def trial(self) -> tuple[str, ...]:
        """The cells of the next trial; none when done."""
        if self.suspects:
            return self.suspects[: _split(len(self.suspects), self.depth)]
        spare = len(self.refused) * (_depth(self.size) + 1) - self.trials
        return self.open[: _group(len(self.open))] if spare > 0 else self.open

    def answered(self, refused: bool) -> "Plan":
        """Return where the plan stands after the answer to its trial."""
        trial = self.trial
        if self.suspects:
            rest = self.suspects[len(trial) :]
            if refused:  # of the rest nothing is known any more
                return self._narrowed(trial, (*rest, *self.open), self.taken)
            return self._narrowed(rest, self.open, (*self.taken, *trial))
        rest = self.open[len(trial) :]
        if refused:
            return self._narrowed(trial, rest, self.taken, _depth(len(trial)))
        return Plan(self.size, rest, (), self.refused, (*self.taken, *trial), self.trials + 1)

    def without(self, cells: Iterable[str]) -> "Plan":
        """Return the plan once some cells cannot be tried any more: they are neither taken nor refused."""
        gone = set(cells)
        suspects = tuple(each for each in self.suspects if each not in gone)
        rest = tuple(each for each in self.open if each not in gone)
        if len(suspects) < len(self.suspects):  # what was refused may have been one of those that are gone
            suspects, rest = (), (*suspects, *rest)
        return Plan(self.size, rest, suspects, self.refused, self.taken, self.trials, self.depth)

    def _narrowed(
        self, suspects: tuple[str, ...], rest: tuple[str, ...], taken: tuple[str, ...], depth: int | None = None
    ) -> "Plan":
        """Return the plan with other suspects; a single one is the culprit, without a trial."""
        left = self.depth - 1 if depth is None else depth
        if len(suspects) == 1:
            return Plan(self.size, rest, (), (*self.refused, *suspects), taken, self.trials + 1)
        return Plan(self.size, rest, suspects, self.refused, taken, self.trials + 1, left)


def plan_for(cells: Sequence[str]) -> Plan:
    """Return the plan for some cells, each once, before its first trial."""
    cells = tuple(dict.fromkeys(cells))
    return Plan(len(cells), cells)


def _depth(size: int) -> int:
    """Return how many halvings single out one of so many: ⌈log2 size⌉."""
    return max(size - 1, 0).bit_length()


def _group(size: int) -> int:
    """Return how many of the open cells a trial holds that is as likely refused as not."""
    return min(size, max(1, round(log2(0.5) / log2(1 - REFUSING))))


def _split(size: int, depth: int) -> int:
    """Return how many of the suspects to try, so that both answers are about as likely and the depth suffices.

    What is refused first among them lies rather near the front, the more so the more of them there are.
    """
    wanted = (1 - (1 - REFUSING) ** size) / 2
    even = round(log2(1 - wanted) / log2(1 - REFUSING))
    room = 1 << (depth - 1)
    return min(max(even, size - room, 1), room, size - 1)
