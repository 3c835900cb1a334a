"""What the engine says: findings and verdicts, held in a report. A renderer sees the report and nothing else.

A finding refers to what it speaks of. Its text, place and fix are worked out when a renderer asks for them, so that
a report over thousands of policies costs no more than what is printed of it.
"""

import sys
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from policylint import remedy, values
from policylint.exports.record import Place
from policylint.knowledge import Source
from policylint.knowledge.catalogue import Property
from policylint.knowledge.families import Target
from policylint.knowledge.query import fold
from policylint.knowledge.rulebook import Rule
from policylint.policy import Policy
from policylint.values import Value

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

SEVERITIES = ("error", "warning", "note")


class TargetSet:
    """The targets of a run. A set of them is an integer, a *mask*, with one bit for each in the order of the run."""

    def __init__(self, targets: tuple[Target, ...]):
        self.targets = targets
        self.everything = (1 << len(targets)) - 1
        self._members: dict[int, tuple[Target, ...]] = {}
        self._bits: dict[int, tuple[int, ...]] = {}
        self._lanes: dict[int, int] = {}
        self._folded: dict[int, str] = {}

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


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a ruling holds for some of its targets: what is known of them, how well, and from where."""

    mask: int
    claim: str | None
    note: str | None
    evidence: str | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Ruling:
    """What a rule says of one value of one property for some targets; shared by all policies with that value.

    `detail` completes the message, `wanted` is the change that would cure it, `evidence` the weakest of the reasons,
    `answer` what a refused client gets from the server, where a server was named. `gated` tells that the provisioning
    gate decides it.
    """

    rule: Rule
    targets: TargetSet
    mask: int = 0
    reasons: tuple[Reason, ...] = ()
    detail: str = ""
    wanted: tuple[Property, Value] | None = None
    evidence: str | None = None
    sources: tuple[Source, ...] = ()
    answer: str | None = None
    gated: bool = False


@dataclass(slots=True, eq=False)
class Finding:
    """One thing to tell the reader about one policy.

    `known` is the property it concerns, if the catalogue has it, `name` the property as the file spells it, `raw` the
    text to show for a value that could not be read or was assumed, `also` the second name of the same flag.
    `gate_mark` is where the provisioning gate stands, if it decides.
    """

    ruling: Ruling
    policy: Policy
    mark: int
    known: Property | None = None
    name: str | None = None
    value: Value = None
    raw: str | None = None
    gate_mark: int | None = None
    also: str | None = None

    @property
    def rule(self) -> Rule:
        """The rule that made the finding."""
        return self.ruling.rule

    @property
    def wording(self) -> tuple[Any, ...]:
        """What its message, reasons and sources depend on: findings that are alike in this are worded alike."""
        return (self.ruling, self.name, self.also, self.value.__class__, self.value, self.raw)

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets it concerns; none for a finding about the export or the policy itself."""
        return self.ruling.targets.members(self.ruling.mask)

    @property
    def place(self) -> Place:
        """Where it stands in the file."""
        return self.policy.place(self.mark)

    @property
    def message(self) -> str:
        """The finding in one sentence, naming targets, property and reason."""
        claims = {reason.claim for reason in self.ruling.reasons}
        claim = next(iter(claims)) if len(claims) == 1 else None
        text = self._worded(f": {claim}" if claim else "")
        return f"{text} (inferred)" if self.ruling.evidence == "inferred" else text

    @property
    def headline(self) -> str:
        """The message without its reason, for renderers that print reasons by themselves."""
        return self._worded("")

    def _worded(self, claim: str) -> str:
        ruling = self.ruling
        return ruling.rule.message.format(
            targets=ruling.targets.fold(ruling.mask),
            property=self.name if self.also is None else f"{self.name} (and {self.also})",
            value=shown(self.value) if self.raw is None else self.raw,
            detail=ruling.detail,
            claim=claim,
        )

    @property
    def fix(self) -> str | None:
        """One line of PowerShell that would cure it, safe to paste; None where there is no such line."""
        return remedy.command(self.policy, *self.ruling.wanted) if self.ruling.wanted else None

    @property
    def fingerprint(self) -> str:
        """What identifies the finding in another run over a new export: rule, policy and property, never the line."""
        import hashlib  # felt at start-up, and the text report has no fingerprints

        parts = (self.rule.id, self.policy.identity, self.known.key if self.known else self.name or "")
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


@dataclass(slots=True, eq=False)
class Verdicts:
    """How one policy fares: a mask of targets for each verdict, and the demands whose support is unknown."""

    policy: Policy
    masks: dict[str, int]
    unknown: list[tuple[Property, int]]
    findings: list[Finding]

    def by_target(self, targets: TargetSet) -> list[str]:
        """Return the verdict for every target."""
        found = [""] * len(targets.targets)
        for verdict, mask in self.masks.items():
            for bit in targets.bits(mask):
                found[bit] = verdict
        return found

    def counts(self, targets: TargetSet) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
        """Return the numbers of errors, warnings and unknown demands, each for every target."""
        by_severity: dict[str, list[int]] = {severity: [] for severity in SEVERITIES}
        for finding in self.findings:
            by_severity[finding.rule.severity].append(finding.ruling.mask)
        return (
            targets.tally(by_severity["error"]),
            targets.tally(by_severity["warning"]),
            targets.tally(mask for _, mask in self.unknown),
        )


@dataclass(frozen=True, slots=True)
class Input:
    """One file that was read: its path, its format, how many policies it holds."""

    path: str
    format: str
    policies: int


@dataclass(slots=True)
class Report:
    """Everything one run has to say."""

    program: str
    knowledge: str
    as_of: str
    targets: TargetSet
    chosen_by: str
    server: str | None = None
    inputs: list[Input] = field(default_factory=list)
    verdicts: list[Verdicts] = field(default_factory=list)

    @property
    def findings(self) -> list[Finding]:
        """All findings, policy by policy."""
        return [finding for verdicts in self.verdicts for finding in verdicts.findings]

    def count(self, severity: str) -> int:
        """Count the findings of a severity."""
        return sum(finding.rule.severity == severity for verdicts in self.verdicts for finding in verdicts.findings)

    @property
    def unknown(self) -> int:
        """Count the demands, over all policies and targets, whose support nobody has documented."""
        return sum(mask.bit_count() for verdicts in self.verdicts for _, mask in verdicts.unknown)


def shown(value: Value) -> str:
    """Show a value in a message, shortened if it is long."""
    return values.shorten(values.to_text(value))
