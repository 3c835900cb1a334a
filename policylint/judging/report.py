"""How policies fare on targets, and the report that holds all that a run has to say.

A renderer sees the report and nothing else.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from policylint.judging.findings import SEVERITIES, Finding
from policylint.judging.stamp import Stamp
from policylint.judging.targets import TargetSet
from policylint.knowledge import Source
from policylint.knowledge.catalogue import Property
from policylint.policies.files import Input
from policylint.policies.policy import Policy, Setting

VERDICTS = (
    "cannot-connect",
    "refused",
    "refused-on-some",
    "unknown",
    "weakened",
    "not-applicable",
    "accepted",
)
"""Every verdict; where several would fit a target, the first one decides."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A demand that targets meet: a mask of them for each support that is as good (`enforced`, `accepted`)."""

    setting: Setting
    masks: dict[str, int]


@dataclass(slots=True, eq=False)
class Verdicts:
    """How one policy fares: a mask of targets for each verdict, and the demands whose support is unknown.

    `passed` holds the demands that some target meets, if they were asked for.
    """

    policy: Policy
    masks: dict[str, int]
    unknown: list[tuple[Property, int]]
    findings: list[Finding]
    passed: list[Passed] = field(default_factory=list)

    def by_target(self, targets: TargetSet) -> list[str]:
        """Return the verdict for every target."""
        found = [""] * len(targets.targets)
        for verdict, mask in self.masks.items():
            for bit in targets.bits(mask):
                found[bit] = verdict
        return found

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

    `unread` tells of the inputs that could not be read, `sources` holds those that rules name, by their id.
    """

    kind: ClassVar[str] = "check"

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

    def count(self, severity: str) -> int:
        """Count the findings of a severity; waived ones do not count."""
        return sum(finding.rule.severity == severity and finding.waived is None for finding in self.findings)

    @property
    def waived(self) -> int:
        """Count the findings that are waived or in the baseline."""
        return sum(finding.waived is not None for finding in self.findings)

    @property
    def unknown(self) -> int:
        """Count the demands, over all policies and targets, whose support nobody has documented."""
        return sum(mask.bit_count() for verdicts in self.verdicts for _, mask in verdicts.unknown)
