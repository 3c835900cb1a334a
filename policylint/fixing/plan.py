"""What a strategy makes: values to change in one policy, or a policy to add, and what that costs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from policylint.fixing.subject import REFUSALS, Subject
from policylint.judging.findings import Finding
from policylint.judging.remedy import Command, command, new_policy
from policylint.judging.rulings import WEAKNESSES
from policylint.knowledge.catalogue import GATE, Property
from policylint.policies.changing import changed, fresh
from policylint.policies.policy import Policy
from policylint.strictness import rank
from policylint.values import Value

NAMELESS = "the export does not say what the policy is called, so no command would find it"


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """A property that gets another value, because of some findings. `shown` tells whether the export has it at all."""

    known: Property
    before: Value
    shown: bool
    after: Value
    findings: tuple[Finding, ...]

    @property
    def loosens(self) -> bool:
        """Whether less is asked of devices afterwards; of what the export does not show that is not known."""
        if self.before is None:
            return False
        if self.known.is_neutral(self.after):
            return not self.known.is_neutral(self.before)
        if self.known.is_neutral(self.before) or self.known.stricter in ("flat", "none", "superset", "subset"):
            return False
        return rank(self.known, self.after) < rank(self.known, self.before)


@dataclass(frozen=True, slots=True, eq=False)
class Hindrance:
    """Why a strategy does not do for some finding what it would have to do, and what to do instead."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What one strategy does about one policy.

    With `new_name` the changes are all that a new policy demands, else they are made to the policy itself. `hindrances`
    say what it does not cure; `dropped` lists the demands, with the findings they are dropped for, that the devices
    are no longer given, `unenforced` what they are given and will not do.
    """

    strategy: str
    subject: Subject
    changes: tuple[Change, ...] = ()
    hindrances: tuple[Hindrance, ...] = ()
    dropped: tuple[Change, ...] = ()
    unenforced: tuple[Finding, ...] = ()
    new_name: str | None = None

    @property
    def opens_the_gate(self) -> bool:
        """Whether it opens the provisioning gate of the policy itself, for everybody who has it."""
        return self.new_name is None and any(change.known.key == GATE for change in self.changes)

    @property
    def finds_its_policy(self) -> bool:
        """Whether a command could name the policy: an export may say neither its name nor its Guid."""
        return self.new_name is not None or bool(self.subject.policy.own_name or self.subject.policy.guid)

    @property
    def cures_everything(self) -> bool:
        """Whether nothing is left that it set out to cure."""
        return not self.hindrances and self.finds_its_policy

    def commands(self) -> list[Command]:
        """Return what would be run: one command for each change, or the one that makes a new policy."""
        if not self.changes or not self.finds_its_policy:
            return []
        if self.new_name is not None:
            settings = {change.known: change.after for change in self.changes}
            return [new_policy(self.subject.policy, self.new_name, settings, self.subject.server)]
        return [each for change in self.changes for each in self.commands_for(change)]

    def commands_for(self, change: Change) -> list[Command]:
        """Return the command that makes one change to the policy itself."""
        made = command(self.subject.policy, change.known, change.after, self.subject.server)
        return [made] if made else []

    @property
    def unseen(self) -> Sequence[Property]:
        """What the export hides, where that limits what the plan can promise: it may refuse, or be asked for."""
        return self.subject.policy.hidden if self.new_name is not None else self.subject.unseen(self.outcome())

    def outcome(self) -> Policy:
        """Return the policy that the devices would get."""
        values = {change.known.key: change.after for change in self.changes}
        catalogue = self.subject.knowledge.catalogue
        if self.new_name is not None:
            return fresh(self.subject.policy, self.new_name, values, catalogue)
        return changed(self.subject.policy, values, catalogue)


class Verification(NamedTuple):
    """What became of the findings that a plan set out to cure.

    `cured` counts them, `remaining` are the refusals that are left, `new` is what was neither found before nor told as
    the price of the plan.
    """

    cured: int
    remaining: tuple[Finding, ...]
    new: tuple[Finding, ...]


def verify(plan: Plan) -> Verification:
    """Apply a plan in memory and judge again."""
    subject = plan.subject
    after = subject.judge(plan.outcome())
    remaining = [finding for finding in after if finding.rule.outcome in REFUSALS]
    told = [*subject.findings, *plan.unenforced]
    new = [finding for finding in after if _counts(finding) and finding not in remaining and not _known(finding, told)]
    still = sum(_known(finding, remaining) for finding in subject.refusals)
    return Verification(len(subject.refusals) - still, tuple(remaining), tuple(new))


def _counts(finding: Finding) -> bool:
    return finding.rule.outcome in WEAKNESSES or finding.rule.severity != "note"


def _known(finding: Finding, others: Iterable[Finding]) -> bool:
    """Tell whether one of the others says the same, of at least as many targets."""
    return any(
        other.rule is finding.rule
        and other.subject_property == finding.subject_property
        and not finding.ruling.mask & ~other.ruling.mask
        for other in others
    )
