"""What devices of one release made of one policy: all that learning goes by."""

from dataclasses import dataclass, field

from policylint.judging.cells import refusal
from policylint.knowledge.catalogue import Property
from policylint.knowledge.families import Cell, Target
from policylint.policies.policy import Policy
from policylint.values import Value

HIDDEN, PROVISIONING = "(hidden)", "(provisioning)"
"""What stands beside suspects where the policy hides something, or the target is not known to provision."""


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """The devices, by id in lower case, that took a policy in full, took a part of it, or were refused."""

    target: Target
    policy: Policy
    all: frozenset[str]
    part: frozenset[str]
    refused: frozenset[str]

    @property
    def cut(self) -> frozenset[str]:
        """The devices that did not take all of it."""
        return self.part | self.refused


@dataclass(frozen=True, slots=True, eq=False)
class Taught:
    """A demand that is taken (or refused) on a target at a value: by which devices, under which policies.

    `cell` is what the data has. `support` is what becomes of it, None where it stays as it was.
    """

    target: Target
    known: Property
    value: Value
    taken: bool
    cell: Cell
    support: str | None
    devices: frozenset[str]
    policies: frozenset[str]

    @property
    def is_new(self) -> bool:
        """Whether it says more than is known, what was observed before included."""
        if self.support is None:
            return False
        today = self.cell.at(self.known, self.value)
        return today is self.cell or (today.support == "blocks") == self.taken

    @property
    def is_against(self) -> bool:
        """Whether a fact that is documented says otherwise, so that nothing is learned."""
        if self.support is not None:
            return False
        support = effective(self.cell, self.known, self.value)
        return support in (("blocks", "not-sent") if self.taken else _TAKEN_OR_FIXED)


_TAKEN_OR_FIXED = ("enforced", "accepted", "partial", "ignored", "must-be", "not-applicable")


def effective(cell: Cell, known: Property, value: Value) -> str:
    """Return the support of a cell at a value: one that refuses it under a condition blocks, or takes it."""
    if refusal(cell, known, value) == "blocks":
        return cell.support if cell.support == "not-sent" else "blocks"
    return "accepted" if cell.support == "blocks" else cell.support


@dataclass(frozen=True, slots=True, eq=False)
class Against:
    """A policy that was cut though every demand is known to be taken, or took hold on a few while others were cut."""

    target: Target
    policy: Policy
    why: str
    devices: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Suspects:
    """Demands of which one is refused, and nobody can tell which; with `HIDDEN` and `PROVISIONING` among them."""

    target: Target
    values: tuple[tuple[Property, Value], ...]
    marks: tuple[str, ...]
    devices: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        """The keys of the properties, and the marks."""
        return frozenset([*(known.key for known, _ in self.values), *self.marks])


@dataclass(slots=True)
class Lessons:
    """What a fleet teaches; everything in a fixed order.

    `took` are the trials in which enough devices took the policy in full.
    """

    taught: list[Taught] = field(default_factory=list)
    took: list[Trial] = field(default_factory=list)
    against: list[Against] = field(default_factory=list)
    suspects: list[Suspects] = field(default_factory=list)
