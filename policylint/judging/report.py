"""How policies fare on targets, and the report that holds all that a run has to say.

A renderer sees the report and nothing else.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar, NamedTuple

from policylint.judging.answer import MET
from policylint.judging.findings import SEVERITIES, Finding
from policylint.judging.stamp import Stamp
from policylint.judging.targets import TargetSet
from policylint.knowledge import Source
from policylint.knowledge.catalogue import Property
from policylint.policies.files import Input
from policylint.policies.judged import Judged
from policylint.policies.policy import Policy, Setting

ACCESS = ("cannot-connect", "not-applicable", "refused", "refused-on-some", "maybe", "let-in")
"""Whether a target gets in; where several would fit, the first one decides."""

VERDICTS = (
    "cannot-connect",
    "refused",
    "refused-on-some",
    "weakened",
    "unknown",
    "accepted",
    "not-applicable",
)
"""Every verdict, the gravest first, and what is known before what is not."""


def of_the_first(words: Iterable[str], masks: Mapping[str, int], everything: int, otherwise: str) -> dict[str, int]:
    """Give each target the first of some words whose mask has it, the rest `otherwise`; without empty masks."""
    found: dict[str, int] = {}
    left = everything
    for word in words:
        mask = masks.get(word, 0) & left
        if mask:
            found[word] = mask
            left &= ~mask
    if left:
        found[otherwise] = found.get(otherwise, 0) | left
    return found


class Passed(NamedTuple):
    """A demand that targets meet: a mask of them for each support that is as good (`enforced`, `accepted`)."""

    setting: Setting
    masks: dict[str, int]


@dataclass(slots=True, eq=False)
class Verdicts:
    """How one policy, or one chain, fares: masks of targets for each verdict and access, and how far demands are met.

    `met` has for each word (`met`, `partly`, `not`, `unknown`) the masks of targets, one for each demand. `unknown` are
    the demands whose support is unknown, `passed` those that some target meets, if they were asked for.
    """

    about: Judged
    masks: dict[str, int]
    access: dict[str, int]
    met: dict[str, list[int]]
    unknown: list[tuple[Property, int]]
    findings: list[Finding]
    passed: list[Passed] = field(default_factory=list)

    @property
    def policy(self) -> Policy:
        """The policy that fares so; asked for only where it is one."""
        assert isinstance(self.about, Policy)
        return self.about

    def rows(self, targets: TargetSet) -> Iterator[tuple[str, str]]:
        """Yield each verdict with what it holds for, in words."""
        for verdict in VERDICTS:
            mask = self.masks.get(verdict)
            if mask:
                yield verdict, targets.fold(mask)

    def by_target(self, targets: TargetSet) -> Sequence[str]:
        """Return the verdict for every target."""
        return targets.spread(self.masks)

    def access_by_target(self, targets: TargetSet) -> Sequence[str]:
        """Return the access of every target."""
        return targets.spread(self.access)

    def demands(self, targets: TargetSet) -> tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[int]]:
        """Return how many demands are met, met in part, not met, and unknown, each for every target."""
        met, partly, unmet, unknown = (targets.tally(self.met.get(word, ())) for word in MET)
        return met, partly, unmet, unknown

    def counts(self, targets: TargetSet) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
        """Return the numbers of errors, warnings and unknown demands, each for every target; waived ones left out."""
        by_severity: dict[str, list[int]] = {severity: [] for severity in SEVERITIES}
        for finding in self.findings:
            if finding.waived is None:
                by_severity[finding.rule.severity].append(finding.ruling.mask)
        return (
            targets.tally(by_severity["error"]),
            targets.tally(by_severity["warning"]),
            targets.tally(mask for _, mask in self.unknown),
        )


@dataclass(slots=True)
class Report:
    """Everything one run has to say.

    `kind` is the kind of report, `about` what it is about. `unread` tells of the inputs that could not be read,
    `sources` holds those that rules name, by their id.
    """

    kind: ClassVar[str] = "check"
    about: ClassVar[str] = "policy"

    stamp: Stamp
    inputs: list[Input] = field(default_factory=list)
    verdicts: list[Verdicts] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    sources: Mapping[str, Source] = field(default_factory=dict)

    @property
    def targets(self) -> TargetSet:
        """The targets of the run."""
        return self.stamp.targets

    @property
    def extent(self) -> str | None:
        """How much was looked at, in words, where that is not so many policies for so many targets."""
        return None

    @property
    def findings(self) -> list[Finding]:
        """All findings, policy by policy."""
        return [finding for verdicts in self.verdicts for finding in verdicts.findings]

    def only(self, severities: Collection[str]) -> "Report":
        """Return the report with just the findings of some severities that are not waived."""
        return replace(
            self,
            verdicts=[
                replace(
                    verdicts,
                    findings=[
                        each for each in verdicts.findings if each.waived is None and each.rule.severity in severities
                    ],
                    passed=[],
                )
                for verdicts in self.verdicts
            ],
        )

    def counts(self) -> dict[str, int]:
        """Count the findings of each severity; waived ones do not count."""
        # there are far fewer rulings than findings
        rulings = Counter([each.ruling for verdicts in self.verdicts for each in verdicts.findings if not each.waived])
        found = dict.fromkeys(SEVERITIES, 0)
        for ruling, count in rulings.items():
            found[ruling.rule.severity] += count
        return found

    @property
    def waived(self) -> int:
        """Count the findings that are waived or in the baseline."""
        return sum(each.waived is not None for verdicts in self.verdicts for each in verdicts.findings)

    @property
    def unknown(self) -> int:
        """Count the demands, over all policies and targets, whose support nobody has documented."""
        return sum(mask.bit_count() for verdicts in self.verdicts for _, mask in verdicts.unknown)
