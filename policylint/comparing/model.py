"""The models of a comparison: two sides go in, the policies that differ come out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal, NamedTuple

from policylint.judging.findings import Finding
from policylint.judging.report import Verdicts
from policylint.judging.stamp import Stamp
from policylint.knowledge.catalogue import Property
from policylint.policies.files import Input
from policylint.policies.policy import Policy
from policylint.values import Value

Direction = Literal["stricter", "looser", "neither"]
"""Whether a change asks more of a device, less, or neither of both."""

ChangeKind = Literal["changed", "now-shown", "no-longer-shown", "unreadable"]
"""`changed`: both sides show a value, and they differ. The others say that there are not two values to compare."""

ImpactKind = Literal["newly-refused", "newly-unenforced", "cured", "no-longer-seen"]
"""`no-longer-seen`: a finding is gone because the new side does not show what it depends on, so nothing is cured."""

Status = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Side:
    """One side: what a reader calls it, its files, its policies. Paths count from behind `prefix`.

    With `is_one` it is a single policy that was asked for by name.
    """

    name: str
    inputs: Sequence[Input]
    policies: Sequence[Policy]
    prefix: str = ""
    is_one: bool = False

    def file(self, policy: Policy) -> str:
        """Return which file of the side a policy stands in: the same file has the same name on both sides."""
        return policy.document.path.removeprefix(self.prefix)


class Pair(NamedTuple):
    """A policy as it was and as it is; None where a side lacks it. `by` says what it was recognised by."""

    old: Policy | None
    new: Policy | None
    by: Literal["guid", "name"] | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """How one side shows a setting. `unreadable` says why its value could not be read; its text is then `raw`."""

    policy: Policy
    spelling: str
    value: Value
    mark: int
    unreadable: str | None = None
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One setting that differs. `direction` is None where there are not two values to compare."""

    property: Property
    kind: ChangeKind
    old: Sight | None
    new: Sight | None
    direction: Direction | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change does to some targets: a finding that is new to them, or that they had and lost.

    `finding` speaks of these targets only, and is of the old side where it is lost. `cause` is the change it comes
    from, if that can be told. `known_before` is False where the old side does not show what it depends on.
    """

    kind: ImpactKind
    finding: Finding
    cause: Change | None = None
    known_before: bool = True

    @property
    def worse(self) -> bool:
        """Whether targets fare worse for it."""
        return self.kind in ("newly-refused", "newly-unenforced")


class Move(NamedTuple):
    """Targets, as a mask, whose verdict is another one; an added policy has no old verdict.

    With `as_far_as_shown` it is a better one, and the new side hides something that the old one demanded.
    """

    old: str | None
    new: str
    mask: int
    as_far_as_shown: bool = False


Answers = tuple[str, tuple[int, int, int, int]]
"""Access, and how many demands are met, met in part, not met, unknown."""


class Shift(NamedTuple):
    """Targets, as a mask, whose verdict is the same and whose access or demands are not."""

    old: Answers
    new: Answers
    mask: int


class Remark(NamedTuple):
    """Something to know about the change of a policy; `sources` are ids."""

    text: str
    sources: tuple[str, ...]

    def __str__(self) -> str:
        """Cite the sources behind the text."""
        return f"{self.text} [{', '.join(self.sources)}]"


@dataclass(frozen=True, slots=True)
class PolicyDiff:
    """One policy that differs."""

    pair: Pair
    changes: Sequence[Change] = ()
    impacts: Sequence[Impact] = ()
    moves: Sequence[Move] = ()
    shifts: Sequence[Shift] = ()
    remarks: Sequence[Remark] = ()

    @property
    def policy(self) -> Policy:
        """The policy as it is, or as it was where it is gone."""
        policy = self.pair.new or self.pair.old
        assert policy is not None
        return policy

    @property
    def status(self) -> Status:
        """Whether it is added, removed or changed."""
        if self.pair.old is None:
            return "added"
        return "removed" if self.pair.new is None else "changed"

    @property
    def former_name(self) -> str | None:
        """What it was called before, if it was renamed."""
        return renamed(self.pair)

    def by_cause(self) -> dict[str | None, list[Impact]]:
        """Sort the impacts by the property whose change they come from; None: that cannot be told."""
        found: dict[str | None, list[Impact]] = {}
        for each in self.impacts:
            found.setdefault(each.cause.property.key if each.cause is not None else None, []).append(each)
        return found


def renamed(pair: Pair) -> str | None:
    """Return the old name of a policy that has another one now."""
    if pair.old is None or pair.new is None or pair.old.own_name is None or pair.new.own_name is None:
        return None
    return pair.old.own_name if pair.old.own_name != pair.new.own_name else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything a run has to say: the policies that differ, and how many do not.

    `not_told` has for `old` and `new` what their exports hide or nobody can read; for `old` only what is not the same
    in `new`.
    """

    kind: ClassVar[str] = "diff"

    stamp: Stamp
    old: Side
    new: Side
    policies: Sequence[PolicyDiff]
    unchanged: int
    notes: Sequence[str] = ()
    not_told: Mapping[str, Sequence[Verdicts]] = field(default_factory=dict)

    @property
    def severities(self) -> set[str]:
        """The severities of what makes targets fare worse, and of what the new side does not tell."""
        found = [each.finding for each in self.worse]
        found += [each for verdicts in self.not_told.get("new", ()) for each in verdicts.findings if not each.waived]
        return {finding.rule.severity for finding in found}

    @property
    def worse(self) -> list[Impact]:
        """What makes targets fare worse and is not waived."""
        return [
            each for policy in self.policies for each in policy.impacts if each.worse and each.finding.waived is None
        ]
