"""How targets stand to a policy: access and demands met, exactly as the design has it in section 2b."""

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_

from policylint.judging.answer import MET, Answer
from policylint.judging.hidden import Hidden
from policylint.judging.report import ACCESS, VERDICTS, of_the_first
from policylint.judging.run import Run
from policylint.policies.policy import Setting

CLOSED, OPEN = False, True
"""Where the provisioning gate may stand."""


class Standing:
    """How the targets of a run stand to one policy.

    `broken` are the targets that need another value, and `broken_by_gate` those that need the gate elsewhere, for each
    position that it may have: one, or both where the export does not show it.
    """

    def __init__(
        self,
        run: Run,
        answers: Sequence[tuple[Setting, Answer]],
        hidden: Hidden,
        broken: int,
        broken_by_gate: Mapping[bool, int],
    ):
        self._run = run
        self._answers = [answer for _, answer in answers]
        self._hidden = hidden
        self._everything = run.targets.everything
        self._ruled_out = {
            "cannot-connect": run.server_end.refused,
            "not-applicable": run.rulings.not_concerned,
        }
        self._behind = {gate: self._access_behind(gate, broken | mask) for gate, mask in broken_by_gate.items()}
        self.access = self._access()
        self.met = self._met()

    def _access_behind(self, gate: bool, broken: int) -> dict[str, int]:
        rulings, hidden = self._run.rulings, self._hidden
        refused, on_some, maybe = broken, 0, hidden.may_break
        if gate is CLOSED:
            refused |= rulings.cannot_provision
            maybe |= hidden.may_refuse | rulings.silent
            for answer in self._answers:
                refused |= answer.refusing
                on_some |= answer.refusing_some
                maybe |= answer.unsettled
        found = {**self._ruled_out, "refused": refused, "refused-on-some": on_some, "maybe": maybe}
        return of_the_first(ACCESS, found, self._everything, "let-in")

    def _access(self) -> dict[str, int]:
        """Return the access where the gate stands; where that is not shown and makes a difference, it is `maybe`."""
        one, *others = self._behind.values()
        if not others:
            return one
        (other,) = others
        alike = {word: mask & other.get(word, 0) for word, mask in one.items()}
        return of_the_first(ACCESS, alike, self._everything, "maybe")

    def _met(self) -> dict[str, list[int]]:
        """Return for each word of `MET` a mask for each demand that some target meets so far."""
        rulings = self._run.rulings
        unreached = rulings.cannot_provision if OPEN not in self._behind else rulings.never_fetches
        # where it is not shown, these fetch the policy behind a closed gate only
        unsure = rulings.never_fetches & ~rulings.cannot_provision if len(self._behind) > 1 else 0
        found: dict[str, list[int]] = {word: [] for word in MET}
        for answer in self._answers:
            masks = answer.met_without(unreached)
            if unsure:
                masks = masks.copy()
                differing = unsure & answer.counting & ~answer.met["not"]
                masks["not"] &= ~differing
                masks["unknown"] |= differing
            for word, mask in masks.items():
                if mask:
                    found[word].append(mask)
        return found

    def verdicts(self) -> dict[str, int]:
        """Return both answers in one word."""
        weakened = _union(self.met["partly"]) | _union(self.met["not"])
        unknown = _union(self.met["unknown"]) | self.access.get("maybe", 0)
        found = {**self.access, "weakened": weakened, "unknown": unknown}
        return of_the_first(VERDICTS, found, self._everything, "accepted")

    def refused_if_closed(self) -> int:
        """Return the targets that a closed gate keeps out, some hardware of them at least, and an open one does not."""
        closed, opened = self._behind[CLOSED], self._behind[OPEN]
        return (closed.get("refused", 0) | closed.get("refused-on-some", 0)) & ~opened.get("refused", 0)

    def maybe_if_closed(self) -> int:
        """Return the targets that a closed gate may keep out, as far as is known, and an open one does not."""
        return self._behind[CLOSED].get("maybe", 0) & self._behind[OPEN].get("let-in", 0)


def _union(masks: Iterable[int]) -> int:
    return reduce(or_, masks, 0)
