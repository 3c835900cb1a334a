"""What an export does not tell of its policies: which targets it can matter to, and the one note that says so."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from policylint.judging.findings import Finding, Ruling
from policylint.judging.rulings import Rulings
from policylint.judging.targets import TargetSet
from policylint.knowledge.catalogue import Catalogue, Property
from policylint.knowledge.rulebook import Rulebook
from policylint.policies.policy import Policy

_NAMED = 8


class Hidden(NamedTuple):
    """A set of properties whose values an export does not tell; masks of targets.

    `may_break` holds targets that need one value of one of them. `may_refuse` holds those that a closed gate may keep
    out because of one of them.
    """

    properties: tuple[Property, ...]
    may_break: int
    may_refuse: int


NOTHING = Hidden((), 0, 0)


class HiddenSettings:
    """Works out once for each set what it means that it is hidden."""

    def __init__(self, catalogue: Catalogue, rulings: Rulings, targets: TargetSet, rulebook: Rulebook):
        self._catalogue = catalogue
        self._rulings = rulings
        self._targets = targets
        self._rulebook = rulebook
        self._switches = tuple({known.gate.property: None for known in catalogue if known.gate is not None})
        self._of: dict[tuple[tuple[Property, ...], tuple[str, ...]], Hidden] = {}

    def of(self, policy: Policy) -> Hidden:
        """Return what a policy does not tell."""
        hidden = policy.hidden
        if not hidden:
            return NOTHING
        off = tuple(key for key in self._switches if policy.value(key) is False)
        found = self._of.get((hidden, off))
        if found is None:
            may_break = may_refuse = 0
            for known in hidden:
                may_break |= self._rulings.must_be_mask(known)
                may_refuse |= self._may_refuse(known, off)
            found = self._of[hidden, off] = Hidden(hidden, may_break, may_refuse)
        return found

    def _may_refuse(self, known: Property, off: Sequence[str]) -> int:
        """Return the targets that a closed gate may keep out because of a property, some switches being off."""
        gate = known.gate
        if gate is None or gate.property not in off:
            return self._rulings.could_refuse_mask(known, for_certain=False)
        return self._rulings.could_refuse_mask(known, for_certain=True) if gate.basis == "per-client" else 0

    def notes(self, policies: Sequence[Policy]) -> list[Finding]:
        """Say once for each set of hidden properties how many they are, which of them can matter, and what to do."""
        first: dict[frozenset[str], Policy] = {}
        layouts = set()
        for policy in policies:
            if policy.problems or policy.layout not in layouts:
                layouts.add(policy.layout)
                hidden = frozenset(known.key for known in policy.hidden)
                if hidden:
                    first.setdefault(hidden, policy)
        return [self._note(policy, keys) for keys, policy in first.items()]

    def _note(self, policy: Policy, keys: frozenset[str]) -> Finding:
        hidden = [known for known in self._catalogue if known.key in keys]
        masks = [
            self._rulings.must_be_mask(known) | self._rulings.could_refuse_mask(known, for_certain=False)
            for known in hidden
        ]
        mattering = [policy.spell(known) for known, mask in zip(hidden, masks, strict=True) if mask]
        mask = reduce(or_, masks, 0)
        rule = self._rulebook.by_outcome["hidden"]
        total = sum(known.kind == "device" for known in self._catalogue)
        noun = "ActiveSyncMailboxPolicy" if policy.layout.dialect == "activesync" else "MobileDeviceMailboxPolicy"
        which = "none can keep one of these devices out"
        if mattering:
            which = (
                f"for these devices it can matter what {_listed(mattering)} {'is' if len(mattering) == 1 else 'are'}"
            )
        advice = f"export all with Get-{noun} | Export-Clixml policies.xml"
        detail = f"{len(hidden)} of the {total} settings for devices; {which}; {advice}"
        ruling = Ruling(rule, self._targets, mask, detail=detail, key=" ".join(known.key for known in hidden))
        return Finding(ruling, policy, policy.mark)


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    if more > 1:
        return f"{', '.join(names[:_NAMED])} and {more} more"
    return ", ".join(names)
